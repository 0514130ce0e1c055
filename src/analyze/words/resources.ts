import type { ResourceLabel } from '../regions/labels.js'
import type { Region } from '../regions/region.js'
import { listOf, quoted, termInWords } from './lists.js'

/** `GetObject and PutObject`, `Get* except GetObjectAcl`, `every action`. */
export function actionsInWords({ kind, actionTerms }: Region): string {
  const all = kind === 'none' ? 'every action' : `every ${kind} action`
  return listOf(
    actionTerms.map((term) => termInWords(term, all, shortAction)),
    'and',
  )
}

function shortAction(action: string): string {
  return action === 's3:*' ? 'every action' : action.startsWith('s3:') ? action.slice('s3:'.length) : action
}

/** `photos/raw/*`, `all objects in photos`, `any bucket`; nothing for actions on nothing. */
export function resourcesInWords({ kind, bucket, resources }: Region): string {
  if (kind === 'none') return ''
  const all = allOf(kind, bucket)
  return listOf(
    resources.map((term) => termInWords(term, all, resourceInWords)),
    'and',
  )
}

function allOf(kind: 'bucket' | 'object', bucket: string | undefined): string {
  if (bucket === undefined) return kind === 'bucket' ? 'any bucket' : 'any object'
  return kind === 'bucket' ? `bucket ${quoted(bucket)}` : quoted(`${bucket}/*`)
}

function resourceInWords(label: ResourceLabel): string {
  return label.kind === 'matches' ? quoted(label.pattern) : `such as ${quoted(label.resource)}`
}
