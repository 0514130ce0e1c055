import { actions } from '../../../catalog/actions.js'
import { rescuingActions } from '../../../catalog/rescuing-actions.js'
import type { Analysis } from '../../analysis.js'
import { whereAnalysed } from '../../analysis-listener.js'
import { alsoDenying } from '../../changed-policy.js'
import type { Rule } from '../../rule.js'
import { witnessWords } from '../../witness-words.js'

export const noTlsDeny: Rule = {
  meta: {
    id: 'no-tls-deny',
    severity: 'warning',
    category: 'exposure',
    summary: 'A policy that allows access and does not demand TLS for all of it',
    recommended: false,
    fixable: false,
    analysis: true,
    messages: { plain: 'requests without TLS are allowed' },
  },
  create: ({ analysis, report, undecided }) =>
    whereAnalysed(
      { analysis, undecided },
      {
        policy({ Statement, location }) {
          if (!Statement.some(({ Effect }) => Effect === 'Allow')) return
          const telling = allowedWithoutTls(analysis, ['s3:GetObject'])
          const answer = telling?.verdict === 'possible' ? telling : allowedWithoutTls(analysis, deniable)
          for (const { reason } of answer?.undecided ?? []) undecided(location, reason)
          if (answer?.verdict === 'possible') report({ messageId: 'plain', location, help, witness: witnessWords(answer.witness) })
        },
      },
    ),
}

function allowedWithoutTls(analysis: Analysis, action: readonly string[]) {
  return analysis.everIn(`no TLS ${action.join()}`, (subject) => alsoDenying(subject, { condition: overTls }), { action })
}

const overTls = ['Bool', 'aws:SecureTransport', 'true'] as const

/** The owner's root may read and write the policy whatever that says. */
const deniable = actions.map(({ name }) => name).filter((name) => !rescuingActions.has(name))

const help = 'add a Deny for `"Principal": "*"` and `s3:*` on the bucket and its objects if `aws:SecureTransport` is `false`'
