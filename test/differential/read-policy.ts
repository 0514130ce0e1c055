import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { Bucket } from './format.js'

export const list = <T>(value: T | T[] = []): T[] => (Array.isArray(value) ? value : [value])
/** Remembers what it made of a text: a run asks about few texts many times. */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => known.get(text) ?? (known.set(text, make(text)).get(text) as T)
}
export const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
/** One spelling for a condition key: only the suffixes of three tag families ignore case (S8.2). */
export const keyName = remembering((key) => key.replace(/^aws:(principal|request|resource)tag\/.*|^[^/]*/is, lower))

type Texts = string | string[]
type Who = string | Record<string, Texts>
type Elements = { Principal?: Who; NotPrincipal?: Who; Action?: Texts; NotAction?: Texts; Resource?: Texts; NotResource?: Texts }
export type Statement = Elements & { Effect: string; Condition?: Record<string, Record<string, string | boolean | (string | boolean)[]>> }
export type Policy = { Version?: string; Statement: Statement | Statement[] }
export const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const isPolicy = new Ajv({ allowUnionTypes: true, strictNumbers: false }).compile(readJson('policy.schema.json'))
const policies = new WeakMap<Bucket, Policy | undefined>()
/** Undefined for a policy with an `error` (S14). Nesting needs no check of its own: no valid element is as deep as 64. */
export function policyOf(bucket: Bucket): Policy | undefined {
  if (policies.has(bucket)) return policies.get(bucket)
  policies.set(bucket, undefined)
  const { policy = { Statement: [] } } = bucket
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy)
  // A number counts as the text it is written in (S8.10), which JSON.parse would lose.
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|[\d.eE+-]*\d/g, (token) => (token.startsWith('"') ? token : `"${token}"`))
  try {
    if (isPolicy(JSON.parse(text))) policies.set(bucket, JSON.parse(quoted))
  } catch {}
  return policies.get(bucket)
}
/** Principal or NotPrincipal as `<kind> <text>`. */
export function entriesOf({ Principal, NotPrincipal = {} }: Statement): string[] {
  const entries = Object.entries(Principal === '*' || NotPrincipal === '*' ? { AWS: '*' } : (Principal ?? NotPrincipal))
  return entries.flatMap(([kind, texts]) => list(texts).map((text) => `${kind} ${text}`))
}
export type Item = [operator: string, key: string, operands: string[]]
export const conditionsOf = ({ Condition = {} }: Statement): Item[] =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]): Item => [operator, keyName(key), list(operands).map(String)]),
  )
