import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

/** The documents that have a schema. */
export const kinds = ['policy', 'snapshot', 'request', 'decision-test'] as const

export type DocumentKind = (typeof kinds)[number]

export function schemaText(kind: DocumentKind): string {
  return readFileSync(new URL(`../../schemas/${kind}.schema.json`, import.meta.url), 'utf8')
}

/**
 * The schemas find each other by relative references. Strict but for two things: a type that is one of several, and `required` in a
 * branch whose properties are named outside it.
 */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
for (const kind of kinds) ajv.addSchema(JSON.parse(schemaText(kind)))

/** Whether a document is valid by its schema. */
export function accepts(kind: DocumentKind, document: unknown): boolean {
  const validate = ajv.getSchema(idOf(kind))
  if (validate === undefined) throw new Error(`no schema ${idOf(kind)}`)
  return validate(document) === true
}

export function idOf(kind: DocumentKind): string {
  return `https://grantree.dev/schemas/${kind}.schema.json`
}
