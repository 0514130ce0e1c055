import { canonicalKeyName } from '../../catalog/lookup.js'
import { anything, type Token, wildcardTokens } from '../../languages/language.js'
import type { ContextValues } from '../../operators/evaluate-operator.js'
import { operators } from '../../operators/table.js'
import type { PolicyVersion, Statement } from '../../policy/ast.js'
import { parseTemplate, type TemplatePart } from '../../policy/template.js'
import type { EvaluationContext } from '../../request/evaluation-context.js'

/** What the condition keys that policies use as variables are in a part of all requests; empty if they use none. */
export type Assignment = ReadonlyMap<string, ContextValues>

/** The texts of a statement that may have variables, with what they are compared with. */
export interface Template {
  readonly parts: readonly TemplatePart[]
  /** `resource`, or the condition key. */
  readonly comparedWith: string
}

export function templatesOf(statement: Statement, version: PolicyVersion | undefined): readonly Template[] {
  const { Resource = [], NotResource = [], Condition } = statement
  const resources = [...Resource, ...NotResource].map(({ text }) => ({ parts: parseTemplate(text, version), comparedWith: 'resource' }))
  const values = Condition.flatMap(({ operator, key, values }) =>
    operators[operator.name].expandsVariables
      ? values.map(({ text }) => ({ parts: parseTemplate(text, version), comparedWith: canonicalKeyName(key.text) }))
      : [],
  )
  return [...resources, ...values]
}

/** The condition keys that the templates use as variables. */
export function variablesOf(templates: readonly Template[]): readonly string[] {
  const names = templates.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'variable' ? canonicalKeyName(part.key) : [])))
  return [...new Set(names)]
}

/** The values of variables; every other key has none, and nothing asks for it. */
export function contextOfAssignment(assignment: Assignment): EvaluationContext {
  return { valuesOf: (key) => assignment.get(canonicalKeyName(key)) ?? [] }
}

export function usesVariable(parts: readonly TemplatePart[], key: string): boolean {
  return parts.some((part) => part.kind === 'variable' && canonicalKeyName(part.key) === key)
}

/** What a text with variables may stand for, where each of them may be anything. */
export function templateTokens(parts: readonly TemplatePart[]): readonly Token[] {
  return parts.flatMap((part) => {
    if (part.kind === 'variable' || part.kind === 'malformed') return anything
    return wildcardTokens([{ text: part.text, literal: part.kind === 'escape' }])
  })
}
