import type { Colors } from 'picocolors/types.js'
import type { Explanation, GrantOutcome, IdentitySide, PolicySide, StatementOutcome } from '../../evaluate/explanation.js'
import type { Grant } from '../../grants/access-key.js'
import type { GrantLimit } from '../../grants/check-grant.js'
import type { Truth } from '../../operators/truth.js'
import type { Principal } from '../../request/principal.js'
import { renderDiagnostics } from './diagnostics.js'
import { printable } from './printable.js'
import { reasonTexts } from './reasons.js'

/** The explanation of a decision for people. */
export function renderExplanation(explanation: Explanation, colors: Colors): string {
  const { verdict, reason, request } = explanation
  const allowed = verdict === 'Allow'
  const headline = `${allowed ? colors.green('ALLOWED') : colors.red('DENIED')}  ${printable(request.action)} on ${printable(objectOf(explanation))}`
  const lines = [
    headline,
    `  by ${printable(describePrincipal(request.principal))}`,
    `  because ${reasonTexts[reason]}${printable(describeDecider(explanation))}`,
    `  ${colors.dim(`${verdict}, ${reason}`)}`,
    '',
    ...identityLines(explanation.identity, colors),
    ...policyLines(explanation.policy, request.bucket, colors),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** What the request is about: an ARN, or what is known of it. */
export function objectOf({ resource, request }: Explanation): string {
  return resource ?? (request.bucket === undefined ? 'no bucket' : `${request.bucket}${request.key === undefined ? '' : `/${request.key}`}`)
}

function describePrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'an anonymous caller'
    case 'key':
      return `access key ${principal.accessKey}`
    case 'aws':
      return principal.arn
    case 'service':
      return `service ${principal.service}`
    case 'federated':
      return `identity provider ${principal.provider}`
    case 'canonicalUser':
      return `canonical user ${principal.id}`
  }
}

/** The statement and grant that have decided, in brackets, or nothing. */
export function describeDecider({ statement, grant }: Explanation): string {
  const parts = [statement && `statement ${nameOf(statement)}`, grant && `grant ${grant.index + 1}`].filter((part) => part !== undefined)
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

function nameOf({ index, sid }: { readonly index: number; readonly sid?: string }): string {
  return sid === undefined ? `${index + 1}` : `${index + 1} ${JSON.stringify(sid)}`
}

function identityLines(identity: IdentitySide, colors: Colors): readonly string[] {
  switch (identity.kind) {
    case 'none':
      return []
    case 'verdict':
      return ["The caller's own permissions", `  ${mark(identity.verdict === 'Allow', colors)} ${identity.verdict}`, '']
    case 'grants': {
      const none = identity.grants.length === 0 ? ['  none'] : []
      return ["The access key's grants", ...none, ...identity.grants.map((outcome) => grantLine(outcome, colors)), '']
    }
  }
}

const limits: Readonly<Record<GrantLimit, string>> = {
  bucket: 'another bucket',
  action: 'not this action',
  prefix: 'not under its prefix',
  'source-ip': 'not from this address',
}

function grantLine({ index, grant, failed }: GrantOutcome, colors: Colors): string {
  const because = failed === undefined ? '' : colors.dim(`: ${limits[failed]}`)
  return `  ${mark(failed === undefined, colors)} ${index + 1}  ${printable(describeGrant(grant))}${because}`
}

function describeGrant({ permission, actions, bucket, prefix, sourceIp }: Grant): string {
  const what = permission ?? actions.join(', ')
  const where = `${bucket === '' ? 'every bucket' : bucket}${prefix === undefined ? '' : `/${prefix}*`}`
  return `${what} on ${where}${sourceIp === undefined ? '' : ` from ${sourceIp.map(({ text }) => text).join(', ')}`}`
}

function policyLines(policy: PolicySide, bucket: string | undefined, colors: Colors): readonly string[] {
  switch (policy.kind) {
    case 'none':
      return []
    case 'unreadable':
      return [`The policy of ${printable(bucket ?? '')} is unreadable`, renderDiagnostics('policy', policy.diagnostics, 'policy', colors)]
    case 'statements':
      return [
        `The policy of ${printable(bucket ?? '')}`,
        ...policy.statements.flatMap((outcome) => statementLines(outcome, colors)),
        ...(policy.restrictedBy.length === 0
          ? []
          : [`  RestrictPublicBuckets is on and statement ${policy.restrictedBy.map((index) => index + 1).join(', ')} is public`]),
      ]
  }
}

function statementLines(outcome: StatementOutcome, colors: Colors): readonly string[] {
  const { effect, applies, truth, delegates, conditions } = outcome
  const verb = applies ? colors.bold(truth === 'unknown' ? 'applies, because it cannot be ruled out' : 'applies') : 'does not apply'
  const through = applies && delegates ? ", through the caller's account" : ''
  const missed = (['principal', 'action', 'resource'] as const).filter((element) => outcome[element] !== true)
  return [
    `  ${mark(applies, colors)} ${printable(nameOf(outcome))}  ${effect} ${verb}${through}`,
    ...missed.map((element) => `      ${element}: ${truthText(outcome[element])}`),
    // Conditions are of interest once the statement is about this caller, action and resource.
    ...(missed.some((element) => outcome[element] === false) ? [] : conditions.map((condition) => conditionLine(condition, colors))),
  ]
}

function conditionLine({ operator, key, operands, values, truth }: StatementOutcome['conditions'][number], colors: Colors): string {
  const has = values === 'unknown' ? 'a value that is not known' : quoted(values, 'no value')
  const line = `${operator} ${key}: the request has ${has}, the policy ${quoted(operands, 'an empty list')}`
  const color = truth === true ? colors.bold : colors.dim
  return `      ${printable(line)}: ${color(truthText(truth))}`
}

function quoted(texts: readonly string[], none: string): string {
  return texts.length === 0 ? none : texts.map((text) => JSON.stringify(text)).join(', ')
}

function truthText(truth: Truth): string {
  return truth === true ? 'true' : truth === false ? 'no match' : 'unknown'
}

function mark(holds: boolean, colors: Colors): string {
  return holds ? colors.cyan('●') : colors.dim('○')
}
