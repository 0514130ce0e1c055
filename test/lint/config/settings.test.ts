import { describe, expect, test } from 'vitest'
import { checkPattern, matchesFile } from '../../../src/cli/lint/file-patterns.js'
import { applyBaseline, readBaseline, writeBaseline } from '../../../src/lint/config/baseline.js'
import type { FailLevel } from '../../../src/lint/config/config.js'
import { type FindingPlace, Suppressor } from '../../../src/lint/config/suppressor.js'
import { verdictOf } from '../../../src/lint/config/verdict.js'
import { applyFixes } from '../../../src/lint/fix/apply-fixes.js'
import { type Finding, type LintReport, type Rule, readConfig, type Severity, settingsOf } from '../../../src/lint.js'

const ruleOf = (id: string, recommended: boolean): Rule => ({
  meta: { id, severity: 'warning', category: 'structure', summary: id, recommended, fixable: false, analysis: false, messages: {} },
  create: () => ({}),
})
const rules = [ruleOf('common', true), ruleOf('strict', false)]

function configOf(value: object) {
  const { config } = readConfig(JSON.stringify(value), checkPattern)
  if (config === undefined) throw new Error('no configuration')
  return config
}

describe('which rules are on', () => {
  const override = (files: string, given: object) => ({ files: [files], rules: given })
  test.each<[string, object, Readonly<Record<string, Severity>>]>([
    ['recommended', {}, { common: 'warning' }],
    ['strict', { extends: 'strict' }, { common: 'warning', strict: 'warning' }],
    ['none', { extends: 'none' }, {}],
    ['off', { rules: { common: 'off' } }, {}],
    ['on keeps the severity', { rules: { strict: 'on' } }, { common: 'warning', strict: 'warning' }],
    ['a severity switches on', { extends: 'none', rules: { strict: 'error' } }, { strict: 'error' }],
    ['an override', { overrides: [override('logs/**', { common: 'off' })] }, {}],
    ['an override for others', { overrides: [override('web/**', { common: 'off' })] }, { common: 'warning' }],
    [
      'the last override',
      { overrides: [override('logs/**', { common: 'off' }), override('**/*.json', { common: 'error' })] },
      { common: 'error' },
    ],
    [
      'off and on again',
      { rules: { common: 'error' }, overrides: [override('logs/*', { common: 'off' }), override('**', { common: 'on' })] },
      { common: 'error' },
    ],
  ])('%s', (_, value, expected) => {
    const { rules: active } = settingsOf(configOf(value), rules, matchesFile)('logs/a.json')
    expect(Object.fromEntries(active.map(({ rule, severity }) => [rule.meta.id, severity]))).toEqual(expected)
  })

  test('options: the last that were given', () => {
    const config = configOf({ rules: { common: ['on', { a: 1 }] }, overrides: [override('**', { common: 'error' })] })
    expect(settingsOf(config, rules, matchesFile)('x.json').rules).toMatchObject([{ severity: 'error', options: { a: 1 } }])
  })

  test('bucket and owner of the last override that has them', () => {
    const config = configOf({
      overrides: [{ files: ['**'], bucket: 'a', owner: 'x' }, { files: ['logs/*'], bucket: 'b' }, { files: ['**'] }],
    })
    expect(settingsOf(config, rules, matchesFile)('logs/a.json')).toMatchObject({ bucket: 'b', owner: 'x' })
  })
})

