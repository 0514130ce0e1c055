import type { OperatorName } from '../../../catalog/condition-operators.js'
import { canonicalKeyName } from '../../../catalog/lookup.js'
import { foldAscii } from '../../../match/case.js'
import { type Condition, formatOperator, type Policy, type Statement } from '../../../policy/ast.js'
import { mayBeAbsent } from '../../absence.js'
import type { Rule } from '../../rule.js'
import { coversStatement } from '../../statement-cover.js'

/** A key whose absence is as bad as the values that a Deny is about. */
interface Gap {
  readonly operators: readonly OperatorName[]
  /** What values the Deny is about, in lower case; absent if any. */
  readonly value?: string
  /** Which requests lack the key. */
  readonly who: string
  /** A Deny on this key with this value closes the gap too. */
  readonly closedBy?: { readonly key: string; readonly value: string }
}

/** Source: IAM User Guide, "AWS global condition context keys"; for `s3:TlsVersion`, which plain HTTP lacks, the keys of Amazon S3. */
const gaps: ReadonlyMap<string, Gap> = new Map<string, Gap>([
  [
    'aws:MultiFactorAuthPresent',
    { operators: ['Bool', 'StringEquals', 'StringLike'], value: 'false', who: 'requests signed with long-term keys' },
  ],
  ['aws:MultiFactorAuthAge', { operators: ['NumericGreaterThan', 'NumericGreaterThanEquals'], who: 'requests without MFA' }],
  [
    's3:TlsVersion',
    {
      operators: ['NumericLessThan', 'NumericLessThanEquals'],
      who: 'requests over plain HTTP',
      closedBy: { key: 'aws:SecureTransport', value: 'false' },
    },
  ],
])

export const denyMissingKeyGap: Rule = {
  meta: {
    id: 'deny-missing-key-gap',
    severity: 'warning',
    category: 'conditions',
    summary: 'A Deny that spares the requests without its key, which it should stop first of all',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { gap: '{who} have no `{key}`: this Deny does not stop them' },
  },
  create: ({ report }) => {
    let policy: Policy | undefined
    return {
      policy(given) {
        policy = given
      },
      statement(statement) {
        if (statement.Effect !== 'Deny') return
        for (const condition of statement.Condition) {
          const { operator, key } = condition
          const name = canonicalKeyName(key.text)
          const gap = gaps.get(name)
          if (gap === undefined || !opens(condition, gap) || !mayBeAbsent(name, statement) || isClosed(statement, policy, name, gap))
            continue
          const help = `use \`${formatOperator({ ...operator, ifExists: true })}\``
          report({ messageId: 'gap', location: key.location, data: { who: gap.who, key: key.text }, help })
        }
      },
    }
  },
}

function opens({ operator, values }: Condition, { operators, value }: Gap): boolean {
  if (operator.ifExists || operator.prefix !== undefined || !operators.includes(operator.name)) return false
  return value === undefined || values.some(({ text }) => foldAscii(text) === value)
}

/** Whether some Deny of as much is about the requests without the key. */
function isClosed(statement: Statement, policy: Policy | undefined, name: string, { closedBy }: Gap): boolean {
  return (policy?.Statement ?? []).some((deny) => {
    if (deny.Effect !== 'Deny' || !coversStatement(deny, statement, policy?.Version)) return false
    return deny.Condition.some((condition) => {
      const key = canonicalKeyName(condition.key.text)
      const has = (value: string) => condition.values.some(({ text }) => foldAscii(text) === value)
      if (key === name) return condition.operator.ifExists || (condition.operator.name === 'Null' && has('true'))
      return key === closedBy?.key && has(closedBy.value)
    })
  })
}
