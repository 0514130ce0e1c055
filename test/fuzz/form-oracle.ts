import { hmac, type Secrets, signingKeyOf } from './oracle.js'
import { type Sent, valuesOf } from './sent.js'

export interface ProvenForm {
  readonly accessKey: string
  readonly key: string
  readonly fields: ReadonlyMap<string, string>
  readonly file: Uint8Array
  /** Whether the file has a size that the policy allows, which the gate can tell only when it has been read. */
  readonly hasItsSize: boolean
}

/**
 * Who has signed a form and what it proves: its fields up to the file, each met by the policy that the signature is of. A naive reader, from
 * the AWS documentation ("Creating a POST Policy") and sharing nothing with `src`. Undefined if nobody has.
 */
export function provenForm(sent: Sent, bucket: string, secrets: Secrets): ProvenForm | undefined {
  const boundary = /boundary="?([^";]+)/i.exec(valuesOf(sent, 'content-type')[0] ?? '')?.[1]?.trimEnd()
  if (boundary === undefined) return undefined
  const fields = new Map<string, string>()
  let file: string | undefined
  let fileName: string | undefined
  for (const part of `\r\n${Buffer.from(sent.body).toString('latin1')}`.split(`\r\n--${boundary}`).slice(1)) {
    const headEnd = part.indexOf('\r\n\r\n')
    const name = /name="((?:[^"\\]|\\.)*)"/i.exec(part.slice(0, headEnd))?.[1]?.toLowerCase()
    if (headEnd < 0 || name === undefined || file !== undefined) continue
    const value = part.slice(headEnd + 4)
    if (name === 'file') {
      file = value
      fileName = /filename="((?:[^"\\]|\\.)*)"/i.exec(part.slice(0, headEnd))?.[1]
    } else if (fields.has(name)) return undefined
    else fields.set(name, Buffer.from(value, 'latin1').toString('utf8'))
  }
  const policy = fields.get('policy') ?? ''
  const [, accessKey = '', day = '', region = ''] =
    /^(.+)\/(\d{8})\/([^/]+)\/s3\/aws4_request$/.exec(fields.get('x-amz-credential') ?? '') ?? []
  const isSigned = (secrets.get(accessKey) ?? []).some(
    (secret) => hmac(signingKeyOf(secret, day, region), policy).toString('hex') === fields.get('x-amz-signature'),
  )
  if (!isSigned || file === undefined) return undefined
  const base = (fileName ?? '').replace(/^.*[\\/]/s, '')
  const filled = new Map([...fields].map(([name, value]) => [name, name === 'policy' ? value : value.split('${filename}').join(base)]))
  const hasItsSize = meetsPolicy(policy, filled, bucket, sent.time, file.length)
  if (hasItsSize === undefined) return undefined
  return { accessKey, key: filled.get('key') ?? '', fields: filled, file: Buffer.from(file, 'latin1'), hasItsSize }
}

type Condition = Readonly<Record<string, string>> | readonly [string, string | number, string | number]

function meetsPolicy(policy: string, fields: ReadonlyMap<string, string>, bucket: string, time: number, size: number): boolean | undefined {
  let document: { expiration: string; conditions: readonly Condition[] }
  try {
    document = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
  let hasItsSize = true
  if (!(Date.parse(document.expiration) >= time)) return undefined
  const named = new Set(['policy', 'x-amz-signature'])
  for (const condition of document.conditions) {
    const [operator, name, value] = Array.isArray(condition)
      ? condition
      : ['eq', `$${Object.keys(condition)[0]}`, Object.values(condition)[0]]
    if (operator === 'content-length-range') {
      if (size < Number(name) || size > Number(value)) hasItsSize = false
      continue
    }
    const field = String(name).slice(1).toLowerCase()
    const given = field === 'bucket' ? bucket : fields.get(field)
    named.add(field)
    if (given === undefined || (operator === 'starts-with' ? !given.startsWith(String(value)) : given !== value)) return undefined
  }
  return [...fields.keys()].every((name) => named.has(name) || name.startsWith('x-ignore-')) ? hasItsSize : undefined
}
