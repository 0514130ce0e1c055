import { element, XML_DECLARATION } from './escape.js'
import { S3_NAMESPACE } from './xml-element.js'

export interface DeleteOutcome {
  /** Left empty if the request asked to be quiet. */
  readonly deleted: readonly { readonly key: string; readonly versionId?: string }[]
  readonly errors: readonly { readonly key: string; readonly versionId?: string; readonly code: string; readonly message: string }[]
}

/** The answer to DeleteObjects, status 200 even if every key was refused. */
export function deleteResult({ deleted, errors }: DeleteOutcome): string {
  const parts = [
    ...deleted.map(({ key, versionId }) => `<Deleted>${element('Key', key)}${element('VersionId', versionId)}</Deleted>`),
    ...errors.map(
      ({ key, versionId, code, message }) =>
        `<Error>${element('Key', key)}${element('VersionId', versionId)}${element('Code', code)}${element('Message', message)}</Error>`,
    ),
  ]
  return `${XML_DECLARATION}<DeleteResult xmlns="${S3_NAMESPACE}">${parts.join('')}</DeleteResult>`
}
