import { nodeHashing } from '../../adapters/node-hashing.js'
import { HeaderList } from '../../http/header-list.js'
import type { FormFields } from '../../s3/planning/form-fields.js'
import { parseHeaderTags } from '../../s3/planning/header-tags.js'
import { limits } from '../../sigv4/limits.js'
import { signPostForm } from '../../sigv4/sign-post-form.js'
import { verifyPostForm } from '../../sigv4/verify-post-form.js'
import { element } from '../../xml/escape.js'
import { InputError } from '../exit-code.js'
import { placeOf } from './endpoint.js'
import type { PresignOptions } from './presign-options.js'
import type { RequestToCome } from './request-to-come.js'
import { factsOf, type Signing } from './signing.js'

export interface PresignedForm {
  readonly kind: 'form'
  readonly url: string
  /** To be sent before the file, each as it is. */
  readonly fields: Readonly<Record<string, string>>
  /** A further field `Content-Type`, whose value must begin so. */
  readonly typePrefix?: string
  readonly size?: { readonly min: number; readonly max: number }
  readonly bucket: string
  readonly key: string | { readonly prefix: string }
  readonly request: RequestToCome
}

/** What a browser puts the file's name for. */
const FILE_NAME = '${filename}'

/** Signs a form for uploads. @param key as it is, or what all keys begin with */
export async function signForm(
  signing: Signing,
  bucket: string,
  key: PresignedForm['key'],
  options: PresignOptions,
): Promise<PresignedForm> {
  const { endpoint, accessKey, secret, region, time, expires } = signing
  const { host, path } = placeOf(endpoint, bucket)
  const url = `${endpoint.scheme}://${host}${path}`
  const typePrefix = options.contentType?.endsWith('/') ? options.contentType : undefined
  const fields = fieldsOf(options, typePrefix === undefined ? options.contentType : undefined)
  refuseUnclear(fields, key)
  const size = sizeOf(options)
  const conditions = typePrefix === undefined ? [] : [['starts-with', '$Content-Type', typePrefix] as const]
  const form = { url, bucket, key, fields, conditions, expires, accessKey, secret, region, time, ...(size === undefined ? {} : { size }) }
  const signed = await signPostForm(form, nodeHashing)
  const byName = new Map(Object.entries(signed.fields).map(([name, value]) => [name.toLowerCase(), value]))
  if (typePrefix !== undefined) byName.set('content-type', typePrefix)
  const verify = { secrets: { secretsFor: () => [secret] }, hashing: nodeHashing, time, region, bucket }
  const verified = await verifyPostForm(byName, { name: 'file' }, verify)
  if (verified.kind === 'error') throw new InputError(`no server could verify such a form: ${verified.message}`)
  if (verified.authentication.accessKey !== accessKey)
    throw new InputError(`\`${accessKey}\` with region \`${region}\` cannot be told from a signature`)
  const tags = parseHeaderTags(options.tagging ?? '')
  const planned: FormFields = { kind: 'form', fields: byName, ...('kind' in tags ? {} : { tags }) }
  const headers = HeaderList.of([
    ['host', host],
    ['content-type', 'multipart/form-data; boundary=x'],
  ])
  const facts = { ...factsOf(signing), authType: 'POST' } as const
  const http = { method: 'POST', target: path, headers }
  return {
    kind: 'form',
    ...signed,
    ...(typePrefix === undefined ? {} : { typePrefix }),
    ...(size === undefined ? {} : { size }),
    bucket,
    key,
    request: { http, endpoint, bucket, form: planned, facts, end: time + expires * 1000 - 1, until: time + expires * 1000 },
  }
}

function fieldsOf({ acl, tagging, field, format }: PresignOptions, contentType: string | undefined): Readonly<Record<string, string>> {
  const named = {
    acl,
    'Content-Type': contentType,
    tagging: tagging === undefined ? undefined : taggingDocument(tagging),
    // Without it S3 answers 204, on which browsers show nothing.
    success_action_status:
      format === 'html' && !field.some(([name]) => name.toLowerCase().startsWith('success_action_')) ? '201' : undefined,
  }
  const entries = [...field, ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))]
  const names = entries.map(([name]) => name.toLowerCase())
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new InputError(`the field \`${twice}\` is given twice`)
  const own = names.find((name) => reserved.has(name))
  if (own !== undefined) throw new InputError(`the field \`${own}\` is set by the form itself; leave it out`)
  return Object.fromEntries(entries)
}

const signingFields = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature', 'x-amz-security-token']

/** Fields that the form has anyway; `__proto__` would be none. */
const reserved: ReadonlySet<string> = new Set([...signingFields, 'key', 'policy', 'file', 'bucket', '__proto__'])

/** Forms carry tags as a document. */
function taggingDocument(text: string): string {
  const tags = parseHeaderTags(text)
  if ('kind' in tags) throw new InputError(`--tagging takes such as 'project=x&team=a%20b', and S3 says of this one: ${tags.message}`)
  const set = tags.map(({ key, value }) => `<Tag>${element('Key', key)}${element('Value', value)}</Tag>`).join('')
  return `<Tagging><TagSet>${set}</TagSet></Tagging>`
}

function sizeOf({ minSize, maxSize }: PresignOptions): PresignedForm['size'] {
  if (minSize === undefined && maxSize === undefined) return undefined
  const [min, max] = [minSize ?? 0, maxSize ?? limits.body]
  if (min > max) throw new InputError(`--min-size (${min} bytes) is more than --max-size (${max} bytes): no file would do`)
  return { min, max }
}

/** Browsers make line ends of their own in fields, and the file's name goes where a field says so. */
function refuseUnclear(fields: Readonly<Record<string, string>>, key: PresignedForm['key']): void {
  const values = [...Object.entries(fields), ['key', typeof key === 'string' ? key : key.prefix] as const]
  for (const [name, value] of values) {
    if (value.includes(FILE_NAME)) throw new InputError(`\`${name}\` holds ${FILE_NAME}; give --prefix, and the file's name comes after it`)
    if ([...name, ...value].some(isControl)) throw new InputError(`\`${name}\` has a control character, which forms do not carry unchanged`)
  }
}

function isControl(character: string): boolean {
  return character < ' ' || character === '\x7f'
}
