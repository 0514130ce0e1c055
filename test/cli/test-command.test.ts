import { describe, expect, test } from 'vitest'
import { get, grantree, records, scratch, snapshot } from './grantree.js'

const { file, directory } = scratch()
const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url).pathname
const good = { name: 'public', request: get('public/x'), expect: 'Allow' }
const secret = { name: 'secret', request: get('secret'), expect: 'ExplicitDeny' }
const reader = { name: 'reader', request: { ...get('x'), bucket: 'bare', principal: { kind: 'key', accessKey: 'AK' } }, expect: 'Allow' }
const wrong = { name: 'wrong', request: get('x'), expect: 'Allow', why: 'S3.5' }

describe('a file', () => {
  test('that passes, with everything covered', async () => {
    const path = file('good.json', { snapshot, cases: [good, secret, reader] })
    expect(await grantree(['test', path])).toEqual({
      code: 0,
      out: `${path}: 3 passed, 0 failed; statements 2 of 2 covered, grants 1 of 1 covered\n`,
      err: '',
    })
  })

  test('that passes, with something not covered', async () => {
    const path = file('gaps.json', { snapshot, cases: [{ ...good, expect: 'Allow' }] })
    expect(await grantree(['test', path])).toEqual({
      code: 0,
      out: `not covered: statement 2 of the policy of b applies in no case
not covered: grant 1 of key AK allows in no case
${path}: 1 passed, 0 failed; statements 1 of 2 covered, grants 0 of 1 covered
`,
      err: '',
    })
    const other = file('gaps.json', { snapshot, cases: [secret, reader] })
    expect((await grantree(['test', other])).out).toBe(`not covered: statement 1 "Public" of the policy of b applies in no case
${other}: 2 passed, 0 failed; statements 1 of 2 covered, grants 1 of 1 covered
`)
  })

  test('that fails', async () => {
    const path = file(
      'wrong.json',
      `{"cases": [\n${JSON.stringify({ ...wrong, policy: { Statement: [] } })},\n${JSON.stringify({ ...wrong, name: 'no reason', why: undefined, request: { ...get('x'), key: undefined } })},\n${JSON.stringify({ ...wrong, name: 'no error', expect: { error: 'missing-key' } })}]}`,
    )
    expect(await grantree(['test', path])).toEqual({
      code: 1,
      out: `failed: wrong
    at ${path}:2
    expected Allow (S3.5)
    got ImplicitDeny because nothing allows it
failed: no reason
    at ${path}:3
    expected Allow
    got error missing-key: \`s3:GetObject\` needs an object
failed: no error
    at ${path}:4
    expected error missing-key (S3.5)
    got ImplicitDeny because nothing allows it
${path}: 0 passed, 3 failed; statements none, grants none
`,
      err: '',
    })
  })

  test('that is no file of decision tests', async () => {
    const path = file('other.json', { cases: [{ name: 'x' }] })
    const { code, out, err } = await grantree(['test', path])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('other.json:1:11: error: a case needs `request` [missing-member]\n    at $.cases[0]\n')
    expect(err).toMatch(/error: `.*other\.json` is no file of decision tests\n$/)
  })

  test('whose snapshot has a quarantined bucket says so', async () => {
    const path = file('quarantined.json', {
      snapshot: { buckets: [{ name: 'b', owner: '1', policy: { Statement: [], Extra: 1 } }] },
      cases: [{ ...good, expect: 'ExplicitDeny' }],
    })
    const { code, out, err } = await grantree(['test', path])
    expect(code).toBe(0)
    expect(out + err).toContain('Extra')
  })
})

describe('several files: each is run, the worst exit code counts', () => {
  const passes = file('passes.json', { cases: [{ ...wrong, expect: 'ImplicitDeny' }] })
  const fails = file('fails.json', { cases: [wrong] })
  const nowhere = `${directory}/nowhere.json`
  test.each<[string, readonly string[], number, readonly string[]]>([
    ['all pass', [passes, passes], 0, [passes, passes]],
    ['one fails', [passes, fails, passes], 1, [passes, fails, passes]],
    ['one is not there', [passes, nowhere, passes], 2, [passes, passes]],
    ['one fails, and one is not there', [nowhere, fails, passes], 2, [fails, passes]],
    ['one fails after one that is not there', [fails, nowhere], 2, [fails]],
    ['one is a directory', [directory, passes], 2, [passes]],
  ])('%s', async (_, files, code, ran) => {
    const ended = await grantree(['test', ...files])
    expect(ended.code).toBe(code)
    expect(ended.out.split('\n').flatMap((line) => /^(.*): \d+ passed, \d+ failed;/.exec(line)?.[1] ?? [])).toEqual(ran)
    if (files.includes(nowhere)) expect(ended.err).toBe(`error: cannot read \`${nowhere}\`: there is no such file\n`)
  })
})

describe('--json: a line per file', () => {
  test('has results and coverage', async () => {
    const path = file('json.json', {
      snapshot,
      cases: [good, wrong, { ...wrong, name: 'error', request: { ...get('x'), key: undefined }, expect: { error: 'missing-key' } }],
    })
    const { code, out, err } = await grantree(['test', '--json', path])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(records(out)).toStrictEqual([
      {
        file: path,
        results: [
          {
            name: 'public',
            expect: 'Allow',
            passed: true,
            decision: { verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: 'Public' } },
          },
          { name: 'wrong', expect: 'Allow', why: 'S3.5', passed: false, decision: { verdict: 'ImplicitDeny', reason: 'no-allow' } },
          {
            name: 'error',
            expect: { error: 'missing-key' },
            why: 'S3.5',
            passed: true,
            errors: [{ code: 'missing-key', message: '`s3:GetObject` needs an object' }],
          },
        ],
        coverage: {
          statements: { total: 2, covered: 1, uncovered: [{ bucket: 'b', index: 1 }] },
          grants: { total: 1, covered: 0, uncovered: [{ accessKey: 'AK', index: 0 }] },
        },
      },
    ])
  })

  test('one line each', async () => {
    const path = file('one.json', { cases: [] })
    expect(records((await grantree(['test', '--json', path, path])).out)).toHaveLength(2)
  })
})

test('the worked examples pass, and cover every statement and grant', async () => {
  const files = ['photography', 'tenants', 'environments'].map((name) => fixture(`${name}/tests.json`))
  const { code, out, err } = await grantree(['test', ...files])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).not.toContain('not covered')
  expect(out.match(/ 0 failed;/g)).toHaveLength(files.length)
})
