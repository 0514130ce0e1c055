import { listOf } from '../analyze/words/lists.js'
import type { Statement } from '../policy/ast.js'
import type { Ability } from './abilities.js'
import { whereAnalysed } from './analysis-listener.js'
import { openGuards } from './open-guards.js'
import type { Rule, RuleContext, RuleMeta } from './rule.js'
import { allThatStrangersMay, strangersMay } from './strangers.js'
import { witnessWords } from './witness-words.js'

/** The option that says what is meant to be public. */
const allowOption = {
  type: 'object',
  properties: {
    allow: { type: 'array', items: { type: 'string' }, description: 'patterns of `bucket` or `bucket/key` that are meant to be public' },
  },
  additionalProperties: false,
} as const

interface StrangerRule {
  readonly meta: Pick<RuleMeta, 'id' | 'summary'>
  readonly ability: Ability
  /** What is worse: where a statement lets strangers do that as well, the rule for that says everything. */
  readonly worse: readonly Ability[]
  /** Whether there are buckets that are meant to be like this. */
  readonly mayBeMeant: boolean
  readonly help: string
}

/** A rule about something that a statement lets anybody do. Deny statements and conditions that keep strangers out make it silent. */
export function strangerRule({ meta, ability, worse, mayBeMeant, help }: StrangerRule): Rule {
  return {
    meta: {
      ...meta,
      severity: 'security',
      category: 'exposure',
      recommended: true,
      fixable: false,
      analysis: true,
      messages: { public: 'anybody may {what}' },
      ...(mayBeMeant && { options: allowOption, defaults: { allow: [] } }),
    },
    create: (context) =>
      whereAnalysed(context, {
        statement(statement, index) {
          const { analysis, report, undecided } = context
          const { location } = statement
          if (worse.some((other) => strangersMay(analysis, index, other).verdict === 'possible')) return
          const answer = strangersMay(analysis, index, ability, allowed(context))
          for (const { reason } of answer.undecided) undecided(location, reason)
          if (answer.verdict !== 'possible') return
          const what = mayBeMeant ? ability.words : listOf(allThatStrangersMay(analysis, index), 'and')
          report({ messageId: 'public', location, data: { what }, help: helpFor(statement, help), witness: witnessWords(answer.witness) })
        },
      }),
  }
}

/** Where a guard keeps nobody out, that is where to mend the statement. */
function helpFor(statement: Statement, usual: string): string {
  for (const guard of openGuards) {
    const [condition] = guard.conditionsOf(statement)
    if (condition !== undefined) return `${guard.whyFor(condition)}: ${guard.helpFor(condition)}`
  }
  return usual
}

function allowed({ options: { allow = [] } }: RuleContext): readonly string[] {
  return allow as readonly string[]
}
