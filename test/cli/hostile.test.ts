import { describe, expect, test } from 'vitest'
import { printable } from '../../src/cli/render/printable.js'
import { grantree, records, scratch } from './grantree.js'

const { file, directory } = scratch()

/** Clears the screen, sets a title, turns text around, and makes an 8-bit control sequence. */
const EVIL = '\u001b[2J\u001b]0;x\u0007\r\u202egnp.exe\u2066\u009b31m\u007f'

/** A character that could steer a terminal, or turn its text around; the line feed at line ends is none. */
function dangerous(text: string): readonly string[] {
  return [...text].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    const isBidi = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)
    return (point < 0x20 && point !== 0x0a) || (point >= 0x7f && point < 0xa0) || isBidi
  })
}

const statement = {
  Sid: EVIL,
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  Condition: { StringEquals: { [`aws:PrincipalTag/${EVIL}`]: EVIL } },
}
const open = { ...statement, Condition: undefined }
const request = {
  principal: { kind: 'anonymous' },
  action: 's3:GetObject',
  bucket: 'b',
  key: EVIL,
  context: { [`aws:PrincipalTag/${EVIL}`]: EVIL },
}

const snapshotOf = (policy: unknown, name = 'b', rest: object = {}) =>
  file('snapshot.json', { buckets: [{ name, owner: '1', policy: { Statement: policy } }], ...rest })
const explain = (snapshot: string, asked: object) => grantree(['explain', '-s', snapshot, '-r', file('request.json', asked)])
const check = (snapshot: string, asked: object) => grantree(['check', '-s', snapshot, '-r', file('request.json', asked)])
const keyed = { keys: [{ accessKey: EVIL, account: '1', grants: [{ bucket: EVIL, actions: [EVIL], prefix: EVIL }] }] }
const testFile = (json: object) => grantree(['test', file('tests.json', json)])

