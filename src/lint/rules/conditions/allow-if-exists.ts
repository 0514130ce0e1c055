import { canonicalKeyName } from '../../../catalog/lookup.js'
import { type Condition, formatOperator, type Statement } from '../../../policy/ast.js'
import { isNegated, isPresenceChecked, mayBeAbsent, saysWhoAsks } from '../../absence.js'
import type { Rule } from '../../rule.js'

export const allowIfExists: Rule = {
  meta: {
    id: 'allow-if-exists',
    severity: 'security',
    category: 'conditions',
    summary: 'An Allow under an operator with IfExists applies where the key is absent',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { absent: '`{operator}` is true for requests without `{key}`, so the Allow applies to them too' },
  },
  create: ({ report }) => ({
    statement(statement) {
      if (statement.Effect !== 'Allow') return
      for (const condition of statement.Condition) {
        const { operator, key } = condition
        if (!operator.ifExists || isTrueAnyway(condition)) continue
        if (!saysWhoAsks(key.text) || !mayBeAbsent(key.text, statement)) continue
        if (isPresenceChecked(statement, condition) || hasCounterpart(statement, condition)) continue
        const data = { operator: formatOperator(operator), key: key.text }
        report({ messageId: 'absent', location: key.location, data, help: `use \`${formatOperator({ ...operator, ifExists: false })}\`` })
      }
    },
  }),
}

/** Negated operators and ForAllValues are true without the key even without IfExists, and have rules of their own. */
function isTrueAnyway(condition: Condition): boolean {
  const { prefix } = condition.operator
  return prefix === 'ForAllValues' || (prefix === undefined && isNegated(condition))
}

/** Every request has either an address on the internet or the keys of a VPC endpoint. */
const ofInternet: ReadonlySet<string> = new Set(['aws:SourceIp'])
const ofEndpoint: ReadonlySet<string> = new Set([
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
  'aws:VpceAccount',
  'aws:VpceOrgID',
])

/** Whether the requests without this key have another one, which is checked beside it. */
function hasCounterpart(statement: Statement, { key }: Condition): boolean {
  const name = canonicalKeyName(key.text)
  const counterparts = ofInternet.has(name) ? ofEndpoint : ofEndpoint.has(name) ? ofInternet : undefined
  return statement.Condition.some((other) => !isNegated(other) && counterparts?.has(canonicalKeyName(other.key.text)))
}
