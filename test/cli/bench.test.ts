import { afterEach, describe, expect, test, vi } from 'vitest'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { get, grantree, OWNER, scratch, snapshot } from './grantree.js'

const { directory, file } = scratch()
const s = file('snapshot.json', snapshot)
const requests = [get('public/x'), get('secret'), get('x'), { ...get('x'), bucket: 'bare', principal: { kind: 'key', accessKey: 'AK' } }]
const lines = requests.map((request) => JSON.stringify(request)).join('\n')
const verdicts = { Allow: 2, ExplicitDeny: 1, ImplicitDeny: 1 }

const bench = (path: string, ...rest: readonly string[]) => grantree(['bench', '-s', s, '--requests', path, '--rounds', '2', ...rest])

interface Report {
  readonly requests: number
  readonly rounds: number
  readonly decisionsPerRound: number
  readonly decisionsPerSecond: number
  readonly decisionNanoseconds: { readonly low: number; readonly median: number; readonly high: number }
  readonly percentiles: Readonly<Record<string, number>>
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[]
  readonly batch: number
}

describe('requests', () => {
  test.each<[string, string]>([
    ['a line each', lines],
    ['with a newline at the end, blank lines, and CR LF', `\r\n${lines.replaceAll('\n', '\r\n\r\n')}\r\n\n`],
    ['as a JSON list', `\n  ${JSON.stringify(requests, undefined, 2)}\n`],
  ])('%s', async (_, content) => {
    for (const ended of [
      await bench(file('requests', content), '--format', 'json'),
      await grantree(['bench', '-s', s, '--requests', '-', '--rounds', '1', '--format', 'json'], { input: [content] }),
    ]) {
      expect(ended).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(ended.out)).toMatchObject({ requests: 4, verdicts })
    }
  })

  test.each<[string, string | Uint8Array, RegExp]>([
    ['none', '', /^error: `.*` has no request; write one JSON object a line, as for `grantree check --requests`\n$/],
    ['blank lines only', '\n \n', /has no request/],
    ['an empty list', '[]', /has no request/],
    [
      'a line that is no JSON',
      `${lines}\nnope\n`,
      /^error: `.*`, line 5, is no valid request: expected a value, found `n`; `grantree check --requests` lists all that are wrong\n$/,
    ],
    ['a line that is no request', `\n{}\n`, /, line 2, is no valid request: a request needs `principal`; /],
    ['an item that is no request', `[${JSON.stringify(requests[0])}, 5]`, /, item 2, is no valid request: .*object/],
    ['half of a list', '[{}', /begins as a JSON list and is none: /],
    ['no UTF-8', Buffer.concat([Buffer.from(`${lines}\n`), Buffer.of(0xff)]), /^error: `.*` is not UTF-8 in line 5\n$/],
    [
      'what the snapshot contradicts',
      JSON.stringify(get('x', { context: { 'aws:ResourceAccount': '9' } })),
      new RegExp(`is no valid request: .*must be \`${OWNER}\``),
    ],
  ])('%s: exit code 2, where, and what to do', async (_, content, message) => {
    const { code, out, err } = await bench(file('wrong', content))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })

  test.each<[string, string, string]>([
    ['no such file', `${directory}/nowhere`, 'there is no such file'],
    ['a directory', directory, 'it is a directory'],
  ])('%s', async (_, path, why) => {
    expect(await bench(path)).toEqual({ code: 2, out: '', err: `error: cannot read \`${path}\`: ${why}\n` })
  })
})

describe('the report', () => {
  test('as JSON: every number is there, and they agree with each other', async () => {
    const report = JSON.parse((await bench(file('r', lines), '--format', 'json')).out) as Report
    const { decisionNanoseconds: decision, percentiles, histogram, batch, rounds, decisionsPerRound } = report
    expect(report).toMatchObject({
      requests: 4,
      verdicts,
      rounds: 2,
      batch: 16,
      floor: { name: 'two look-ups in Maps of 1,000 keys × 3 buckets' },
    })
    expect(decision.median).toBeGreaterThanOrEqual(decision.low)
    expect(decision.high).toBeGreaterThanOrEqual(decision.median)
    expect(report.decisionsPerSecond * decision.median).toBeCloseTo(1e9, -3)
    const steps = ['p50', 'p90', 'p99', 'p999', 'max'].map((name) => percentiles[name] as number)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(rounds * Math.ceil(decisionsPerRound / batch))
    expect(histogram.at(-1)?.to).toBeGreaterThanOrEqual(steps.at(-1) as number)
  })

  test('as text: what was measured, and how', async () => {
    const { code, out, err } = await bench(file('r', lines))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const part of [
      /^4 requests, every verdict as the reference evaluator's: 2 Allow, 1 ExplicitDeny, 1 ImplicitDeny$/m,
      /^the snapshot was compiled in [\d.]+ [nµm]?s$/m,
      /^[\d,]+ requests\/s, one after the other on one core$/m,
      /^[\d.]+ [nµm]?s a decision {2}\(quartiles .* to .*\)$/m,
      /^[\d.]+ × the floor {2}\(quartiles .*\): two look-ups in Maps of 1,000 keys × 3 buckets$/m,
      /^p50 .* p90 .* p99 .* p99\.9 .* max .*$/m,
      /^ +[\d.]+ [nµm]?s to [\d.]+ [nµm]?s {2}█+ [\d,]+$/m,
      /batches of 16, because reading the clock/,
    ]) {
      expect(out).toMatch(part)
    }
    expect(out).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('what the program says is compared with the reference evaluator', () => {
  afterEach(() => void vi.restoreAllMocks())

  test('and one wrong verdict ends it', async () => {
    vi.spyOn(Authorizer.prototype, 'decide').mockReturnValue({ verdict: 'Allow', reason: 'grant' })
    await expect(bench(file('r', lines))).rejects.toThrow('the program: Allow, and the reference says ExplicitDeny, for {')
  })
})
