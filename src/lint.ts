/** Policies checked by rules: offline, with exact places. */
export type { Edit, Finding, Fix, Severity, Undecided } from './lint/finding.js'
export { type ActiveRule, type LintOptions, type LintResult, lintFound } from './lint/linter.js'
export type { Category, Rule, RuleContext, RuleListener, RuleMeta, RuleReport } from './lint/rule.js'
export { allRules, findRule } from './lint/rules/all-rules.js'
export { barePolicy } from './sources/bare-policy.js'
export type { Found, FoundPolicy, FoundSnapshot, Reading, SourceFile, SourceProblem, Unknown } from './sources/found.js'
export { type ReadOptions, readSource } from './sources/read-source.js'
