import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { parseAmzDate } from './amz-date.js'
import type { Authentication } from './authentication.js'
import { isToken, unsupported } from './authorization-header.js'
import { checkFormSize, checkPostPolicy, type SizeRange } from './check-post-policy.js'
import { checkScope } from './check-scope.js'
import { notYetValid } from './check-time.js'
import { type Credential, parseCredential } from './credential.js'
import { andThen, type Eventually } from './eventually.js'
import { findSigningKey } from './find-signing-key.js'
import { limits } from './limits.js'
import { parsePostPolicy } from './post-policy.js'
import { ALGORITHM } from './string-to-sign.js'
import { DEFAULT_MAX_SKEW, type VerifyOptions } from './verify-options.js'

export interface PostFormOptions extends VerifyOptions {
  /** The bucket that the form was sent to. */
  readonly bucket: string
}

/** The file that a form carries. */
export interface PostFile {
  /** As the form's part names it, `C:\photos\a.jpg` included; undefined if it does not. */
  readonly name?: string
  /** Bytes, if that is known already. */
  readonly size?: number
}

/** A form whose signature and fields are right. */
export interface PostForm {
  readonly kind: 'post-form'
  /** Of a form without signature, one without access key. */
  readonly authentication: Authentication
  /** Where the file goes. */
  readonly key: string
  /** The fields with `${filename}` filled in, by name in lower case: what counts of the form. */
  readonly fields: ReadonlyMap<string, string>
  /** What the file's size has still to be checked against, with `checkFormSize`, if it was not given. */
  readonly size?: SizeRange
}

/** The fields that a signed form must have, in S3's spelling and in the order in which it names what is missing. */
const REQUIRED = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature', 'policy'] as const

/** What makes a form a signed one. A policy alone proves nothing: S3 takes such a form for an anonymous one. */
const SIGNING = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'] as const

/** The same of Signature Version 2. */
const SIGNING_V2 = ['awsaccesskeyid', 'signature'] as const

/**
 * Verifies a form (`POST` with `multipart/form-data`): its signature, then its policy with all conditions. Only the fields before the file
 * count, each of which must have come once.
 * @param fields by name in lower case
 *
 * Source: Amazon S3 API Reference, "Authenticating Requests in Browser-Based Uploads Using POST (AWS Signature Version 4)".
 */
export function verifyPostForm(
  fields: ReadonlyMap<string, string>,
  file: PostFile,
  options: PostFormOptions,
): Eventually<PostForm | S3Error> {
  const filled = fillFileName(fields, file.name)
  const key = filled.get('key')
  if (key === undefined || key === '') return missingField('key')
  if (SIGNING_V2.some((name) => fields.has(name))) return unsupported('AWS')
  if (!SIGNING.some((name) => fields.has(name))) {
    return { kind: 'post-form', authentication: { kind: 'authentication', body: { kind: 'unsigned' } }, key, fields: filled }
  }
  const missing = REQUIRED.find((name) => !fields.has(name.toLowerCase()))
  if (missing !== undefined) return missingField(missing)
  const signed = readSignature(fields, options)
  if ('kind' in signed) return signed
  const { credential, policy, signature, signedAt, sessionToken } = signed
  return andThen(findSigningKey(credential, policy, signature, options), (found) => {
    if (found === undefined) return mismatch(signed, options)
    if (!(found instanceof Uint8Array)) return found
    const document = parsePostPolicy(policy)
    if ('kind' in document) return document
    const kept = checkPostPolicy(document, filled, options.bucket, options.time)
    if (kept.kind === 'error') return kept
    const wrongSize = kept.size === undefined || file.size === undefined ? undefined : checkFormSize(kept.size, file.size)
    if (wrongSize !== undefined) return wrongSize
    return {
      kind: 'post-form',
      authentication: {
        kind: 'authentication',
        accessKey: credential.accessKey,
        authType: 'POST',
        signatureVersion: ALGORITHM,
        signedAt,
        region: credential.region,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        body: { kind: 'unsigned' },
      },
      key,
      fields: filled,
      ...(kept.size === undefined || file.size !== undefined ? {} : { size: kept.size }),
    }
  })
}

/** Puts the file's name, without its folders, where fields say `${filename}`. A file without a name leaves them as they are. */
function fillFileName(fields: ReadonlyMap<string, string>, fileName: string | undefined): ReadonlyMap<string, string> {
  if (fileName === undefined) return fields
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
  const filled = new Map<string, string>()
  for (const [field, value] of fields) {
    // Each text is filled in once: a file may be named `${filename}` itself. What is signed stays as it was signed.
    filled.set(field, UNFILLED.has(field) ? value : value.split('${filename}').join(name))
  }
  return filled
}

const UNFILLED: ReadonlySet<string> = new Set(['policy', ...SIGNING, 'x-amz-security-token'])

interface FormSignature {
  readonly credential: Credential
  readonly policy: string
  readonly signature: string
  readonly signedAt: number
  readonly sessionToken?: string
}

function readSignature(fields: ReadonlyMap<string, string>, options: VerifyOptions): FormSignature | S3Error {
  const field = (name: string): string => fields.get(name) ?? ''
  const algorithm = field('x-amz-algorithm')
  if (algorithm !== ALGORITHM) {
    return algorithm.startsWith('AWS4') ? unsupported(algorithm) : wrongField('X-Amz-Algorithm', `only supports "${ALGORITHM}"`)
  }
  const credential = parseCredential(field('x-amz-credential'))
  if (credential === undefined) return wrongField('X-Amz-Credential', 'must be "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"')
  const date = field('x-amz-date')
  const signedAt = parseAmzDate(date)
  if (signedAt === undefined) return wrongField('X-Amz-Date', "must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  const wrongScope = checkScope(credential, date, options.region, true)
  if (wrongScope !== undefined) return wrongScope
  if (signedAt > options.time + (options.maxSkew ?? DEFAULT_MAX_SKEW)) return notYetValid(date, options.time)
  const sessionToken = fields.get('x-amz-security-token')
  if (!isToken(sessionToken)) return s3Error('InvalidToken')
  const policy = field('policy')
  if (!isSignable(policy)) return s3Error('InvalidPolicyDocument', { message: 'Invalid Policy: it is too long, or no base64.' })
  return { credential, policy, signature: field('x-amz-signature'), signedAt, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

/** Only bytes are hashed, and only a bounded number of them. */
function isSignable(policy: string): boolean {
  if (policy.length > limits.policy * 2) return false
  for (let i = 0; i < policy.length; i++) if (policy.charCodeAt(i) > 0x7f) return false
  return true
}

function mismatch({ credential, policy, signature }: FormSignature, options: VerifyOptions): S3Error {
  if (options.explainMismatch === false) return s3Error('SignatureDoesNotMatch')
  return s3Error('SignatureDoesNotMatch', {
    detail: { AWSAccessKeyId: credential.accessKey, StringToSign: policy, SignatureProvided: signature },
  })
}

function missingField(name: string): S3Error {
  return s3Error('InvalidArgument', {
    message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    detail: { ArgumentName: name, ArgumentValue: '' },
  })
}

function wrongField(name: string, what: string): S3Error {
  return s3Error('InvalidArgument', { message: `${name} ${what}`, detail: { ArgumentName: name } })
}
