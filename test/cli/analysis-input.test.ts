import { describe, expect, test } from 'vitest'
import { grantree, scratch, snapshot } from './grantree.js'

const { directory, file } = scratch()
const s = file('s.json', snapshot)
const policy = file('policy.json', {
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
})

/** Every way to hand a file that may be a policy or a snapshot. */
const uses = (path: string): readonly (readonly string[])[] => [
  ['diff', path, s],
  ['diff', s, path],
  ['public', path],
]

describe('a file that is neither a policy nor a snapshot: exit code 2, and why', () => {
  test.each<[string, string, RegExp]>([
    ['no such file', `${directory}/nowhere.json`, /^error: cannot read `.*nowhere\.json`: there is no such file\n$/],
    ['a directory', directory, /^error: cannot read `.*`: it is a directory\n$/],
    ['no UTF-8', file('latin1.json', Buffer.from('{"Statement": "\xe9"}', 'latin1')), /^error: `.*latin1\.json` is not UTF-8\n$/],
    [
      'no JSON',
      file('broken.json', '{\n  "Statement": x'),
      /broken\.json:2:16: error: expected a value, found `x` \[invalid-json]\n[\s\S]*broken\.json` is neither a policy nor a snapshot\n$/,
    ],
    ['empty', file('empty.json', ''), /empty\.json:1:1: error: expected a value, found the end of the text \[invalid-json]\n/],
    ['a list', file('list.json', []), /^error: `.*list\.json` is neither a policy nor a snapshot: both are JSON objects\n$/],
    [
      'an object without members',
      file('nothing.json', {}),
      /nothing\.json` is neither a policy, which has `Statement`, nor a snapshot, which has `buckets` or `keys`; it has none\n$/,
    ],
    ['an object of something else', file('other.json', { Statment: [], Version: '2012-10-17' }), /; it has `Statment`, `Version`\n$/],
    [
      'members of both',
      file('both.json', { Statement: [], buckets: [] }),
      /both\.json` has members of a policy and of a snapshot: `Statement`, `buckets`\n$/,
    ],
    [
      'a policy in an envelope',
      file('envelope.json', { Policy: '{}' }),
      /envelope\.json` has a policy as text in its member `Policy`; give that text alone\n$/,
    ],
    [
      'a policy with an error',
      file('error.json', { Statement: [{}] }),
      /missing-effect[\s\S]*error: the policy in `.*error\.json` cannot be read\n$/,
    ],
    ['a snapshot with an error', file('bad.json', { buckets: 5 }), /wrong-type[\s\S]*error: `.*bad\.json` is no snapshot\n$/],
  ])('%s', async (_, path, message) => {
    for (const args of uses(path)) {
      const { code, out, err } = await grantree(args)
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' })
      expect(err).toMatch(message)
    }
  })

  test('S3 has an answer to a policy, and none to a snapshot', async () => {
    expect((await grantree(['public', file('p.json', { Statement: [{}] })])).err).toContain('S3 says: MalformedPolicy: ')
    expect((await grantree(['public', file('n.json', '{"buckets": x}')])).err).not.toContain('S3 says')
  })
})

describe('options that all commands share', () => {
  const commands: readonly (readonly string[])[] = [
    ['diff', policy, policy],
    ['public', policy],
    ['who-can', '-p', policy, 's3:GetObject', 'b/*'],
    ['can', '-s', s, '-k', 'AK'],
  ]

  test.each(['0', '-1', '1.5', 'much', '', '1000000001'])('--budget=%s is none', async (steps) => {
    for (const args of commands) {
      expect(await grantree([...args, `--budget=${steps}`])).toEqual({
        code: 2,
        out: '',
        err: `error: --budget takes a number of steps from 1 to 1000000000, not \`${steps}\`\n`,
      })
    }
  })

  test('a format that there is not', async () => {
    for (const args of commands) {
      const { code, err } = await grantree([...args, '--format', 'xml'])
      expect(code).toBe(2)
      expect(err).toMatch(/argument 'xml' is invalid\. Allowed choices are text, json, markdown\.\n/)
    }
  })

  test.each<[string, string, string]>([
    ['--bucket', '', 'the name of a bucket'],
    ['--bucket', 'b/x', 'the name of a bucket'],
    ['--owner', '', 'an account id'],
    ['--owner', 'arn:aws:iam::1:root', 'an account id'],
    ['--owner', '1*', 'an account id'],
  ])('%s=%s is none', async (option, value, what) => {
    for (const args of commands.slice(0, 3)) {
      expect(await grantree([...args, `${option}=${value}`])).toEqual({
        code: 2,
        out: '',
        err: `error: ${option} takes ${what}, not \`${value}\`\n`,
      })
    }
  })

  test.each([
    ['diff', ['--bucket <name>', '--owner <account>', '--check <name>', '--format <text|json|markdown>', '--budget <steps>']],
    ['public', ['--trusted <accounts>', '--bucket <name>', '--owner <account>', '--format <text|json|markdown>', '--budget <steps>']],
    ['who-can', ['--snapshot <file>', '--policy <file>', '--bucket <name>', '--owner <account>', '--format <text|json|markdown>']],
    ['can', ['--snapshot <file>', '--key <access key>', '--format <text|json|markdown>', '--budget <steps>']],
  ])('the help of %s', async (command, parts) => {
    const { code, out, err } = await grantree([command, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const part of [...parts, `Usage: grantree ${command} [options]`, `Example:\n  grantree ${command} `]) expect(out).toContain(part)
    expect(out.split('\n').every((line) => line.length <= 80 || line.includes('fixtures/'))).toBe(true)
  })

  test('the exit code for undecided is in the help', async () => {
    expect((await grantree(['--help'])).out).toMatch(/\n {2}3 {2}.*undecided/)
  })
})
