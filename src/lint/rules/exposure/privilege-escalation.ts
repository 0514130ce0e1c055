import { actionsCoveredBy } from '../../../catalog/lookup.js'
import type { Statement } from '../../../policy/ast.js'
import type { Snapshot } from '../../../snapshot/snapshot.js'
import type { FoundSnapshot } from '../../../sources/found.js'
import { abilities, escalatingActions, outsidersEscalatingActions } from '../../abilities.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { narrowed } from '../../narrowed-snapshot.js'
import { outsidersMay } from '../../outsiders.js'
import type { Rule, RuleContext } from '../../rule.js'
import { type GrantInPlace, type KeyInPlace, keyName, keysInPlace } from '../../snapshot-grants.js'
import { strangersMay } from '../../strangers.js'
import { witnessWords } from '../../witness-words.js'

export const privilegeEscalation: Rule = {
  meta: {
    id: 'privilege-escalation',
    severity: 'security',
    category: 'exposure',
    summary: 'A caller from outside, or a limited access key, may change who may do what with a bucket',
    recommended: true,
    fixable: false,
    analysis: true,
    messages: {
      outsider: 'a caller outside the owner’s account may change who may do what here, by `{action}`',
      key: 'access key {key} may change who may do what in `{bucket}`, by `{action}`',
    },
  },
  create: (context) => ({
    ...whereAnalysed(context, {
      statement(statement, index, subject) {
        const { analysis, report, undecided } = context
        if (!isAllow(statement) || strangersMay(analysis, index, abilities.administration).verdict === 'possible') return
        const answer = outsidersMay(analysis, subject, index, outsidersEscalatingActions)
        for (const { reason } of answer.undecided) undecided(statement.location, reason)
        if (answer.verdict !== 'possible') return
        const action = answer.witness?.request.action ?? ''
        report({ messageId: 'outsider', location: statement.location, data: { action }, help, witness: witnessWords(answer.witness) })
      },
    }),
    snapshot(found) {
      checkKeys(found, context)
    },
  }),
}

const help = 'list the actions that are meant, without those that change policy, ACL, ownership, public access block or replication'

function isAllow({ Effect }: Statement): boolean {
  return Effect === 'Allow'
}

function checkKeys(found: FoundSnapshot, context: RuleContext): void {
  for (const inPlace of keysInPlace(found)) {
    if (inPlace.key.grants.some(({ permission }) => permission === 'fullaccess')) continue
    for (const grant of inPlace.grants) checkGrant(inPlace, grant, context)
  }
}

/** Only actions that a grant lists itself can be such; the permissions have none, and a prefix leaves none. */
function checkGrant({ key }: KeyInPlace, { grant, locationOf }: GrantInPlace, { analysis, report, undecided }: RuleContext): void {
  const covered = new Set(grant.actions.flatMap((pattern) => actionsCoveredBy(pattern).map(({ name }) => name)))
  const action = escalatingActions.filter((name) => covered.has(name))
  if (grant.permission !== undefined || grant.prefix !== undefined || action.length === 0) return
  const location = locationOf('actions')
  const { accessKey } = key
  const make = (whole: Snapshot) => narrowed(whole, key, grant.bucket)
  const answer = analysis.everInSnapshot(`${accessKey} ${grant.bucket}`, make, { action, resource: grant.bucket, accessKey })
  for (const { reason } of answer?.undecided ?? []) undecided(location, reason)
  if (answer?.verdict !== 'possible') return
  const data = { key: keyName(key), bucket: grant.bucket, action: answer.witness?.request.action ?? '' }
  report({ messageId: 'key', location, data, help, witness: witnessWords(answer.witness) })
}
