import type { Outcome, Permitted } from '../../src/gate/outcome.js'
import { payloadOf } from './body-oracle.js'
import { provenForm } from './form-oracle.js'
import { proofOf } from './oracle.js'
import { isForEverybody, isKnownParameter, type Reading, readingOf, subresources } from './reading.js'
import { isPublicBucket, keys, powers, secrets } from './scene.js'
import { type Sent, valuesOf } from './sent.js'

/** What came of a request. */
export interface Answer {
  readonly outcome: Outcome
  /** The body as it was handed on; undefined if it was refused, or nobody asked. */
  readonly delivered: Uint8Array | undefined
  /** How many bytes of the body the gate was ready to read at once. */
  readonly mostRead: number
}

const MOST_READ = 2 ** 22

/** What is wrong with an answer: a law, then the details. Undefined if nothing is. */
export function judge(sent: Sent, { outcome, delivered, mostRead }: Answer): string | undefined {
  if (mostRead > MOST_READ) return `bounded: ready to read ${mostRead} bytes`
  if (outcome.kind === 'refused') {
    const { code, reason } = outcome.error
    return code === 'InternalError' ? `never fails: ${reason}` : undefined
  }
  const reading = readingOf(sent)
  if (reading === undefined) return 'readable: permitted, and nobody can tell what it is about'
  return (
    isBounded(sent, outcome) ??
    isSigned(sent, outcome, reading) ??
    isAboutThat(sent, outcome, reading) ??
    isNoWeaker(sent, outcome, reading) ??
    isWhole(sent, outcome, delivered)
  )
}

/** Wherever a server reads `_` as `-`, as those do that pass headers on in an environment, these are Amazon's. */
const DISGUISED = /^(x[-_]amz[-_].*|content[-_](type|length)|transfer[-_]encoding)$/i

const single = ['host', 'content-length', 'content-type', 'x-amz-copy-source', 'x-amz-acl', 'x-amz-tagging', 'x-amz-date']

function isBounded(sent: Sent, { request }: Permitted): string | undefined {
  if (sent.target.length > 16_384) return 'bounded: permitted with a huge target'
  if (sent.headers.some(([name]) => name.includes('_') && DISGUISED.test(name))) return 'plain headers: permitted with a header in disguise'
  for (const name of single) if (valuesOf(sent, name).length > 1) return `plain headers: permitted with ${name} twice`
  // Of what everybody may do the signature is not looked at.
  if (request.operation.isAnonymous !== true && valuesOf(sent, 'authorization').length > 1)
    return 'plain headers: permitted with two signatures'
  return undefined
}

/** An access key only with its signature, and nobody only what is for everybody. */
function isSigned(sent: Sent, outcome: Permitted, reading: Reading): string | undefined {
  const { accessKey, authType } = outcome.authentication
  if (accessKey === undefined) {
    if (outcome.principal.kind !== 'anonymous') return `signed: ${outcome.principal.kind} without a signature`
    return isForEverybody(sent, reading) ? undefined : 'for everybody: permitted without a signature'
  }
  const proven = authType === 'POST' ? provenForm(sent, reading.bucket ?? '', secrets)?.accessKey : proofOf(sent, secrets)?.accessKey
  if (proven !== accessKey) return `signed: permitted for ${accessKey}, and signed by ${proven ?? 'nobody'}`
  if (outcome.principal.kind !== 'key' || outcome.principal.accessKey !== accessKey) return 'signed: permitted for somebody else'
  return isWithinPowers(sent, outcome, accessKey)
}

/** A key that may do little does little: in questions, in the objects of a list, and in the source of a copy. */
function isWithinPowers({ method, secure }: Sent, { questions, objects = [] }: Permitted, accessKey: string): string | undefined {
  const may = powers.get(accessKey)
  if (may === undefined || method === 'OPTIONS') return undefined
  for (const { question } of [...questions, ...objects.flatMap((each) => each.questions)]) {
    const { bucket = '', key, action } = question
    const isPublic = action === 's3:GetObject' && isPublicBucket(bucket) && key?.startsWith('public/') && (secure || bucket === 'open')
    if (!may(bucket, key, action) && (!isPublic || accessKey === keys.gone || accessKey === keys.stray))
      return `powers: permitted for ${accessKey}: ${action} on ${bucket}/${key}`
  }
  return undefined
}

/** The bucket and the object that the request names, to every letter. */
function isAboutThat(sent: Sent, { request, questions, objects, form }: Permitted, reading: Reading): string | undefined {
  const { bucket, key } = reading
  if (request.bucket !== bucket || request.key !== key)
    return `about that: taken for ${request.bucket}/${request.key}, read as ${bucket}/${key}`
  const wanted = form === undefined ? key : provenForm(sent, bucket ?? '', secrets)?.key
  const own = questions.filter(({ question }) => question.bucket === bucket && (question.key === undefined || question.key === wanted))
  if (own.length === 0 && objects === undefined && sent.method !== 'OPTIONS')
    return 'about that: no question is about the bucket and object'
  const isCopy = questions.length > own.length
  if (isCopy && copySourceOf(sent, reading) === undefined) return 'about that: a question is about something else'
  return undefined
}

const actionsOf = ({ questions, objects = [] }: Permitted): string[] =>
  [...questions, ...objects.flatMap((each) => each.questions)].map(({ question }) => question.action)

