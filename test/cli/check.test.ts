import { describe, expect, test } from 'vitest'
import { get, grantree, OWNER, records, scratch, snapshot } from './grantree.js'

const { directory, file } = scratch()
const s = file('snapshot.json', snapshot)
const allowed = { verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: 'Public' } }
const denied = { verdict: 'ExplicitDeny', reason: 'policy-denies', statement: { index: 1 } }
const undecided = { verdict: 'ImplicitDeny', reason: 'no-allow' }
const granted = { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: 'bare', permission: 'read' } }

describe('one request: a line of JSON, and the exit code is the answer', () => {
  test.each<[string, object, object, number]>([
    ['allowed', get('public/x'), allowed, 0],
    ['denied', get('secret'), denied, 1],
    ['not allowed', get('x'), undecided, 1],
    ['granted', { ...get('x'), bucket: 'bare', principal: { kind: 'key', accessKey: 'AK' } }, granted, 0],
    ['an action that does not exist', get('x', { action: 's3:Nope' }), { verdict: 'ImplicitDeny', reason: 'unknown-action' }, 1],
    [
      'a key that does not exist',
      get('x', { principal: { kind: 'key', accessKey: 'XX' } }),
      { verdict: 'ImplicitDeny', reason: 'unknown-key' },
      1,
    ],
  ])('%s', async (_, request, record, code) => {
    const r = file('request.json', request)
    for (const args of [
      ['--snapshot', s, '--request', r],
      ['-s', s, '-r', r],
      [`--request=${r}`, `--snapshot=${s}`],
    ]) {
      const ended = await grantree(['check', ...args])
      expect(records(ended.out)).toStrictEqual([record])
      expect(ended.code).toBe(code)
    }
  })

  test('nothing is said beside the record', async () => {
    expect(await grantree(['check', '-s', s, '-r', file('quiet.json', get('public/x'))])).toMatchObject({ err: '' })
  })

  test('a warning is said on standard error, and the request is decided', async () => {
    const { code, out, err } = await grantree(['check', '-s', s, '-r', file('typo.json', get('x', { action: 's3:GetObjekt' }))])
    expect(records(out)).toEqual([{ verdict: 'ImplicitDeny', reason: 'unknown-action' }])
    expect(code).toBe(1)
    expect(err).toMatch(/^.*typo\.json:1:\d+: warning: there is no S3 action `s3:GetObjekt`, so nothing allows it \[unknown-action]\n/)
    expect(err).toContain('help: did you mean `s3:GetObject`?')
  })
})