describe('patterns of file names', () => {
  test.each<[string, string, boolean]>([
    ['*.json', 'a.json', true],
    ['*.json', 'x/a.json', false],
    ['**/*.json', 'a.json', true],
    ['**/*.json', 'x/y/.hidden/a.json', true],
    ['*', '.hidden', true],
    ['logs/', 'logs/x/a.json', true],
    ['./logs/*', 'logs/a.json', true],
    ['{a,b}.json', 'b.json', true],
    ['#a.json', '#a.json', true],
    ['+(a).json', 'aa.json', false],
  ])('%s and %s', (pattern, path, isMatch) => {
    expect(checkPattern(pattern)).toBeUndefined()
    expect(matchesFile(pattern, path)).toBe(isMatch)
  })

  test('hostile names take no time', () => {
    const start = performance.now()
    expect(matchesFile('*a*a*b', 'a'.repeat(255))).toBe(false)
    expect(matchesFile('**/a/**/a/**/b', 'a/'.repeat(500))).toBe(false)
    expect(matchesFile('{1..100000}', 'x')).toBe(false)
    expect(matchesFile(`${'{a,b}'.repeat(60)}`, 'a'.repeat(60))).toBeTypeOf('boolean')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test.each(['*a*b*c*d', '**/**/a/**/**', 'a'.repeat(1001), '/abs', '!x'])('%s is refused', (pattern) => {
    expect(checkPattern(pattern)).toBeTypeOf('string')
  })
})

const at = (start: number, end: number) => ({
  start: { offset: start, line: 1, column: start + 1 },
  end: { offset: end, line: 1, column: end + 1 },
})

const finding = (rest: Partial<Finding> = {}): Finding => ({
  ...{ rule: 'r', messageId: 'm', severity: 'warning', message: 'x', file: 'a.json', address: '' },
  location: { path: ['Statement', 0, 'Action'], span: at(0, 1) },
  ...rest,
})

describe('suppressions', () => {
  const DAY = Date.UTC(2026, 8, 21)
  const place: FindingPlace = { path: 'logs/a.json', bucket: 'b' }
  const suppressorOf = (given: object, now = DAY) =>
    new Suppressor(configOf({ suppressions: [{ rule: 'r', reason: 'why', ...given }] }).suppressions, matchesFile, now)

  test.each<[string, object, boolean]>([
    ['the rule', {}, true],
    ['another rule', { rule: 's' }, false],
    ['the file', { files: ['logs/*'] }, true],
    ['another file', { files: ['web/*'] }, false],
    ['the statement', { sid: 'S' }, true],
    ['another statement', { sid: 'T' }, false],
    ['the place', { path: '/Statement/0/Action' }, true],
    ['above the place', { path: '/Statement/0' }, true],
    ['beside the place', { path: '/Statement/1' }, false],
    ['below the place', { path: '/Statement/0/Action/0' }, false],
    ['the bucket', { bucket: 'b' }, true],
    ['another bucket', { bucket: 'c' }, false],
    ['the last day', { expires: '2026-09-21' }, true],
    ['the day before', { expires: '2026-09-20' }, false],
  ])('%s', (_, given, isSuppressed) => {
    const suppressor = suppressorOf(given)
    suppressor.sees(place.path)
    const { suppressed } = suppressor.mark(finding({ sid: 'S' }), place)
    expect(suppressed !== undefined).toBe(isSuppressed)
    if (isSuppressed) expect(suppressed).toMatchObject({ reason: 'why', by: 'config' })
  })

  test('a pointer is into the policy, wherever that is', () => {
    const path = ['buckets', 0, 'policy', 'Statement', 0]
    const base = ['buckets', 0, 'policy']
    const found = finding({ location: { path, span: at(0, 1) } })
    expect(suppressorOf({ path: '/Statement/0' }).mark(found, { ...place, base }).suppressed).toBeDefined()
    expect(suppressorOf({ path: '/Statement/0' }).mark(found, place).suppressed).toBeUndefined()
  })

  test('unused and expired ones are told, those for other files not', () => {
    const unused = (given: object) => {
      const suppressor = suppressorOf(given)
      suppressor.sees(place.path)
      return suppressor.unused().map(({ description }) => description)
    }
    expect(unused({ sid: 'T' })).toEqual(['the suppression of `r` in statement `T` suppresses nothing'])
    expect(unused({ files: ['web/*'] })).toEqual([])
    expect(unused({ expires: '2026-09-20' })).toEqual(['the suppression of `r` has expired on 2026-09-20'])
  })
})

describe('a baseline', () => {
  const texts = new Map([['a.json', '{"x": ["one", "two"]}']])
  const one = finding({ location: { path: ['x', 0], span: at(7, 12) } })
  const two = finding({ location: { path: ['x', 1], span: at(14, 19) } })
  const text = writeBaseline([two, one], { texts })
  const { entries, diagnostics } = readBaseline(text)

  test('is sorted and can be read again', () => {
    expect(diagnostics).toEqual([])
    expect(entries).toHaveLength(2)
    expect(text).toBe(writeBaseline([one, two], { texts }))
    expect(readBaseline(writeBaseline([], { texts }))).toEqual({ entries: [], diagnostics: [] })
  })

  test('knows what has moved, not what has changed', () => {
    const moved = new Map([['a.json', '\n\n{"x": [\n"two", "one"]}']])
    const movedTwo = finding({ location: { path: ['x', 0], span: at(10, 15) } })
    const marked = applyBaseline([movedTwo], entries, { texts: moved }, () => true)
    expect(marked.findings).toMatchObject([{ suppressed: { by: 'baseline' } }])
    expect(marked.stale).toHaveLength(1)
    const changed = new Map([['a.json', '{"x": ["one", "owt"]}']])
    expect(applyBaseline([two], entries, { texts: changed }, () => true).findings[0]).not.toHaveProperty('suppressed')
  })

  test('has no opinion on files that were not looked at', () => {
    expect(applyBaseline([], entries, { texts }, () => false).stale).toEqual([])
  })

  test.each(['[]', '{}', '{"findings": [{}]}', '{"findings": [{"file": "a", "rule": "b", "fingerprint": 1}]}', '{"x": 1}', 'no'])(
    'is not %s',
    (wrong) => expect(readBaseline(wrong).diagnostics.length).toBeGreaterThan(0),
  )
})

describe('fixes', () => {
  const fix = (...edits: readonly [number, number, string][]) =>
    finding({ fix: { description: 'x', edits: edits.map(([start, end, text]) => ({ start, end, text })) } })
  test.each<[string, readonly Finding[], string]>([
    ['several', [fix([0, 1, 'A']), fix([4, 5, 'E'])], 'AbcdE'],
    ['of different length', [fix([0, 1, 'AAA']), fix([4, 5, ''])], 'AAAbcd'],
    ['the first of two that overlap', [fix([0, 3, 'x']), fix([2, 5, 'y'])], 'xde'],
    ['the first of two that touch', [fix([0, 2, 'x']), fix([2, 5, 'y'])], 'xcde'],
    ['all edits of a fix or none', [fix([0, 1, 'A']), fix([1, 2, 'x'], [4, 5, 'E'])], 'Abcde'],
    ['outside the text', [fix([0, 9, 'x'])], 'abcde'],
    ['none', [finding()], 'abcde'],
  ])('%s', (_, findings, text) => expect(applyFixes('abcde', findings).text).toBe(text))
})

describe('the verdict', () => {
  const report = (severities: readonly Severity[], undecided = 0): LintReport => ({
    ...{ files: 1, policies: 1, problems: [], unusedSuppressions: [], rules: [] },
    findings: severities.map((severity) => finding({ severity })),
    undecided: Array.from({ length: undecided }, () => ({ rule: 'r', file: 'a', address: '', location: finding().location, reason: 'x' })),
  })
  test.each<[readonly Severity[], number, FailLevel, number | undefined, string]>([
    [[], 0, 'security', undefined, 'passed'],
    [['warning', 'suggestion'], 0, 'security', undefined, 'passed'],
    [['security'], 0, 'security', undefined, 'failed'],
    [['error'], 0, 'security', undefined, 'failed'],
    [['security'], 0, 'error', undefined, 'passed'],
    [['suggestion'], 0, 'suggestion', undefined, 'failed'],
    [['error'], 0, 'none', undefined, 'passed'],
    [['warning', 'warning'], 0, 'security', 1, 'too-many'],
    [['warning'], 0, 'security', 1, 'passed'],
    [['error'], 1, 'security', undefined, 'failed'],
    [['warning'], 1, 'security', 0, 'too-many'],
    [['warning'], 1, 'security', undefined, 'undecided'],
  ])('%j and %i undecided, failing at %s, at most %s', (severities, undecided, failLevel, maxWarnings, verdict) => {
    const limits = { failLevel, allowUndecided: false, ...(maxWarnings !== undefined && { maxWarnings }) }
    expect(verdictOf(report(severities, undecided), limits)).toBe(verdict)
  })

  test('undecided may be allowed', () => {
    expect(verdictOf(report([], 1), { failLevel: 'security', allowUndecided: true })).toBe('passed')
  })
})