/** Whatever makes a request more than a plain one is asked about. */
function isNoWeaker(sent: Sent, outcome: Permitted, reading: Reading): string | undefined {
  const { parameters, isWebsite } = reading
  if (isWebsite || sent.method === 'OPTIONS') return undefined
  const actions = actionsOf(outcome)
  const some = (pattern: RegExp): boolean => actions.some((action) => pattern.test(action))
  for (const [name] of parameters) {
    if (!isKnownParameter(name)) return `no weaker: permitted with the parameter ${JSON.stringify(name)}`
    const pattern = subresources.get(name)
    if (subresources.has(name) && (pattern === undefined || !some(pattern))) return `no weaker: ${name} came to ${actions}`
    if (
      name === 'versionId' &&
      (sent.method === 'GET' || sent.method === 'HEAD' || sent.method === 'DELETE') &&
      !some(/Version|LegalHold|Retention$/)
    )
      return `no weaker: a version came to ${actions}`
  }
  if (
    sent.method !== 'GET' &&
    sent.method !== 'HEAD' &&
    some(/^s3:(Get|List)/) &&
    !some(/Put|Delete|Create|Restore|Abort|Update/) &&
    !parameters.some(([name]) => name === 'select')
  )
    return `no weaker: ${sent.method} came to ${actions}`
  if ((sent.method === 'GET' || sent.method === 'HEAD') && some(/^s3:(Put|Delete|Create)/))
    return `no weaker: ${sent.method} came to ${actions}`
  return sent.method === 'PUT' ? isWholeWrite(sent, outcome, reading, some) : undefined
}

/** What a PUT of an object sets along with it. */
function isWholeWrite(
  sent: Sent,
  { request, questions }: Permitted,
  reading: Reading,
  some: (pattern: RegExp) => boolean,
): string | undefined {
  const { parameters, key } = reading
  if (key === undefined || parameters.some(([name]) => subresources.has(name))) return undefined
  const setting = (name: string): string | undefined =>
    valuesOf(sent, name)[0] ?? parameters.find(([each]) => each.toLowerCase() === name)?.[1]
  const source = copySourceOf(sent, reading)
  if (
    source !== undefined &&
    !questions.some(
      ({ question }) =>
        question.bucket === source.bucket && question.key === source.key && /^s3:GetObject(Version)?$/.test(question.action),
    )
  )
    return `no weaker: the source ${source.bucket}/${source.key} is not asked about`
  if (setting('x-amz-copy-source') !== undefined && source === undefined) return 'no weaker: a copy of something that cannot be read'
  if (parameters.some(([name]) => name === 'uploadId')) return undefined
  if (!/^(private|bucket-owner-full-control)$/.test(setting('x-amz-acl') ?? 'private')) return 'no weaker: an ACL gives something away'
  const copiesTags = source !== undefined && setting('x-amz-tagging-directive') !== 'REPLACE'
  if (setting('x-amz-tagging') !== undefined && !copiesTags && !some(/PutObjectTagging$/))
    return `no weaker: tags with ${request.operation.name}`
  if (setting('x-amz-object-lock-mode') !== undefined && !some(/PutObjectRetention$/)) return 'no weaker: a retention'
  if (setting('x-amz-object-lock-legal-hold') !== undefined && !some(/PutObjectLegalHold$/)) return 'no weaker: a legal hold'
  return undefined
}

function copySourceOf(sent: Sent, { parameters }: Reading): { readonly bucket: string; readonly key: string } | undefined {
  const header = valuesOf(sent, 'x-amz-copy-source')[0]
  const text =
    (header === undefined ? undefined : Buffer.from(header, 'latin1').toString('utf8')) ??
    parameters.find(([name]) => name.toLowerCase() === 'x-amz-copy-source')?.[1]
  if (text === undefined) return undefined
  try {
    const path = decodeURIComponent((text.split('?')[0] as string).replaceAll('+', '%20')).replace(/^\//, '')
    const slash = path.indexOf('/')
    return slash <= 0 ? undefined : { bucket: path.slice(0, slash), key: path.slice(slash + 1) }
  } catch {
    return undefined
  }
}

/** A body that is handed on to its end is the one that was signed. */
function isWhole(sent: Sent, { authentication, form, request }: Permitted, delivered: Uint8Array | undefined): string | undefined {
  if (delivered === undefined) return undefined
  if (form !== undefined) {
    const proven = authentication.accessKey === undefined ? undefined : provenForm(sent, request.bucket ?? '', secrets)
    return proven === undefined || (proven.hasItsSize && Buffer.compare(proven.file, delivered) === 0)
      ? undefined
      : 'whole: another file than the form has'
  }
  const proof =
    authentication.accessKey === undefined ? { payload: authentication.contentSha256 ?? 'UNSIGNED-PAYLOAD' } : proofOf(sent, secrets)
  const expected =
    proof === undefined
      ? undefined
      : payloadOf(
          sent.body,
          proof,
          valuesOf(sent, 'x-amz-decoded-content-length')[0] ??
            readingOf(sent)?.parameters.find(([name]) => name.toLowerCase() === 'x-amz-decoded-content-length')?.[1],
        )
  return expected !== undefined && Buffer.compare(expected, delivered) === 0 ? undefined : 'whole: handed on what was not signed'
}
