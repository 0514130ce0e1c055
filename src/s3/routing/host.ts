import type { HeaderList } from '../../http/header-list.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { Addressing } from '../addressing.js'

/** What the host of a request says: `bucket` where it names one. */
export type Host =
  | { readonly kind: 'service'; readonly bucket: string | undefined }
  | { readonly kind: 'website'; readonly bucket: string; readonly indexDocument: string }

const PATH_STYLE: Host = { kind: 'service', bucket: undefined }

/** What a website shows for a path that ends in a slash, unless told otherwise. */
const INDEX_DOCUMENT = 'index.html'

/** Reads `Host` once. It must be there exactly once: servers disagree on which of two counts. */
export function hostOf(headers: HeaderList, addressing: Addressing | undefined): Host | S3Error {
  const text = headers.get('host')
  if (text === undefined) {
    return s3Error('InvalidRequest', { message: headers.has('host') ? 'The Host header was given twice.' : 'The Host header is missing.' })
  }
  const name = withoutPort(text)
  if (name === undefined) return s3Error('InvalidRequest', { message: 'The Host header is not valid.' })
  if (isOfDirectoryBuckets(name) || isOfObjectLambdas(name))
    return s3Error('NotImplemented', { reason: 'the host has operations of its own' })
  if (addressing === undefined) return PATH_STYLE
  return websiteOf(name, addressing) ?? serviceOf(name, addressing)
}

/** The endpoints of S3 Express. Source: Amazon S3 User Guide, "Regional and Zonal endpoints for directory buckets". */
function isOfDirectoryBuckets(name: string): boolean {
  return name.includes('s3express-') && (name.endsWith('.amazonaws.com') || name.endsWith('.amazonaws.com.cn'))
}

/** Where object lambdas send what they have made. Source: Amazon S3 API Reference, "WriteGetObjectResponse". */
function isOfObjectLambdas(name: string): boolean {
  return name.includes('.s3-object-lambda.') && name.endsWith('.amazonaws.com')
}

function websiteOf(name: string, { websiteDomains = [], indexDocument }: Addressing): Host | S3Error | undefined {
  const bucket = bucketBefore(name, websiteDomains)
  if (bucket === undefined) return undefined
  if (bucket === '') return s3Error('InvalidRequest', { message: 'A website host must name a bucket.' })
  return { kind: 'website', bucket, indexDocument: indexDocument || INDEX_DOCUMENT }
}

function serviceOf(name: string, { baseDomains = [] }: Addressing): Host | S3Error {
  const bucket = bucketBefore(name, baseDomains)
  if (bucket === undefined && baseDomains.length > 0 && !isAddress(name)) {
    return s3Error('InvalidRequest', { reason: 'the host is none of the base domains, and S3 takes the name of any other for a bucket' })
  }
  if (bucket === undefined || bucket === '') return PATH_STYLE
  return { kind: 'service', bucket }
}

/**
 * What stands before the longest of the domains that the host ends in: empty if it is the domain itself, undefined if it ends in none.
 * @param name in lower case
 */
function bucketBefore(name: string, domains: readonly string[]): string | undefined {
  let best: string | undefined
  for (const given of domains) {
    const domain = given.toLowerCase()
    const at = name.length - domain.length
    if (at < 0 || name.slice(at) !== domain || (at > 0 && name[at - 1] !== '.')) continue
    const bucket = name.slice(0, Math.max(0, at - 1))
    if (best === undefined || bucket.length < best.length) best = bucket
  }
  return best
}

/** Whether a host is an address, which names no bucket. */
function isAddress(name: string): boolean {
  if (name.startsWith('[')) return true
  let dots = 0
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code === DOT) dots++
    else if (code < ZERO || code > NINE) return false
  }
  return dots === 3
}

/** The host in lower case without its port; undefined if it is none. A dot at its end would make it another host for some servers. */
function withoutPort(text: string): string | undefined {
  const from = text.startsWith('[') ? text.indexOf(']') : 0
  if (from < 0) return undefined
  const colon = text.indexOf(':', from)
  const end = colon < 0 ? text.length : colon
  for (let i = end + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < ZERO || code > NINE) return undefined
  }
  const name = text.slice(0, end).toLowerCase()
  if (from > 0 && !name.endsWith(']')) return undefined
  return isHostName(name) ? name : undefined
}

function isHostName(name: string): boolean {
  const last = name.length - 1
  if (last < 0) return false
  let before = DOT
  for (let i = 0; i <= last; i++) {
    const code = name.charCodeAt(i)
    if (code >= 0x80 || isForbidden[code] === 1 || (code === DOT && before === DOT)) return false
    before = code
  }
  return before !== DOT
}

const ZERO = 0x30
const NINE = 0x39
const DOT = 0x2e

/** By character: blanks, controls, and what would end the host in a URL. */
const isForbidden = new Uint8Array(0x80).fill(1, 0, 0x21).fill(1, 0x7f)
for (const mark of '/\\?#@%,"<>^`{|}') isForbidden[mark.charCodeAt(0)] = 1
