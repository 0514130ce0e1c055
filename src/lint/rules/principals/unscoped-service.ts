import { canonicalKeyName, findAction } from '../../../catalog/lookup.js'
import type { Condition, Policy, Statement } from '../../../policy/ast.js'
import { isNegated } from '../../absence.js'
import type { Rule } from '../../rule.js'
import { isServiceName } from './unknown-service.js'

/** Keys that say for whom a service asks. Source: IAM User Guide, "The confused deputy problem". */
const scopingKeys: ReadonlySet<string> = new Set([
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOwner',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  // Amazon SES and others once sent the account as the referer.
  'aws:referer',
  's3:deliverySourceArn',
  's3:resourceArnBeingAuthorized',
])

/** What services look at before they deliver; it tells nobody anything of value. */
const checksBeforeDelivery: ReadonlySet<string> = new Set(['s3:GetBucketAcl', 's3:GetBucketLocation'])

export const unscopedService: Rule = {
  meta: {
    id: 'unscoped-service',
    severity: 'security',
    category: 'principals',
    summary: 'An AWS service is let in whoever it works for',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { unscoped: '`{service}` is allowed for whoever makes it ask, customers of other accounts included' },
    options: {
      type: 'object',
      properties: { ignore: { type: 'array', items: { type: 'string' } } },
      additionalProperties: false,
    },
    // They tell neither account nor ARN of the load balancer.
    defaults: { ignore: ['logdelivery.elasticloadbalancing.amazonaws.com', 'logdelivery.elb.amazonaws.com'] },
  },
  create: ({ options, report }) => {
    const ignored = options.ignore as readonly string[]
    let isScopedByDeny = false
    return {
      policy(policy) {
        isScopedByDeny = deniesOthers(policy)
      },
      statement(statement) {
        const { Effect, Principal = [], Condition: conditions } = statement
        if (Effect !== 'Allow' || isScopedByDeny || conditions.some(scopes) || isCheckBeforeDelivery(statement)) return
        for (const { type, text, location } of Principal) {
          // Names that no service has let nobody in.
          if (type !== 'Service' || ignored.includes(text) || !isServiceName(text)) continue
          const help = 'add a condition on `aws:SourceAccount`, `aws:SourceArn` or `aws:SourceOrgID`'
          report({ messageId: 'unscoped', location, data: { service: text }, help })
        }
      },
    }
  },
}

/** Conditions that are weak where the key is absent have rules of their own. */
function scopes({ operator, key, values }: Condition): boolean {
  return operator.name !== 'Null' && scopingKeys.has(canonicalKeyName(key.text)) && !values.some(({ text }) => text === '*')
}

function deniesOthers({ Statement: statements }: Policy): boolean {
  return statements.some(
    ({ Effect, Condition: conditions }) => Effect === 'Deny' && conditions.some((condition) => isNegated(condition) && scopes(condition)),
  )
}

function isCheckBeforeDelivery({ Action = [] }: Statement): boolean {
  return Action.length > 0 && Action.every(({ text }) => checksBeforeDelivery.has(findAction(text)?.name ?? ''))
}
