import { canonicalKeyName, findAction } from '../../../catalog/lookup.js'
import { parseArn } from '../../../match/arn.js'
import { hasWildcard } from '../../../match/wildcard.js'
import type { Condition, Policy, Statement } from '../../../policy/ast.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { isNegated } from '../../absence.js'
import type { Rule } from '../../rule.js'
import { coversStatement } from '../../statement-cover.js'
import { isServiceName } from './unknown-service.js'

/** Keys that say for whom a service asks, and which of their values say it. Source: IAM User Guide, "The confused deputy problem". */
const scopingKeys: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['aws:SourceArn', hasOwner],
  ['aws:SourceAccount', isFixed],
  ['aws:SourceOwner', isFixed],
  ['aws:SourceOrgID', isFixed],
  ['aws:SourceOrgPaths', isInOrganization],
  ['aws:PrincipalOrgID', isFixed],
  ['aws:PrincipalOrgPaths', isInOrganization],
  // Amazon SES and others once sent the account as the referer.
  ['aws:referer', isFixed],
  ['s3:deliverySourceArn', hasOwner],
  ['s3:resourceArnBeingAuthorized', hasOwner],
])

function isFixed(value: string): boolean {
  return !hasWildcard(value)
}

function isInOrganization(value: string): boolean {
  return isFixed(value.split('/')[0] ?? '')
}

/** Whether an ARN has a fixed account; those of S3 have none, and are told apart by the bucket. */
function hasOwner(value: string): boolean {
  if (isFixed(value)) return true
  const [, , service, , account = '', resource = ''] = parseArn(value) ?? []
  return service === 's3' ? isFixed(resource.split('/')[0] ?? '') && resource !== '' : account !== '' && isFixed(account)
}

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
    let policy: Policy | undefined
    return {
      policy(given) {
        policy = given
      },
      statement(statement) {
        const { Effect, Principal = [], Condition: conditions } = statement
        if (Effect !== 'Allow' || conditions.some(scopes) || isCheckBeforeDelivery(statement) || isScopedByDeny(statement, policy)) return
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
  const says = scopingKeys.get(canonicalKeyName(key.text))
  return operator.name !== 'Null' && says !== undefined && values.every(({ text }) => !isKnown(text) || says(text))
}

/** Whether a Deny keeps all other sources from what the statement allows. */
function isScopedByDeny(statement: Statement, policy: Policy | undefined): boolean {
  return (policy?.Statement ?? []).some(
    (deny) =>
      deny.Effect === 'Deny' &&
      deny.Condition.some((condition) => isNegated(condition) && scopes(condition)) &&
      coversStatement(deny, statement, policy?.Version),
  )
}

function isCheckBeforeDelivery({ Action = [] }: Statement): boolean {
  return Action.length > 0 && Action.every(({ text }) => checksBeforeDelivery.has(findAction(text)?.name ?? ''))
}
