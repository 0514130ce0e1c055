import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { Tag } from '../../xml/body.js'
import { checkKey } from '../routing/bucket-and-key.js'

/** The fields of an upload by form that come before its file. */
export interface FormFields {
  readonly kind: 'form'
  /** By their names in lower case; each name once. */
  readonly fields: ReadonlyMap<string, string>
  /** What the client calls the file. */
  readonly fileName?: string
  /** What the field `tagging` says, which is a document; left out: nobody has read it. */
  readonly tags?: readonly Tag[]
}

/** Headers that a form has under another name. Source: Amazon S3 API Reference, "POST Object". */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['x-amz-acl', 'acl'],
  ['x-amz-tagging', 'tagging'],
])

/** What stands in the key for the name of the file. */
const FILE_NAME = '${filename}'

/** The field that stands for a header. @param name in lower case */
export function fieldOf({ fields }: FormFields, name: string): string | undefined {
  const other = fieldNames.get(name)
  return (other === undefined ? undefined : fields.get(other)) ?? fields.get(name)
}

/** What is wrong with the fields, if anything: one thing said twice, in two ways. */
export function checkFields({ fields }: FormFields): S3Error | undefined {
  for (const [header, field] of fieldNames) {
    const [one, other] = [fields.get(header), fields.get(field)]
    if (one !== undefined && other !== undefined && one !== other) return s3Error('InvalidArgument', { detail: { ArgumentName: header } })
  }
  return undefined
}

/** The key of the object that the form makes. */
export function formKey({ fields, fileName = '' }: FormFields): string | S3Error {
  const key = fields.get('key')
  if (key === undefined)
    return s3Error('InvalidArgument', { message: "Bucket POST must contain a field named 'key'.", detail: { ArgumentName: 'key' } })
  // A long name many times over would be a long text.
  if (key.length > MOST || fileName.length > MOST) return s3Error('KeyTooLongError')
  const whole = key.includes(FILE_NAME) ? key.replaceAll(FILE_NAME, () => baseName(fileName)) : key
  if (whole === '' || !whole.isWellFormed()) return s3Error('InvalidArgument', { detail: { ArgumentName: 'key' } })
  return checkKey(whole) ?? whole
}

/** Some browsers send the whole path of the file. */
function baseName(fileName: string): string {
  return fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
}

const MOST = 4096
