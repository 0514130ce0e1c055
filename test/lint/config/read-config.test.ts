import { describe, expect, test } from 'vitest'
import { checkPattern } from '../../../src/cli/lint/file-patterns.js'
import { loadSchemaCheck } from '../../../src/cli/lint/schema-check.js'
import { formatPath } from '../../../src/index.js'
import { withoutComments } from '../../../src/lint/config/without-comments.js'
import { allRules, checkRules, type LintConfig, type Rule, readConfig } from '../../../src/lint.js'

const read = (value: unknown) => readConfig(typeof value === 'string' ? value : JSON.stringify(value), checkPattern)

function configOf(value: unknown): LintConfig {
  const { config, diagnostics } = read(value)
  if (config === undefined) throw new Error(JSON.stringify(diagnostics))
  return config
}

test('nothing given is the preset `recommended`', () => {
  expect(configOf({})).toEqual({ preset: 'recommended', rules: [], overrides: [], suppressions: [], plugins: [] })
})

test('all that can be given', () => {
  const suppression = { rule: 'r', files: ['a/*'], sid: 'S', path: '/Statement/0', bucket: 'b', reason: 'why', expires: '2026-12-31' }
  expect(
    configOf({
      $schema: 'x',
      extends: 'strict',
      rules: { r: 'off', s: ['on', { a: 1 }], t: ['warning'] },
      overrides: [{ files: ['logs/**'], rules: { r: 'error' }, bucket: 'logs', owner: '111122223333' }],
      suppressions: [suppression],
      ...{ failLevel: 'none', maxWarnings: 0, allowUndecided: true, plugins: ['./rules.js'] },
    }),
  ).toMatchObject({
    preset: 'strict',
    rules: [
      { id: 'r', level: 'off' },
      { id: 's', level: 'on', options: { value: { a: 1 } } },
      { id: 't', level: 'warning' },
    ],
    overrides: [{ files: ['logs/**'], rules: [{ id: 'r', level: 'error' }], bucket: 'logs', owner: '111122223333' }],
    suppressions: [suppression],
    ...{ failLevel: 'none', maxWarnings: 0, allowUndecided: true, plugins: [{ module: './rules.js' }] },
  })
})

describe('a mistake is told with its place and what to do', () => {
  test.each<[string, unknown, string, string, string?]>([
    ['no JSON', '{', '$', 'expected a member name'],
    ['no object', '[]', '$', 'the configuration must be an object'],
    ['an unknown member', { extend: 'strict' }, '$.extend', 'has no member `extend`', 'did you mean `extends`?'],
    ['a preset', { extends: 'recomended' }, '$.extends', 'extends cannot be `recomended`', 'did you mean `recommended`?'],
    ['a severity', { rules: { r: 'fatal' } }, '$.rules.r', "a rule's severity cannot be `fatal`", 'it is one of `off`'],
    ['a severity of a wrong type', { rules: { r: 2 } }, '$.rules.r', "a rule's severity must be text"],
    ['an empty list', { rules: { r: [] } }, '$.rules.r', 'one or two entries'],
    ['too long a list', { rules: { r: ['on', {}, {}] } }, '$.rules.r', 'one or two entries'],
    ['options that are none', { rules: { r: ['on', 1] } }, '$.rules.r[1]', "a rule's options must be an object"],
    ['rules as a list', { rules: [] }, '$.rules', 'rules must be an object'],
    [
      'a member of an override',
      { overrides: [{ files: ['a'], rule: {} }] },
      '$.overrides[0].rule',
      'no member `rule`',
      'did you mean `rules`?',
    ],
    ['an override for nothing', { overrides: [{ rules: {} }] }, '$.overrides[0]', '`files` is missing'],
    ['an override for no file', { overrides: [{ files: [] }] }, '$.overrides[0].files', '`files` is empty'],
    ['a pattern that costs too much', { overrides: [{ files: ['*a*b*c*d'] }] }, '$.overrides[0].files[0]', 'more than 3 stars'],
    ['a pattern that negates', { overrides: [{ files: ['!a'] }] }, '$.overrides[0].files[0]', 'begins with `!`'],
    ['a suppression without reason', { suppressions: [{ rule: 'r' }] }, '$.suppressions[0]', '`reason` is missing', 'say why'],
    ['an empty reason', { suppressions: [{ rule: 'r', reason: ' ' }] }, '$.suppressions[0].reason', 'must not be empty'],
    ['a suppression of nothing', { suppressions: [{ reason: 'x' }] }, '$.suppressions[0]', '`rule` is missing'],
    ['no pointer', { suppressions: [{ rule: 'r', reason: 'x', path: '$.a' }] }, '$.suppressions[0].path', 'no JSON pointer'],
    [
      'no day',
      { suppressions: [{ rule: 'r', reason: 'x', expires: '2026-02-30' }] },
      '$.suppressions[0].expires',
      'is no day',
      'YYYY-MM-DD',
    ],
    ['a time', { suppressions: [{ rule: 'r', reason: 'x', expires: '2026-02-03T10:00Z' }] }, '$.suppressions[0].expires', 'is no day'],
    ['seconds', { suppressions: [{ rule: 'r', reason: 'x', expires: '1790000000' }] }, '$.suppressions[0].expires', 'is no day'],
    ['a fail level', { failLevel: 'critical' }, '$.failLevel', 'failLevel cannot be `critical`'],
    ['a number below 0', { maxWarnings: -1 }, '$.maxWarnings', 'from 0 on'],
    ['a number as text', { maxWarnings: '1' }, '$.maxWarnings', 'must be a number'],
    ['neither true nor false', { allowUndecided: 'yes' }, '$.allowUndecided', 'must be true or false'],
    ['a plugin that is none', { plugins: [''] }, '$.plugins[0]', 'must not be empty'],
    ['a member twice', '{"rules": {}, "rules": {}}', '$.rules', 'appears twice'],
  ])('%s', (_, value, path, message, help = '') => {
    const { config, diagnostics } = read(value)
    expect(config).toBeUndefined()
    expect(formatPath(diagnostics[0]?.path ?? [])).toBe(path)
    expect(diagnostics[0]?.message).toContain(message)
    expect(diagnostics[0]?.help ?? '').toContain(help)
  })
})