describe('many requests: a line each, in their order', () => {
  const line = (request: object) => JSON.stringify(request)
  const good = line(get('public/x'))
  const bad = line(get('secret'))
  const syntax = (message: string) => ({ error: [{ code: 'invalid-json', message, path: [] }] })
  const empty = syntax('expected a value, found the end of the text')

  test.each<[string, string | Buffer, readonly object[], number]>([
    ['no line', '', [], 0],
    ['one line', `${good}\n`, [allowed], 0],
    ['a denial is no failure', `${bad}\n${good}\n`, [denied, allowed], 0],
    ['a last line without newline', `${good}\n${bad}`, [allowed, denied], 0],
    ['lines that end with CR LF', `${good}\r\n${bad}\r\n`, [allowed, denied], 0],
    ['blanks around', `  ${good}\t\n`, [allowed], 0],
    ['a line separator inside text is no line end', `${line(get('public/\u2028\u2029\u0085'))}\n${bad}\n`, [allowed, denied], 0],
    ['an escaped newline inside text', `${line(get('public/\n\r'))}\n`, [allowed], 0],
    ['text beyond ASCII', `${line(get('public/é\u{1F600}'))}\n`, [allowed], 0],
    ['a line that is no JSON, in its place', `${good}\nnope\n${bad}\n`, [allowed, syntax('expected a value, found `n`'), denied], 2],
    ['an empty line', `${good}\n\n${bad}\n`, [allowed, empty, denied], 2],
    ['an empty line with CR LF', `\r\n${bad}\r\n`, [empty, denied], 2],
    [
      'a line that is no UTF-8',
      Buffer.concat([Buffer.from(`${good}\n`), Buffer.of(0x22, 0xff, 0x22, 0x0a), Buffer.from(bad)]),
      [allowed, syntax('the line is not UTF-8'), denied],
      2,
    ],
    [
      'half of a character',
      Buffer.concat([Buffer.from(good.replace('"x"', '"')).subarray(0, -2), Buffer.of(0xe2, 0x80)]),
      [syntax('the line is not UTF-8')],
      2,
    ],
    ['two requests on a line', `${good}${good}\n`, [syntax('text after the end of the document')], 2],
  ])('%s', async (_, content, expected, code) => {
    const fromFile = await grantree(['check', '-s', s, '--requests', file('requests.ndjson', content)])
    expect(records(fromFile.out)).toStrictEqual(expected)
    expect(fromFile).toMatchObject({ code, err: '' })
    const bytes = Buffer.from(content)
    const fromInput = await grantree(['check', '-s', s, '--requests', '-'], { input: bytes.length === 0 ? [] : [bytes] })
    expect(fromInput).toEqual(fromFile)
    // However the bytes come in, the lines are the same.
    const byteByByte = await grantree(['check', '-s', s, '--requests', '-'], { input: [...bytes].map((byte) => Buffer.of(byte)) })
    expect(byteByByte).toEqual(fromFile)
  })

  test.each<[string, object, object]>([
    [
      'a request that is none',
      { action: 's3:GetObject', bucket: 'b', key: 'x' },
      { error: [{ code: 'missing-member', message: 'a request needs `principal`', path: [] }] },
    ],
    [
      'two problems',
      { principal: { kind: 'anonymous' }, action: 's3:GetObject', bukket: 'b' },
      {
        error: [
          { code: 'unknown-member', message: 'a request has no member `bukket`', path: ['bukket'] },
          { code: 'missing-bucket', message: '`s3:GetObject` needs a bucket', path: [] },
          { code: 'missing-key', message: '`s3:GetObject` needs an object', path: [] },
        ],
      },
    ],
    [
      'a context that contradicts the snapshot',
      get('x', { context: { 'aws:ResourceAccount': '9' } }),
      {
        error: [
          {
            code: 'derived-key-conflict',
            message: `\`aws:ResourceAccount\` follows from the caller and the bucket: it must be \`${OWNER}\``,
          },
        ],
      },
    ],
  ])('an invalid request gets an error record: %s', async (_, request, expected) => {
    const { code, out } = await grantree(['check', '-s', s, '--requests', '-'], { input: [`${line(request)}\n${good}`] })
    expect(records(out)).toMatchObject([expected, allowed])
    expect(code).toBe(2)
  })

  test('an action in another spelling is decided, one that does not exist is denied', async () => {
    const lines = ['S3:getobject', 's3:Nope'].map((action) => line(get('public/x', { action })))
    const { code, out } = await grantree(['check', '-s', s, '--requests', '-'], { input: [lines.join('\n')] })
    expect(records(out)).toEqual([allowed, { verdict: 'ImplicitDeny', reason: 'unknown-action' }])
    expect(code).toBe(0)
  })

  test('waits for a slow reader, and loses nothing', async () => {
    const input = Array.from({ length: 500 }, (_, at) => `${at % 2 === 0 ? good : bad}\n`)
    const { out, code } = await grantree(['check', '-s', s, '--requests', '-'], { input, highWaterMark: 100 })
    expect(records(out)).toEqual(input.map((_, at) => (at % 2 === 0 ? allowed : denied)))
    expect(code).toBe(0)
  })

  test('a byte order mark spoils the first line only, and is told by name', async () => {
    const { code, out } = await grantree(['check', '-s', s, '--requests', '-'], { input: [`\ufeff${good}\n${good}\n`] })
    expect(records(out)).toMatchObject([{ error: [{ code: 'invalid-json' }] }, allowed])
    expect(code).toBe(2)
  })

  test.each([
    ['a file that does not exist', 'nowhere.ndjson', 'there is no such file'],
    ['a directory', '.', 'it is a directory'],
  ])('%s', async (_, name, why) => {
    const path = `${directory}/${name}`
    expect(await grantree(['check', '-s', s, '--requests', path])).toEqual({
      code: 2,
      out: '',
      err: `error: cannot read \`${path}\`: ${why}\n`,
    })
  })
})

describe('a request that its snapshot contradicts', () => {
  test('has no verdict', async () => {
    const request = file('conflict.json', get('x', { context: { 'aws:ResourceAccount': '9' } }))
    const { code, out, err } = await grantree(['check', '-s', s, '-r', request])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`\`aws:ResourceAccount\` follows from the caller and the bucket: it must be \`${OWNER}\` [derived-key-conflict]`)
    expect(err).toContain('at $.context\n')
    expect(err).toContain('help: leave it out of the context\n')
    expect(err).toMatch(/error: `.*conflict\.json` is no valid request for this snapshot\n$/)
  })
})

describe('a quarantined bucket', () => {
  const quarantined = file('quarantined.json', {
    buckets: [
      { name: 'b', owner: OWNER, policy: { Statement: [], Extra: 1 } },
      { name: 'text', owner: OWNER, policy: '{"Statement": 5}' },
      { name: 'bare', owner: OWNER },
    ],
  })

  test('is told on standard error, and its requests are denied', async () => {
    const { code, out, err } = await grantree(['check', '-s', quarantined, '-r', file('r.json', get('x'))])
    expect(records(out)).toEqual([{ verdict: 'ExplicitDeny', reason: 'policy-unreadable' }])
    expect(code).toBe(1)
    expect(err).toContain('quarantined.json (policy of bucket b):1:')
    expect(err).toContain('error: a policy has no member `Extra` [unknown-element]')
    expect(err).toContain('at $.buckets[0].policy.Extra\n')
    expect(err).toContain('S3 says: MalformedPolicy: Invalid policy syntax.\n')
    expect(err).toContain('quarantined: every request to `b` is denied until its policy is readable\n')
    expect(err).toContain('quarantined.json (policy of bucket text):1:15: error: ')
    expect(err).toContain('quarantined: every request to `text` is denied until its policy is readable\n')
    expect(err).not.toContain('`bare`')
  })

  test('leaves the other buckets as they are', async () => {
    const { code, out } = await grantree(['check', '-s', quarantined, '-r', file('r.json', { ...get('x'), bucket: 'bare' })])
    expect(records(out)).toEqual([undecided])
    expect(code).toBe(1)
  })
})
