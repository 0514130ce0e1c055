import { amzDate } from './amz-date.js'
import { base64Of } from './base64.js'
import { scopeOf } from './credential.js'
import { andThen, type Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'
import { hexOf } from './hex.js'
import type { Signer } from './signer.js'
import { signingKey } from './signing-key.js'
import { ALGORITHM } from './string-to-sign.js'
import { utf8Bytes } from './utf8.js'

/** A condition of a policy document, as JSON has it. */
export type PolicyCondition =
  | Readonly<Record<string, string>>
  | readonly ['eq' | 'starts-with', field: `$${string}`, value: string]
  | readonly ['content-length-range', min: number, max: number]

export interface PostFormToSign extends Signer {
  /** Where the form is sent to: the bucket's URL. */
  readonly url: string
  readonly bucket: string
  /** The key to store at, or what it must start with; then the form names the file itself. */
  readonly key: string | { readonly prefix: string }
  /** Further fields with the values that they must have. */
  readonly fields?: Readonly<Record<string, string>>
  /** How many bytes the file may have. */
  readonly size?: { readonly min: number; readonly max: number }
  /** Further conditions, for fields that are filled in later. */
  readonly conditions?: readonly PolicyCondition[]
  /** For how many seconds the form is good. */
  readonly expires: number
}

export interface SignedPostForm {
  readonly url: string
  /** To be sent before the file, each as it is. */
  readonly fields: Readonly<Record<string, string>>
}

/** Makes a form with which a browser can upload a file, bound to what the policy says. */
export function signPostForm(form: PostFormToSign, hashing: Hashing): Eventually<SignedPostForm> {
  const { bucket, key, time, region, size, sessionToken } = form
  const date = amzDate(time)
  const fields: Record<string, string> = {
    ...form.fields,
    key: typeof key === 'string' ? key : `${key.prefix}\${filename}`,
    'x-amz-algorithm': ALGORITHM,
    'x-amz-credential': `${form.accessKey}/${scopeOf(date, region)}`,
    'x-amz-date': date,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const conditions: PolicyCondition[] = [{ bucket }]
  for (const [name, value] of Object.entries(fields)) {
    // `${filename}` is filled in before the policy is looked at, so its field can only be told to start with what stands before it.
    const variable = value.indexOf('${filename}')
    conditions.push(variable < 0 ? { [name]: value } : ['starts-with', `$${name}`, value.slice(0, variable)])
  }
  if (size !== undefined) conditions.push(['content-length-range', size.min, size.max])
  conditions.push(...(form.conditions ?? []))
  const expiration = new Date(time + form.expires * 1000).toISOString()
  const policy = base64Of(utf8Bytes(JSON.stringify({ expiration, conditions })))
  return andThen(signingKey(form.secret, date.slice(0, 8), region, hashing), (signing) =>
    andThen(hashing.hmacSha256(signing, policy), (signature) => ({
      url: form.url,
      fields: { ...fields, policy, 'x-amz-signature': hexOf(signature) },
    })),
  )
}