describe('comments', () => {
  test.each([
    ['{"a": 1} // end', '{"a": 1}       '],
    ['{/* x */"a": 1}', '{       "a": 1}'],
    ['/* a\n b */{}', '    \n     {}'],
    ['{"a": "// no", "b": "/* no */"}', '{"a": "// no", "b": "/* no */"}'],
    ['{"a": "\\"// no"}', '{"a": "\\"// no"}'],
    ['{} /* open', '{} /* open'],
    ['"open // x', '"open // x'],
  ])('%j', (text, clean) => expect(withoutComments(text)).toBe(clean))

  test('leave all places as they are', () => {
    const { diagnostics } = read('// one\n{ /* two */ "extnds": 1 }')
    expect(diagnostics[0]?.span.start).toMatchObject({ line: 2, column: 13 })
  })
})

describe('rules', () => {
  const rule: Rule = {
    meta: {
      ...{ id: 'acme/limit', severity: 'warning', category: 'structure', summary: 'x', recommended: true, fixable: false, analysis: false },
      messages: {},
      options: {
        type: 'object',
        additionalProperties: false,
        properties: { most: { type: 'integer' }, kind: { enum: ['a', 'b'] }, names: { type: 'array', items: { type: 'string' } } },
      },
    },
    create: () => ({}),
  }

  test.each<[string, object, string, string, string?]>([
    ['an unknown one', { rules: { 'unreachable-statment': 'off' } }, '$.rules["unreachable-statment"]', 'there is no rule', 'did you mean'],
    ['of an override', { overrides: [{ files: ['a'], rules: { x: 'off' } }] }, '$.overrides[0].rules.x', 'there is no rule `x`'],
    ['of a suppression', { suppressions: [{ rule: 'x', reason: 'y' }] }, '$.suppressions[0]', 'there is no rule `x`'],
    ['options where none are', { rules: { 'duplicate-key': ['on', {}] } }, '$.rules["duplicate-key"][1]', 'takes no options'],
    [
      'an option that there is not',
      { rules: { 'acme/limit': ['on', { mots: 1 }] } },
      '$.rules["acme/limit"][1].mots',
      'no option `mots`',
      'did you mean `most`?',
    ],
    [
      'an option of a wrong type',
      { rules: { 'acme/limit': ['on', { most: 'x' }] } },
      '$.rules["acme/limit"][1].most',
      '`most` must be integer',
    ],
    [
      'an option of some words',
      { rules: { 'acme/limit': ['on', { kind: 'c' }] } },
      '$.rules["acme/limit"][1].kind',
      'kind',
      'one of `a`, `b`',
    ],
    ['an entry', { rules: { 'acme/limit': ['on', { names: ['a', 1] }] } }, '$.rules["acme/limit"][1].names[1]', 'must be string'],
  ])('%s', async (_, value, path, message, help = '') => {
    const [diagnostic] = checkRules(configOf(value), [...allRules, rule], await loadSchemaCheck())
    expect(formatPath(diagnostic?.path ?? [])).toBe(path)
    expect(diagnostic?.message).toContain(message)
    expect(diagnostic?.help ?? '').toContain(help)
  })

  test('that are right', async () => {
    const config = configOf({ rules: { 'acme/limit': ['on', { most: 1, kind: 'a' }], 'duplicate-key': ['off'] } })
    expect(checkRules(config, [...allRules, rule], await loadSchemaCheck())).toEqual([])
  })
})
