import { parseArn } from '../match/arn.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'
import { callerArnOf, roleOf } from './caller.js'
import { type AwsPrincipal, type IdentityVerdict, type Principal, principalMembers } from './principal.js'

const kinds = Object.keys(principalMembers) as Principal['kind'][]
const verdicts: readonly IdentityVerdict[] = ['Allow', 'ExplicitDeny', 'ImplicitDeny']

/** Reads a principal. Its members are texts, so the result has the form of its kind. */
export function parsePrincipal(node: Node, reader: ShapeReader): Principal | undefined {
  const object = reader.anyObject(node, 'principal')
  if (object === undefined) return undefined
  const kindMember = object.members.find(({ name }) => name === 'kind')
  const kindNode = kindMember && { value: kindMember.value, path: [...node.path, 'kind'] }
  const kind = kindNode && reader.text(kindNode, 'kind')?.text
  const form = kind !== undefined && Object.hasOwn(principalMembers, kind) ? principalMembers[kind as Principal['kind']] : undefined
  if (form === undefined) {
    reader.report('invalid-value', kindNode ?? node, `a principal needs a \`kind\`, one of ${kinds.join(', ')}`)
    return undefined
  }
  const what = `a principal of kind ${kind}`
  const members = reader.object(node, what, { members: ['kind', ...form.required, ...form.optional], unknown: 'unknown-member' })
  for (const name of form.required) {
    if (!members?.has(name)) reader.report('missing-member', node, `${what} needs \`${name}\``)
  }
  const texts: Record<string, string> = {}
  for (const [name, member] of members ?? []) {
    const text = reader.text(member, name)?.text
    if (text === '') reader.report('invalid-value', member, `${name} must not be empty`)
    if (text !== undefined) texts[name] = text
  }
  if (form.required.some((name) => texts[name] === undefined)) return undefined
  const principal = texts as unknown as Principal
  if (principal.kind === 'aws') checkAws(principal, members as ReadonlyMap<string, Node>, reader)
  return principal
}

function checkAws(principal: AwsPrincipal, members: ReadonlyMap<string, Node>, reader: ShapeReader): void {
  const { arn, account, roleArn, identityVerdict } = principal
  const node = (name: string) => members.get(name) as Node
  const parts = parseArn(arn)
  if (parts === undefined) {
    reader.report('invalid-value', node('arn'), `\`${arn}\` is no ARN`, 'an example is `arn:aws:iam::111122223333:user/alice`')
    return
  }
  if (account !== undefined && parts[4] !== '' && account !== parts[4]) {
    reader.report('account-mismatch', node('account'), `the ARN is of account \`${parts[4]}\``, 'leave `account` out')
  }
  if (roleArn !== undefined) checkRole(principal, node('roleArn'), reader)
  if (identityVerdict !== undefined && !verdicts.includes(identityVerdict)) {
    reader.report('invalid-value', node('identityVerdict'), `identityVerdict must be one of ${verdicts.join(', ')}`)
  }
}

/** A session's role must be the one its own ARN names. */
function checkRole({ arn, roleArn = '' }: AwsPrincipal, node: Node, reader: ShapeReader): void {
  const session = callerArnOf(arn)
  const parts = parseArn(roleArn)
  const role = parts && roleOf(parts)
  if (session?.type !== 'session') reader.report('invalid-value', node, 'only a session (`…:assumed-role/role/name`) has a `roleArn`')
  else if (role === undefined) reader.report('invalid-value', node, `\`${roleArn}\` is no role's ARN`)
  else if (role.account !== parseArn(arn)?.[4] || role.name !== session.name) {
    reader.report('account-mismatch', node, `the session is of another role than \`${roleArn}\``)
  }
}
