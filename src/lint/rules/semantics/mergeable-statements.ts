import { canonicalKeyName } from '../../../catalog/lookup.js'
import { foldAscii } from '../../../match/case.js'
import { formatOperator, type Policy, type PrincipalEntry, type Statement, type Text } from '../../../policy/ast.js'
import type { Rule } from '../../rule.js'
import { statementNames } from '../../statement-names.js'

export const mergeableStatements: Rule = {
  meta: {
    id: 'mergeable-statements',
    severity: 'suggestion',
    category: 'semantics',
    summary: 'Two statements that differ in one element only',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { mergeable: 'this statement and {other} differ in `{element}` only: one statement can say both' },
  },
  create: ({ report }) => ({
    policy(policy) {
      const parts = policy.Statement.map(partsOf)
      for (const [index, { location }] of policy.Statement.entries()) {
        const pair = firstPair(parts, index)
        if (pair === undefined) continue
        const data = { other: statementNames(policy, [pair.other], 'and'), element: pair.element }
        report({ messageId: 'mergeable', location, data, help: `list the values of both under \`${pair.element}\` of the first` })
      }
    },
  }),
}

/** The elements whose values may be listed together; what is the same in every other element is the same statement. */
const listed = ['Principal', 'Action', 'Resource'] as const

type Element = (typeof listed)[number]

interface Parts extends Readonly<Record<Element, string | undefined>> {
  readonly rest: string
}

function firstPair(parts: readonly Parts[], index: number): { readonly other: number; readonly element: Element } | undefined {
  const own = parts[index]
  for (const [other, theirs] of parts.slice(0, index).entries()) {
    const different = own === undefined ? [] : listed.filter((element) => own[element] !== theirs[element])
    const [element] = different
    if (own?.rest !== theirs.rest || element === undefined || different.length > 1) continue
    if (own[element] !== undefined && theirs[element] !== undefined) return { other, element }
  }
  return undefined
}

function partsOf({
  Effect,
  Principal,
  NotPrincipal,
  Action,
  NotAction,
  Resource,
  NotResource,
  Condition,
}: Policy['Statement'][number]): Parts {
  const rest = [Effect, principals(NotPrincipal), names(NotAction), texts(NotResource), conditionsOf(Condition)]
  return { Principal: principals(Principal), Action: names(Action), Resource: texts(Resource), rest: JSON.stringify(rest) }
}

function principals(entries: readonly PrincipalEntry[] | undefined): string | undefined {
  return setOf(entries?.map(({ type, text }) => `${type} ${text}`))
}

function names(list: readonly Text[] | undefined): string | undefined {
  return setOf(list?.map(({ text }) => foldAscii(text)))
}

function texts(list: readonly Text[] | undefined): string | undefined {
  return setOf(list?.map(({ text }) => text))
}

function conditionsOf(conditions: Statement['Condition']): string | undefined {
  return setOf(conditions.map(({ operator, key, values }) => `${formatOperator(operator)} ${canonicalKeyName(key.text)} ${texts(values)}`))
}

function setOf(list: readonly string[] | undefined): string | undefined {
  return list && JSON.stringify([...new Set(list)].toSorted())
}
