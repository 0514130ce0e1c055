import type { S3ErrorCode } from '../s3-error/codes.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { AclGrant, ObjectToDelete, S3Body } from './body.js'
import { checkTags } from './check-tags.js'
import { as, byType, empty, flag, group, many, maybe, one, oneOf, type Shape, someText, text, token } from './shape.js'

/** A document that a request may carry. Object and bucket tags have one form and different limits. */
export type BodyDocument = S3Body['kind'] | 'bucket-tagging'

export interface DocumentRow {
  readonly root: string
  /** Longer documents are refused before they are read. */
  readonly maxBytes: number
  readonly shape: Shape<S3Body | S3Error>
  /** What S3 answers to a document of another form. */
  readonly malformed?: S3ErrorCode
  /** What no body at all stands for, where S3 takes none. */
  readonly ifEmpty?: S3Body
}

/** Source: Amazon S3 API Reference, DeleteObjects. */
const MAX_OBJECTS_TO_DELETE = 1_000
const MAX_KEY_BYTES = 1_024
const MAX_GRANTS = 100

const KB = 1_024

const objectToDelete = group({
  Key: one(someText),
  VersionId: maybe(token),
  ETag: maybe(token),
  LastModifiedTime: maybe(token),
  Size: maybe(token),
})

// Room past the limits: one tag too many is told as such, a thousand too many as a broken document.
const tags = many(
  as(group({ Key: one(text), Value: one(text) }), ({ Key, Value }) => ({ key: Key, value: Value })),
  { max: 1_000 },
)

const tagging = group({ TagSet: one(group({ Tag: tags })) })

const BUCKET_TAGS: readonly [max: number, tooMany: string] = [50, 'Bucket tag count cannot be greater than 50']
const OBJECT_TAGS: readonly [max: number, tooMany: string] = [10, 'Object tags cannot be greater than 10']

function taggingOf(limit: readonly [max: number, tooMany: string]): Shape<S3Body | S3Error> {
  return as(tagging, ({ TagSet }) => checkTags(TagSet.Tag, ...limit) ?? { kind: 'tagging', tags: TagSet.Tag })
}

const grantee = byType<AclGrant['grantee']>(
  new Map<string, Shape<AclGrant['grantee']>>([
    ['CanonicalUser', as(group({ ID: one(token), DisplayName: maybe(text) }), ({ ID }) => ({ kind: 'canonicalUser', id: ID }))],
    ['AmazonCustomerByEmail', as(group({ EmailAddress: one(token) }), ({ EmailAddress }) => ({ kind: 'email', address: EmailAddress }))],
    ['Group', as(group({ URI: one(token) }), ({ URI }) => ({ kind: 'group', uri: URI }))],
  ]),
)

const grant = as(
  group({ Grantee: one(grantee), Permission: one(oneOf(['FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP'])) }),
  ({ Grantee, Permission }): AclGrant => ({ grantee: Grantee, permission: Permission }),
)

const inventoryDestination = group({
  S3BucketDestination: one(
    group({
      AccountId: maybe(text),
      Bucket: one(token),
      Format: one(token),
      Prefix: maybe(text),
      Encryption: maybe(group({ 'SSE-S3': maybe(empty), 'SSE-KMS': maybe(group({ KeyId: one(token) })) })),
    }),
  ),
})

const inventoryField = oneOf([
  'BucketKeyStatus',
  'ChecksumAlgorithm',
  'ETag',
  'EncryptionStatus',
  'IntelligentTieringAccessTier',
  'IsMultipartUploaded',
  'LastModifiedDate',
  'LifecycleExpirationDate',
  'ObjectAccessControlList',
  'ObjectLockLegalHoldStatus',
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectOwner',
  'ReplicationStatus',
  'Size',
  'StorageClass',
])

