import { isBlank } from './character.js'
import { S3_NAMESPACE, type XmlElement } from './xml-element.js'
import { XmlProblem } from './xml-problem.js'

/** What an element may hold, and what it is read as. */
export type Shape<T> = (element: XmlElement) => T | XmlProblem

/** How often an element may stand in another. */
export interface Child<T> {
  readonly shape: Shape<unknown>
  readonly min: number
  readonly max: number
  /** Makes one value of those that came. */
  readonly gather: (values: readonly unknown[]) => T
}

export function one<T>(shape: Shape<T>): Child<T> {
  return { shape, min: 1, max: 1, gather: ([value]) => value as T }
}

export function maybe<T>(shape: Shape<T>): Child<T | undefined> {
  return { shape, min: 0, max: 1, gather: ([value]) => value as T | undefined }
}

export function many<T>(shape: Shape<T>, { min = 0, max }: { readonly min?: number; readonly max: number }): Child<readonly T[]> {
  return { shape, min, max, gather: (values) => values as readonly T[] }
}

/** Text as it is, white space included. */
export const text: Shape<string> = leaf((value) => value)

/** Text that is not empty, white space included. */
export const someText: Shape<string> = leaf((value) => (value === '' ? undefined : value))

/** A name, number or date: not empty and without white space around it, which some readers drop and others keep. */
export const token: Shape<string> = leaf((value) => (value === '' || value.trim() !== value ? undefined : value))

export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  return leaf((value) => values.find((other) => other === value))
}

const flags = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** `true`, `false`, `1` or `0`, in any case. */
export const flag: Shape<boolean> = leaf((value) => flags.get(value.toLowerCase()))

export const empty: Shape<true> = leaf((value) => (isBlank(value) ? true : undefined))

function leaf<T>(read: (value: string) => T | undefined): Shape<T> {
  return (element) => {
    if (element.elements.length > 0 || element.type !== undefined) return new XmlProblem(`\`${element.name}\` holds text alone`)
    return read(element.text) ?? new XmlProblem(`\`${element.name}\` has a value that it cannot have`)
  }
}

export type Content<C extends Readonly<Record<string, Child<unknown>>>> = {
  readonly [Name in keyof C]: C[Name] extends Child<infer T> ? T : never
}

/** Elements in any order: SDKs write them in their own. Unknown ones, repeated ones, missing ones and text between them are refused. */
export function group<C extends Readonly<Record<string, Child<unknown>>>>(children: C): Shape<Content<C>> {
  const known = new Map(Object.entries(children))
  return (element) => {
    if (element.type !== undefined) return new XmlProblem(`\`${element.name}\` has no types`)
    return readChildren(element, known) as Content<C> | XmlProblem
  }
}

/** An element whose `xsi:type` says what it holds. */
export function byType<T>(shapes: ReadonlyMap<string, Shape<T>>): Shape<T> {
  return ({ type, ...element }) => {
    const shape = shapes.get(type ?? '')
    return shape === undefined ? new XmlProblem(`\`${element.name}\` has no type, or an unknown one`) : shape(element)
  }
}

/** What a shape has read, made into something else. */
export function as<T, U>(shape: Shape<T>, make: (value: T) => U): Shape<U> {
  return (element) => {
    const value = shape(element)
    return value instanceof XmlProblem ? value : make(value)
  }
}

function readChildren(element: XmlElement, known: ReadonlyMap<string, Child<unknown>>): object | XmlProblem {
  if (!isBlank(element.text)) return new XmlProblem(`there is text between the elements of \`${element.name}\``)
  const values = new Map<string, unknown[]>()
  for (const inner of element.elements) {
    const child = isOfS3(inner) ? known.get(inner.name) : undefined
    if (child === undefined) return new XmlProblem(`\`${inner.name}\` is unknown in \`${element.name}\``)
    const value = child.shape(inner)
    if (value instanceof XmlProblem) return value
    const earlier = values.get(inner.name)
    if (earlier === undefined) values.set(inner.name, [value])
    else if (earlier.push(value) > child.max) return new XmlProblem(`\`${inner.name}\` comes too often in \`${element.name}\``)
  }
  for (const [name, { min }] of known) {
    if ((values.get(name)?.length ?? 0) < min) return new XmlProblem(`\`${name}\` is missing in \`${element.name}\``)
  }
  return Object.fromEntries([...known].map(([name, child]) => [name, child.gather(values.get(name) ?? [])]))
}

/** Clients leave S3's namespace out as often as they write it. */
export function isOfS3({ namespace }: XmlElement): boolean {
  return namespace === '' || namespace === S3_NAMESPACE
}
