import { actions } from '../../../catalog/actions.js'
import { actionsCoveredBy, canonicalKeyName } from '../../../catalog/lookup.js'
import type { Statement } from '../../../policy/ast.js'
import { abilities, outsidersEscalatingActions } from '../../abilities.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { outsidersMay } from '../../outsiders.js'
import type { Rule } from '../../rule.js'
import { allThatStrangersMay, mayBeAboutStrangers } from '../../strangers.js'
import { witnessWords } from '../../witness-words.js'

export const crossAccountFullAccess: Rule = {
  meta: {
    id: 'cross-account-full-access',
    severity: 'warning',
    category: 'exposure',
    summary: 'Another account may do everything with the objects of a bucket',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: { full: 'another account than the owner’s may do everything with the objects here' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        statement(statement, index, subject) {
          if (!allowsEveryAction(statement) || !isAboutAccounts(statement) || allThatStrangersMay(analysis, index).length > 0) return
          // Whoever may change the policy is what privilege-escalation is about.
          if (outsidersMay(analysis, subject, index, outsidersEscalatingActions).verdict === 'possible') return
          const answer = outsidersMay(analysis, subject, index, abilities.write.actions)
          for (const { reason } of answer.undecided) undecided(statement.location, reason)
          if (answer.verdict !== 'possible') return
          const help = 'name the actions that are needed: what AWS adds to S3 would be allowed at once'
          report({ messageId: 'full', location: statement.location, help, witness: witnessWords(answer.witness) })
        },
      },
    ),
}

function allowsEveryAction({ Effect, Action = [] }: Statement): boolean {
  return Effect === 'Allow' && Action.some(({ text }) => actionsCoveredBy(text).length === actions.length)
}

/**
 * Whether it names principals, or says by a condition who they are or what addresses they have. Access points and endpoints, which have policies of
 * their own, limit what is done.
 */
function isAboutAccounts(statement: Statement): boolean {
  if (!mayBeAboutStrangers(statement)) return true
  const keys = statement.Condition.map(({ key }) => canonicalKeyName(key.text))
  return keys.some((key) => key.startsWith('aws:Principal') || key === 'aws:SourceIp')
}
