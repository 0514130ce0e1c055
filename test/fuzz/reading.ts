import { parametersOf } from './oracle.js'
import { isPublicBucket, SERVICE, WEBSITE } from './scene.js'
import { type Sent, valuesOf } from './sent.js'

/** What a naive reader takes a request for, by the documentation and sharing nothing with `src`. */
export interface Reading {
  readonly bucket: string | undefined
  readonly key: string | undefined
  readonly isWebsite: boolean
  /** Decoded. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

export function readingOf(sent: Sent): Reading | undefined {
  const hosts = valuesOf(sent, 'host')
  if (hosts.length !== 1 || !sent.target.startsWith('/')) return undefined
  const host = (hosts[0] as string).replace(/:\d*$/, '').toLowerCase()
  try {
    const path = sent.target.split('?')[0] as string
    const parameters = parametersOf(sent.target).map(([name, value]) => [utf8(name), utf8(value)] as const)
    for (const [domain, isWebsite] of [
      [SERVICE, false],
      [WEBSITE, true],
    ] as const) {
      if (!host.endsWith(`.${domain}`)) continue
      const key = decodeURIComponent(path.slice(1))
      const shown = isWebsite && (key === '' || key.endsWith('/')) ? `${key}index.html` : key
      return { bucket: host.slice(0, -domain.length - 1), key: shown === '' ? undefined : shown, isWebsite, parameters }
    }
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? []
    return {
      bucket: bucket === '' ? undefined : decodeURIComponent(bucket),
      key: key === '' ? undefined : decodeURIComponent(key),
      isWebsite: false,
      parameters,
    }
  } catch {
    return undefined
  }
}

function utf8(bytes: string): string {
  return decodeURIComponent(bytes.replace(/[^A-Za-z0-9]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`))
}

/** Whether anybody may do this: read what is public, or ask what a web page may do. */
export function isForEverybody({ method, secure }: Sent, { bucket = '', key = '', isWebsite, parameters }: Reading): boolean {
  if (method === 'OPTIONS') return true
  const isPlain = isWebsite || parameters.every(([name]) => !subresources.has(name) && name !== 'versionId' && name !== 'uploadId')
  // Reading a part of an object by SQL is reading it.
  const isSelect =
    method === 'POST' &&
    parameters.some(([name]) => name === 'select') &&
    parameters.every(([name]) => !/^(versionId|uploadId)$/.test(name))
  const isRead = isSelect || ((method === 'GET' || method === 'HEAD') && isPlain)
  return isRead && isPublicBucket(bucket) && key.startsWith('public/') && (secure || bucket === 'open')
}

/** What one of the actions must be like where a sub-resource is named; undefined where nothing is ever permitted. */
export const subresources: ReadonlyMap<string, RegExp | undefined> = new Map<string, RegExp | undefined>([
  ['abac', /Abac$/],
  ['accelerate', /Accelerate/],
  ['acl', /Acl$/],
  ['analytics', /Analytics/],
  ['annotation', /Annotation/],
  ['attributes', /Attributes$/],
  ['cors', /CORS$/],
  ['delete', /DeleteObject/],
  ['encryption', /Encryption/],
  ['intelligent-tiering', /IntelligentTiering/],
  ['inventory', /Inventory/],
  ['legal-hold', /LegalHold/],
  ['lifecycle', /Lifecycle/],
  ['location', /Location/],
  ['logging', /Logging/],
  ['metadataAnnotationTable', /Metadata/],
  ['metadataConfiguration', /Metadata/],
  ['metadataInventoryTable', /Metadata/],
  ['metadataJournalTable', /Metadata/],
  ['metadataTable', /Metadata/],
  ['metrics', /Metrics/],
  ['notification', /Notification/],
  ['object-lock', /ObjectLock/],
  ['ownershipControls', /Ownership/],
  ['policy', /BucketPolicy$/],
  ['policyStatus', /PolicyStatus$/],
  ['publicAccessBlock', /PublicAccessBlock$/],
  ['renameObject', undefined],
  ['replication', /Replication/],
  ['requestPayment', /RequestPayment$/],
  ['restore', /Restore/],
  ['retention', /Retention/],
  ['select', /^s3:GetObject$/],
  ['session', undefined],
  ['tagging', /Tagging$/],
  ['torrent', /Torrent$/],
  ['uploads', /MultipartUploads$|^s3:PutObject$/],
  ['versioning', /Versioning$/],
  ['versions', /Versions$/],
  ['website', /Website$/],
])

/** The other parameters that S3 has, in its spelling. */
const others =
  /^(annotation-prefix|annotationName|bucket-region|continuation-token|delimiter|encoding-type|fetch-owner|id|key-marker|list-type|marker|max-annotation-results|max-buckets|max-keys|max-parts|max-uploads|part-number-marker|partNumber|prefix|response-(cache-control|content-(disposition|encoding|language|type)|expires)|select-type|start-after|upload-id-marker|uploadId|version-id-marker|versionId|AWSAccessKeyId|Signature|Expires|[xX]-.*)$/s

export const isKnownParameter = (name: string): boolean => subresources.has(name) || others.test(name)
