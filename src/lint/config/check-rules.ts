import { type Diagnostic, diagnosticOf } from '../../policy/diagnostic.js'
import { suggest } from '../../policy/suggestion.js'
import type { Rule } from '../rule.js'
import type { LintConfig, RuleSetting } from './config.js'

/** What is wrong with an object, by a JSON Schema. `path` leads to the place in the object. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly help?: string
}

export type SchemaCheck = (schema: Readonly<Record<string, unknown>>, value: unknown) => readonly SchemaProblem[]

/** The rules that a configuration names and nobody has, and options that a rule does not take. */
export function checkRules(config: LintConfig, rules: readonly Rule[], check: SchemaCheck): readonly Diagnostic[] {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]))
  const settings = [...config.rules, ...config.overrides.flatMap((override) => override.rules)]
  return [
    ...settings.flatMap((setting) => checkSetting(setting, byId, check)),
    ...config.suppressions.flatMap(({ rule, location }) => (byId.has(rule) ? [] : unknownRule(rule, location, byId.keys()))),
  ]
}

function checkSetting({ id, options, location }: RuleSetting, byId: ReadonlyMap<string, Rule>, check: SchemaCheck): readonly Diagnostic[] {
  const rule = byId.get(id)
  if (rule === undefined) return [unknownRule(id, location, byId.keys())]
  if (options === undefined) return []
  const { options: schema } = rule.meta
  if (schema === undefined) {
    const help = 'write its severity alone'
    return [diagnosticOf({ code: 'invalid-value', location: options.locate([]), message: `the rule \`${id}\` takes no options`, help })]
  }
  return check(schema, options.value).map(({ path, message, help }) =>
    diagnosticOf({ code: 'invalid-value', location: options.locate(path), message: `options of \`${id}\`: ${message}`, help }),
  )
}

function unknownRule(id: string, location: RuleSetting['location'], ids: Iterable<string>): Diagnostic {
  const help = suggest(id, ids) ?? '`grantree lint --list-rules` shows all rules'
  return diagnosticOf({ code: 'invalid-value', location, message: `there is no rule \`${id}\``, help })
}
