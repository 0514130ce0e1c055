import { UNKNOWN } from '../../request/request-context.js'
import { type Asked, fromBody, settingOf } from '../planning/asked.js'
import { headerOf } from '../routing/s3-request.js'
import { isService, isViaService, ofServices, ofSessions } from './callers.js'
import type { KeySource } from './key-source.js'
import { authType, contentSha256, signatureAge, signatureVersion } from './read-authentication.js'
import { secureTransport, tlsVersion } from './read-connection.js'
import { eventHoldDays, legalHold, mode, remainingRetentionDays, retainUntilDate } from './read-object-lock.js'

const header = (name: string): KeySource => ({ from: 'header', header: name })
const sessions: KeySource = { from: 'caller', values: ofSessions }
const embedder: KeySource = { from: 'embedder' }
const embedderOfSigned: KeySource = { from: 'embedder', isAbsentForAnonymous: true }
const engine: KeySource = { from: 'engine' }
const nowhere: KeySource = { from: 'nowhere' }

const bucketTags = (asked: Asked) =>
  asked.request.operation.body?.kind === 'create-bucket' ? fromBody(asked, 'create-bucket', ({ tags }) => tags) : undefined
const objectTags = ({ tags }: Asked) => tags

/**
 * Where each condition key of the catalogue comes from. Source: the Service Authorization Reference for Amazon S3, the Amazon S3 User
 * Guide's pages on condition keys, and the IAM User Guide's page on global condition context keys.
 */
