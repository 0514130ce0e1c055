import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { checkPattern } from '../../../src/cli/lint/file-patterns.js'
import { allRules, configSchema, readConfig } from '../../../src/lint.js'

const file = JSON.parse(readFileSync(new URL('../../../schemas/lint-config.schema.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>

const ajv = new Ajv({ strict: true, strictTuples: false, allowUnionTypes: true })
// Of editors.
ajv.addKeyword('allowComments')
const validate = ajv.compile(file)

test('has every rule with its options; `npm run build:schemas` writes it', () => {
  expect(file).toEqual(configSchema(allRules))
})

test.each(allRules.map(({ meta }) => [meta.id, meta] as const))('takes the rule %s', (id, { defaults, options }) => {
  expect(validate({ rules: { [id]: 'off' } })).toBe(true)
  if (options !== undefined) expect(validate({ rules: { [id]: ['on', defaults ?? {}] } }), JSON.stringify(validate.errors)).toBe(true)
  else expect(validate({ rules: { [id]: ['on', {}] } })).toBe(false)
})

describe('says what the reader says', () => {
  const s = { rule: 'duplicate-key', reason: 'why' }
  test.each<[object, boolean]>([
    [{}, true],
    [{ $schema: 'x', extends: 'strict', failLevel: 'none', maxWarnings: 3, allowUndecided: true, plugins: ['./a.js'] }, true],
    [{ rules: { 'acme/x': ['on', { a: 1 }], 'duplicate-key': ['on'] } }, true],
    [{ overrides: [{ files: ['a'], rules: {}, bucket: 'b', owner: 'o' }] }, true],
    [{ suppressions: [{ ...s, files: ['a'], sid: 'S', path: '/a', bucket: 'b', expires: '2026-12-31' }] }, true],
    [{ extends: 'all' }, false],
    [{ rule: {} }, false],
    [{ rules: { 'duplicate-key': 'fatal' } }, false],
    [{ rules: { 'duplicate-key': [] } }, false],
    [{ overrides: [{}] }, false],
    [{ overrides: [{ files: [] }] }, false],
    [{ suppressions: [{ rule: 'duplicate-key' }] }, false],
    [{ suppressions: [{ ...s, reason: ' ' }] }, false],
    [{ suppressions: [{ ...s, path: 'a' }] }, false],
    [{ suppressions: [{ ...s, expires: 'soon' }] }, false],
    [{ maxWarnings: -1 }, false],
    [{ failLevel: 'fatal' }, false],
    [{ plugins: [''] }, false],
  ])('%j: %s', (config, isValid) => {
    expect(validate(config)).toBe(isValid)
    expect(readConfig(JSON.stringify(config), checkPattern).config !== undefined).toBe(isValid)
  })
})