describe('hostile text never reaches the terminal as it is', () => {
  test.each<[string, () => ReturnType<typeof grantree>]>([
    ['explain: object, Sid, key and values', () => explain(snapshotOf(statement), request)],
    ['explain: a bucket that is not there', () => explain(snapshotOf(open), { ...request, bucket: EVIL })],
    ['explain: a bucket that is', () => explain(snapshotOf(open, EVIL), { ...request, bucket: EVIL })],
    [
      'explain: a key and its grants',
      () => explain(snapshotOf(open, 'b', keyed), { ...request, principal: { kind: 'key', accessKey: EVIL } }),
    ],
    ['explain: a service', () => explain(snapshotOf(open), { ...request, principal: { kind: 'service', service: EVIL } })],
    ['explain: an ARN', () => explain(snapshotOf(open), { ...request, principal: { kind: 'aws', arn: `arn:aws:iam::1:user/${EVIL}` } })],
    ['explain: an action that does not exist', () => explain(snapshotOf(open), { ...request, action: `s3:${EVIL}` })],
    ['explain: an unreadable policy', () => explain(snapshotOf({ ...open, [EVIL]: 1 }), request)],
    ['quarantine: a bucket’s name', () => check(snapshotOf(5, EVIL), request)],
    ['quarantine: an element’s name', () => check(snapshotOf({ ...open, [EVIL]: 1 }), request)],
    ['check: a Sid', () => check(snapshotOf(open), request)],
    [
      'check: the grant’s bucket',
      () => {
        const keys = [{ accessKey: 'k', account: '1', grants: [{ bucket: EVIL, permission: 'read' }] }]
        return check(snapshotOf(open, EVIL, { keys }), { ...request, bucket: EVIL, principal: { kind: 'key', accessKey: 'k' } })
      },
    ],
    [
      'check: error records',
      () => {
        const lines = [
          { ...request, [EVIL]: 1 },
          { ...request, principal: { kind: EVIL } },
        ].map((line) => JSON.stringify(line))
        return grantree(['check', '-s', snapshotOf(open), '--requests', '-'], { input: [`${lines.join('\n')}\n${EVIL}\n`] })
      },
    ],
    ['diagnostics of a request', () => check(snapshotOf(open), { ...request, [EVIL]: 1, principal: { kind: EVIL } })],
    [
      'diagnostics of a snapshot',
      () =>
        check(
          file('bad.json', { [EVIL]: 1, keys: [{ accessKey: 'k', account: '1', grants: [{ bucket: 'b', permission: EVIL }] }] }),
          request,
        ),
    ],
    ['a character that is no JSON', () => check(file('bad.json', '\u009b'), request)],
    ['explain --json', () => grantree(['explain', '--json', '-s', snapshotOf(statement), '-r', file('request.json', request)])],
    [
      'test: names, reasons and expectations',
      () =>
        testFile({
          cases: [
            { name: EVIL, request, expect: 'Allow', why: EVIL },
            { name: 'x', request, expect: { error: EVIL } },
          ],
        }),
    ],
    [
      'test: what is not covered',
      () =>
        testFile({
          snapshot: { buckets: [{ name: EVIL, owner: '1', policy: { Statement: [statement] } }], ...keyed },
          cases: [{ name: 'x', request, expect: 'ImplicitDeny' }],
        }),
    ],
    ['test: errors', () => testFile({ cases: [{ name: 'x', request: { ...request, [EVIL]: 1 }, expect: 'Allow' }] })],
    [
      'test --json',
      () => grantree(['test', '--json', file('tests.json', { cases: [{ name: EVIL, request, expect: 'Allow', why: EVIL }] })]),
    ],
    ...(['--print=text', '--print=mermaid', '--stage=normalise', '--stage=grants', '--stage=index', '--stage=layout'] as const).map(
      (how) =>
        [`compile ${how}`, () => grantree(['compile', how, '-s', snapshotOf(statement, EVIL, keyed)])] as [
          string,
          () => ReturnType<typeof grantree>,
        ],
    ),
    ['compile: a bucket that is not there', () => grantree(['compile', '-s', snapshotOf(open, EVIL), '-b', `${EVIL}x`])],
    ['compile: a bucket without policy', () => grantree(['compile', '-s', snapshotOf(undefined, EVIL), '-b', EVIL])],
    ['an engine that there is not', () => grantree(['test', '--engine', EVIL, 'x'])],
    ['the name of a file that is not there', () => check(`${directory}/${EVIL}`, request)],
    ['the name of a file of tests that is not there', () => grantree(['test', `${directory}/${EVIL}`])],
    ['the name of a file with a problem', () => check(file(EVIL, '['), request)],
    ['the name of a file of tests', () => grantree(['test', file(EVIL, { cases: [{ name: 'x', request, expect: 'Allow' }] })])],
    ['a command that does not exist', () => grantree([EVIL])],
    ['an option that does not exist', () => grantree(['check', '-s', 'x', `--${EVIL}`])],
  ])('%s', async (_, run) => {
    const { out, err } = await run()
    expect(out + err).not.toBe('')
    expect({ out: dangerous(out), err: dangerous(err) }).toEqual({ out: [], err: [] })
  })

  test('programs still get it, escaped as JSON escapes', async () => {
    const { out } = await check(snapshotOf(open), request)
    expect(records(out)).toEqual([{ verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: EVIL } }])
  })
})

describe('printable', () => {
  test.each<[string, string]>([
    ['plain text', 'plain text'],
    ['é \u{1F600} 漢字', 'é \u{1F600} 漢字'],
    ['\u0000\u001f', '\\u0000\\u001f'],
    ['\t\n\r', '\\u0009\\u000a\\u000d'],
    [' ~', ' ~'],
    ['\u007f\u0080\u009f', '\\u007f\\u0080\\u009f'],
    ['\u00a0', '\u00a0'],
    ['\u2029\u202a\u202e\u202f', '\u2029\\u202a\\u202e\u202f'],
    ['\u2065\u2066\u2069\u206a', '\u2065\\u2066\\u2069\u206a'],
    ['\ud800', '\\ud800'],
    ['\udfff', '\\udfff'],
    ['\ud7ff\ue000', '\ud7ff\ue000'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('long text is cut in the middle', () => {
    expect(printable('a'.repeat(400))).toBe('a'.repeat(400))
    expect(printable('a'.repeat(201) + 'b'.repeat(200))).toBe(`${'a'.repeat(200)} … ${'b'.repeat(200)}`)
    // A pair that the cut would halve does not come out as half a character.
    expect(printable(`${'a'.repeat(199)}\u{1F600}${'b'.repeat(300)}`).isWellFormed()).toBe(true)
  })
})
