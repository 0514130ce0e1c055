import type { Rule } from '../rule.js'
import { failLevels, levels, presets } from './config.js'

const EVERY_LEVEL = 'off; on: with the severity that the rule has of itself; or another severity.'

/** The JSON Schema of a configuration (draft-07), with every rule and its options. */
export function configSchema(rules: readonly Rule[]): Record<string, unknown> {
  const sorted = rules.toSorted((a, b) => (a.meta.id < b.meta.id ? -1 : 1))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://grantree.dev/schemas/lint-config.schema.json',
    title: 'Configuration of grantree lint',
    description: 'grantree.config.json: which rules are on, what is left for now and why. Patterns of files are relative to its folder.',
    allowComments: true,
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { title: 'Schema', description: 'Tells editors which schema the file follows.', type: 'string' },
      extends: {
        title: 'Preset',
        description: 'recommended: what any team wants on; strict: every rule; none: only what `rules` has.',
        enum: presets,
        default: 'recommended',
      },
      rules: { $ref: '#/definitions/rules' },
      overrides: { title: 'Overrides', description: 'What is different for some files. Later ones win.', type: 'array', items: override },
      suppressions: { title: 'Suppressions', description: 'Findings that are right as they are.', type: 'array', items: suppression },
      failLevel: {
        title: 'Fail level',
        description: 'From which severity on findings fail the run.',
        enum: failLevels,
        default: 'security',
      },
      maxWarnings: { title: 'Most findings', description: 'More findings than this fail the run too.', type: 'integer', minimum: 0 },
      allowUndecided: {
        title: 'Allow undecided',
        description: 'Whether questions without an answer are taken for fine.',
        type: 'boolean',
        default: false,
      },
      plugins: {
        title: 'Plugins',
        description: 'Modules with rules of your own: paths relative to this file, or names of packages.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
      },
    },
    definitions: {
      level: { description: EVERY_LEVEL, enum: levels },
      files: {
        title: 'Files',
        description: 'Patterns such as logs/**, relative to the folder of this file.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
      },
      rules: {
        title: 'Rules',
        description: 'By id: a severity, or a severity and options.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(sorted.map((rule) => [rule.meta.id, settingSchema(rule)])),
        patternProperties: { '^[^/]+/.+$': settingOfPlugin },
      },
    },
  }
}

const override = {
  type: 'object',
  additionalProperties: false,
  required: ['files'],
  properties: {
    files: { $ref: '#/definitions/files' },
    rules: { $ref: '#/definitions/rules' },
    bucket: { title: 'Bucket', description: 'That policies in these files are for, where they do not say.', type: 'string', minLength: 1 },
    owner: { title: 'Owner', description: 'The account that owns that bucket.', type: 'string', minLength: 1 },
  },
}

const suppression = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'reason'],
  properties: {
    rule: { title: 'Rule', description: 'The id of the rule.', type: 'string', minLength: 1 },
    files: { $ref: '#/definitions/files' },
    sid: { title: 'Sid', description: 'Of the statement.', type: 'string', minLength: 1 },
    path: { title: 'Path', description: 'A JSON pointer into the policy, such as /Statement/0.', type: 'string', pattern: '^/' },
    bucket: { title: 'Bucket', description: 'That the policy is for.', type: 'string', minLength: 1 },
    reason: { title: 'Reason', description: 'Why the finding is right as it is.', type: 'string', pattern: '\\S' },
    expires: {
      title: 'Expires',
      description: 'The last day on which it counts, YYYY-MM-DD.',
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    },
  },
}

/** What a rule of a plugin takes, only the plugin knows. */
const settingOfPlugin = {
  anyOf: [
    { $ref: '#/definitions/level' },
    { type: 'array', items: [{ $ref: '#/definitions/level' }, { type: 'object' }], minItems: 1, maxItems: 2, additionalItems: false },
  ],
}

function settingSchema({ meta: { summary, severity, options } }: Rule) {
  const level = { $ref: '#/definitions/level' }
  const items = options === undefined ? [level] : [level, options]
  return {
    description: `${summary} (${severity}).`,
    anyOf: [level, { type: 'array', items, minItems: 1, maxItems: items.length, additionalItems: false }],
  }
}
