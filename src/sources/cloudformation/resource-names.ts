import { foldAscii } from '../../match/case.js'
import { memberOf, textOf } from '../members.js'
import { isKnown } from '../unknown-text.js'
import type { Scope } from './scope.js'

/*
 * Names of a template's resources. One whose name is chosen at deployment gets a name made of its logical id: what counts for a policy is
 * that it is the same one wherever the template speaks of the resource, in `Bucket: !Ref Logs` and in `arn:aws:s3:::${Logs}/*`, and another
 * one for nearly every other resource: ids that differ by nothing but capitals share a bucket's name.
 */

/** What `Ref` and `Fn::GetAtt` give for the resources of a type. */
interface NamedType {
  /** The property that names the resource. */
  readonly property: string
  readonly made: (logicalId: string) => string
  readonly attributes: Readonly<Record<string, (name: string, scope: Scope) => string>>
}

/** What CloudFront calls by ids of its own making. */
const cloudFront: NamedType = { property: '', made: (logicalId) => logicalId, attributes: { Id: (name) => name } }

const types: ReadonlyMap<string, NamedType> = new Map([
  ['AWS::S3::Bucket', { property: 'BucketName', made: foldAscii, attributes: { Arn: (name) => `arn:aws:s3:::${name}` } }],
  ['AWS::IAM::Role', identity('role', 'RoleName')],
  ['AWS::IAM::User', identity('user', 'UserName')],
  ['AWS::CloudFront::Distribution', cloudFront],
  ['AWS::CloudFront::CloudFrontOriginAccessIdentity', cloudFront],
])

function identity(kind: string, property: string): NamedType {
  const Arn = (name: string, { account }: Scope) => `arn:aws:iam::${account}:${kind}/${name}`
  return { property, made: (logicalId) => logicalId, attributes: { Arn } }
}

/** What `Ref` gives for a resource; undefined if that is not known. */
export function nameOf(logicalId: string, scope: Scope): string | undefined {
  const resource = scope.template.resources.get(logicalId)
  const type = types.get(textOf(resource, 'Type') ?? '')
  if (type === undefined) return undefined
  const known = scope.names.get(logicalId)
  if (known !== undefined) return known
  // Two resources may be named after each other: until its name is known, a resource has the one made of its id.
  scope.names.set(logicalId, type.made(logicalId))
  const given = memberOf(memberOf(resource, 'Properties'), type.property)
  const name = given && scope.resolve(given, scope)
  const isName = name?.kind === 'string' && isKnown(name.text) && name.text !== ''
  if (isName) scope.names.set(logicalId, name.text)
  return scope.names.get(logicalId)
}

/** What `Fn::GetAtt` gives for a resource; undefined if that is not known. */
export function attributeOf(logicalId: string, attribute: string, scope: Scope): string | undefined {
  const type = types.get(textOf(scope.template.resources.get(logicalId), 'Type') ?? '')
  if (type === undefined || !Object.hasOwn(type.attributes, attribute)) return undefined
  const name = nameOf(logicalId, scope)
  return name === undefined ? undefined : type.attributes[attribute]?.(name, scope)
}