/** Source of elements and limits: Amazon S3 API Reference, the operations that take them. */
export const documents: Readonly<Record<BodyDocument, DocumentRow>> = {
  delete: {
    root: 'Delete',
    // Room for 1,000 of the longest keys, with versions and some escapes; S3 names no limit.
    maxBytes: 2_048 * KB,
    shape: as(
      group({ Object: many(objectToDelete, { min: 1, max: MAX_OBJECTS_TO_DELETE }), Quiet: maybe(flag) }),
      ({ Object: objects, Quiet }) =>
        refuseLongKey(objects) ?? {
          kind: 'delete',
          objects: objects.map(
            ({ Key, VersionId, ETag }): ObjectToDelete => ({ key: Key, ...given({ versionId: VersionId, etag: ETag }) }),
          ),
          quiet: Quiet ?? false,
        },
    ),
  },
  tagging: { root: 'Tagging', maxBytes: 256 * KB, shape: taggingOf(OBJECT_TAGS) },
  'bucket-tagging': { root: 'Tagging', maxBytes: 256 * KB, shape: taggingOf(BUCKET_TAGS) },
  'create-bucket': {
    root: 'CreateBucketConfiguration',
    maxBytes: 256 * KB,
    ifEmpty: { kind: 'create-bucket', tags: [] },
    shape: as(
      group({
        LocationConstraint: maybe(token),
        Location: maybe(group({ Name: maybe(token), Type: maybe(token) })),
        Bucket: maybe(group({ DataRedundancy: maybe(token), Type: maybe(token) })),
        Tags: maybe(group({ Tag: tags })),
      }),
      ({ LocationConstraint, Tags }) => {
        const list = Tags?.Tag ?? []
        return (
          checkTags(list, ...BUCKET_TAGS) ?? { kind: 'create-bucket', tags: list, ...given({ locationConstraint: LocationConstraint }) }
        )
      },
    ),
  },
  'access-control-policy': {
    root: 'AccessControlPolicy',
    maxBytes: 256 * KB,
    malformed: 'MalformedACLError',
    shape: as(
      group({
        Owner: maybe(group({ ID: maybe(token), DisplayName: maybe(text) })),
        AccessControlList: one(group({ Grant: many(grant, { max: MAX_GRANTS }) })),
      }),
      ({ Owner, AccessControlList }) => ({
        kind: 'access-control-policy',
        grants: AccessControlList.Grant,
        ...given({ owner: Owner?.ID }),
      }),
    ),
  },
  'public-access-block': {
    root: 'PublicAccessBlockConfiguration',
    maxBytes: 64 * KB,
    shape: as(
      group({
        BlockPublicAcls: maybe(flag),
        IgnorePublicAcls: maybe(flag),
        BlockPublicPolicy: maybe(flag),
        RestrictPublicBuckets: maybe(flag),
      }),
      (settings) =>
        Object.values(settings).every((value) => value === undefined)
          ? s3Error('InvalidRequest', { message: 'Must specify at least one configuration.' })
          : {
              kind: 'public-access-block',
              block: {
                BlockPublicAcls: settings.BlockPublicAcls ?? false,
                IgnorePublicAcls: settings.IgnorePublicAcls ?? false,
                BlockPublicPolicy: settings.BlockPublicPolicy ?? false,
                RestrictPublicBuckets: settings.RestrictPublicBuckets ?? false,
              },
            },
    ),
  },
  retention: {
    root: 'Retention',
    maxBytes: 64 * KB,
    shape: as(group({ Mode: maybe(oneOf(['GOVERNANCE', 'COMPLIANCE'])), RetainUntilDate: maybe(token) }), ({ Mode, RetainUntilDate }) =>
      // Both, or neither, which lifts the retention.
      (Mode === undefined) === (RetainUntilDate === undefined)
        ? { kind: 'retention', ...given({ mode: Mode, retainUntilDate: RetainUntilDate }) }
        : s3Error('MalformedXML', { reason: '`Mode` and `RetainUntilDate` come together' }),
    ),
  },
  'legal-hold': {
    root: 'LegalHold',
    maxBytes: 64 * KB,
    shape: as(group({ Status: one(oneOf(['ON', 'OFF'])) }), ({ Status }) => ({ kind: 'legal-hold', status: Status })),
  },
  inventory: {
    root: 'InventoryConfiguration',
    maxBytes: 64 * KB,
    shape: as(
      group({
        Destination: one(inventoryDestination),
        IsEnabled: one(flag),
        Filter: maybe(group({ Prefix: one(text) })),
        Id: one(token),
        IncludedObjectVersions: one(oneOf(['All', 'Current'])),
        OptionalFields: maybe(group({ Field: many(inventoryField, { max: 100 }) })),
        Schedule: one(group({ Frequency: one(oneOf(['Daily', 'Weekly'])) })),
      }),
      ({ OptionalFields }) => ({ kind: 'inventory', optionalFields: OptionalFields?.Field ?? [] }),
    ),
  },
}

type Given<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> }

/** Without the properties that are undefined. */
function given<T extends Readonly<Record<string, unknown>>>(properties: T): Given<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Given<T>
}

function refuseLongKey(objects: readonly { readonly Key: string }[]): S3Error | undefined {
  for (const { Key } of objects) {
    // A UTF-16 unit is at most three bytes: most keys need not be encoded to know that they are short.
    const size = Key.length * 3 <= MAX_KEY_BYTES ? 0 : new TextEncoder().encode(Key).length
    if (size > MAX_KEY_BYTES) return s3Error('KeyTooLongError', { detail: { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) } })
  }
  return undefined
}