export const keySources: ReadonlyMap<string, KeySource> = new Map<string, KeySource>([
  ['aws:RequestTag/', { from: 'tags', tags: bucketTags }],
  ['aws:ResourceTag/', embedder],
  ['aws:TagKeys', { from: 'body', read: (asked) => keysOf(bucketTags(asked)) }],
  ['s3:AccessGrantScope', nowhere],
  ['s3:AccessGrantsInstanceArn', sessions],
  ['s3:AccessGrantsLocationScope', nowhere],
  ['s3:AccessPointNetworkOrigin', nowhere],
  ['s3:AccessPointTag/', nowhere],
  ['s3:BucketTag/', embedder],
  ['s3:DataAccessPointAccount', nowhere],
  ['s3:DataAccessPointArn', nowhere],
  ['s3:ExistingJobOperation', nowhere],
  ['s3:ExistingJobPriority', nowhere],
  ['s3:ExistingObjectTag/', embedder],
  [
    's3:InventoryAccessibleOptionalFields',
    { from: 'body', read: (asked) => fromBody(asked, 'inventory', ({ optionalFields }) => optionalFields) },
  ],
  ['s3:JobSuspendedCause', nowhere],
  ['s3:ObjectCreationOperation', { from: 'derived', read: ({ request }) => request.operation.createsObject }],
  ['s3:RequestJobOperation', nowhere],
  ['s3:RequestJobPriority', nowhere],
  ['s3:RequestObjectTag/', { from: 'tags', tags: objectTags }],
  ['s3:RequestObjectTagKeys', { from: 'derived', read: (asked) => keysOf(objectTags(asked)) }],
  ['s3:ResourceAccount', engine],
  ['s3:TlsVersion', { from: 'connection', read: tlsVersion }],
  ['s3:annotation-prefix', { from: 'parameter', parameter: 'annotation-prefix' }],
  ['s3:authType', { from: 'authentication', read: authType }],
  ['s3:delimiter', { from: 'parameter', parameter: 'delimiter' }],
  ['s3:deliverySourceArn', nowhere],
  ['s3:destinationRegion', nowhere],
  [
    's3:if-match',
    {
      from: 'derived',
      read: (asked, { etag }) => etag ?? settingOf(asked, 'if-match'),
    },
  ],
  ['s3:if-none-match', header('if-none-match')],
  ['s3:isReplicationPauseRequest', nowhere],
  ['s3:locationconstraint', { from: 'body', read: (asked) => fromBody(asked, 'create-bucket', (body) => body.locationConstraint) }],
  ['s3:logType', nowhere],
  ['s3:max-annotation-results', { from: 'parameter', parameter: 'max-annotation-results' }],
  ['s3:max-keys', { from: 'parameter', parameter: 'max-keys', whenLeftOut: '1000' }],
  ['s3:object-lock-event-hold', header('x-amz-object-lock-event-hold')],
  ['s3:object-lock-event-hold-duration-days', { from: 'derived', read: eventHoldDays }],
  ['s3:object-lock-legal-hold', { from: 'derived', read: legalHold }],
  ['s3:object-lock-mode', { from: 'derived', read: mode }],
  ['s3:object-lock-remaining-retention-days', { from: 'derived', read: remainingRetentionDays }],
  ['s3:object-lock-retain-until-date', { from: 'derived', read: retainUntilDate }],
  ['s3:prefix', { from: 'parameter', parameter: 'prefix' }],
  ['s3:resourceArnBeingAuthorized', nowhere],
  ['s3:signatureAge', { from: 'authentication', read: signatureAge }],
  ['s3:signatureversion', { from: 'authentication', read: signatureVersion }],
  ['s3:versionid', { from: 'derived', read: (_, { versionId }) => versionId }],
  ['s3:x-amz-acl', header('x-amz-acl')],
  ['s3:x-amz-bucket-namespace', header('x-amz-bucket-namespace')],
  ['s3:x-amz-content-sha256', { from: 'authentication', read: contentSha256 }],
  ['s3:x-amz-copy-source', header('x-amz-copy-source')],
  ['s3:x-amz-grant-full-control', header('x-amz-grant-full-control')],
  ['s3:x-amz-grant-read', header('x-amz-grant-read')],
  ['s3:x-amz-grant-read-acp', header('x-amz-grant-read-acp')],
  ['s3:x-amz-grant-write', header('x-amz-grant-write')],
  ['s3:x-amz-grant-write-acp', header('x-amz-grant-write-acp')],
  ['s3:x-amz-metadata-directive', header('x-amz-metadata-directive')],
  ['s3:x-amz-object-annotation-directive', header('x-amz-object-annotation-directive')],
  ['s3:x-amz-object-if-match', header('x-amz-object-if-match')],
  ['s3:x-amz-object-ownership', header('x-amz-object-ownership')],
  ['s3:x-amz-server-side-encryption', header('x-amz-server-side-encryption')],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', header('x-amz-server-side-encryption-aws-kms-key-id')],
  ['s3:x-amz-server-side-encryption-customer-algorithm', header('x-amz-server-side-encryption-customer-algorithm')],
  ['s3:x-amz-storage-class', header('x-amz-storage-class')],
  ['s3:x-amz-website-redirect-location', header('x-amz-website-redirect-location')],
  ['aws:CurrentTime', engine],
  ['aws:EpochTime', engine],
  ['aws:SecureTransport', { from: 'connection', read: secureTransport }],
  ['aws:SourceIp', { from: 'connection', read: ({ facts }) => facts.sourceIp ?? UNKNOWN }],
  ['aws:VpcSourceIp', embedder],
  ['aws:SourceVpc', embedder],
  ['aws:SourceVpcArn', embedder],
  ['aws:SourceVpce', embedder],
  ['aws:VpceAccount', embedder],
  ['aws:VpceOrgID', embedder],
  ['aws:VpceOrgPaths', embedder],
  // A form's fields are no headers of the connection, which these two are.
  ['aws:referer', { from: 'connection', read: ({ request }) => headerOf(request, 'referer') }],
  ['aws:UserAgent', { from: 'connection', read: ({ request }) => headerOf(request, 'user-agent') }],
  ['aws:RequestedRegion', { from: 'connection', read: ({ facts }) => facts.region ?? UNKNOWN }],
  ['aws:PrincipalArn', engine],
  ['aws:PrincipalAccount', engine],
  ['aws:PrincipalOrgID', embedderOfSigned],
  ['aws:PrincipalOrgPaths', embedderOfSigned],
  ['aws:PrincipalTag/', embedderOfSigned],
  ['aws:PrincipalType', engine],
  ['aws:PrincipalIsAWSService', { from: 'caller', values: isService }],
  [
    'aws:PrincipalServiceName',
    { from: 'authentication', read: ({ principal }) => (principal.kind === 'service' ? principal.service : undefined) },
  ],
  ['aws:PrincipalServiceNamesList', { from: 'caller', values: ofServices }],
  ['aws:userid', engine],
  ['aws:username', engine],
  ['aws:TokenIssueTime', sessions],
  ['aws:MultiFactorAuthPresent', sessions],
  ['aws:MultiFactorAuthAge', sessions],
  ['aws:FederatedProvider', sessions],
  ['aws:SourceIdentity', sessions],
  ['aws:AssumedRoot', sessions],
  ['aws:SignInSessionArn', sessions],
  ['aws:ChatbotSourceArn', sessions],
  ['aws:Ec2InstanceSourceVpc', sessions],
  ['aws:Ec2InstanceSourcePrivateIPv4', sessions],
  ['ec2:SourceInstanceArn', sessions],
  ['ec2:RoleDelivery', sessions],
  ['lambda:SourceFunctionArn', sessions],
  ['aws:SourceArn', sessions],
  ['aws:SourceAccount', sessions],
  ['aws:SourceOwner', sessions],
  ['aws:SourceOrgID', sessions],
  ['aws:SourceOrgPaths', sessions],
  ['aws:CalledVia', sessions],
  ['aws:CalledViaFirst', sessions],
  ['aws:CalledViaLast', sessions],
  ['aws:ViaAWSService', { from: 'caller', values: isViaService }],
  ['aws:ResourceAccount', engine],
  ['aws:ResourceOrgID', embedder],
  ['aws:ResourceOrgPaths', embedder],
  ['aws:IsMcpServiceAction', sessions],
  ['aws:ViaAWSMCPService', sessions],
  ['aws:CalledViaAWSMCP', sessions],
])

/** No tags are no keys; tags that nobody has read are unknown ones. */
function keysOf(tags: ReturnType<typeof bucketTags>): readonly string[] | typeof UNKNOWN | undefined {
  return tags === undefined || tags === UNKNOWN ? tags : tags.map(({ key }) => key)
}
