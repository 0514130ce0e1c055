import fc from 'fast-check'

/** A change at some place of a JSON document. Places and values are numbers, so that failing changes shrink. */
interface Change {
  readonly kind: (typeof changeKinds)[number]
  /** Which value of the document, counted from the root. */
  readonly place: number
  /** Which name from the pool. */
  readonly name: number
  /** Which value from the pool. */
  readonly value: number
}

const changeKinds = ['replace', 'delete', 'add', 'rename', 'wrap', 'unwrap', 'copy'] as const

/** A pool of names and values that matter to a format, beside those that are strange to any. */
export interface Pool {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

const strangeNames = ['', '$schema', '__proto__', 'constructor', 'hasOwnProperty', 'x', '0']
const strangeValues = [null, true, false, 0, -1, 1.5, 1e21, '', '*', 'x', '10', 'true', [], {}, [[]], [''], ['x'], [{}], [null], [1, true]]

/** Valid documents, changed at up to five random places. */
export function changedDocuments(samples: readonly unknown[], pool: Pool): fc.Arbitrary<unknown> {
  const names = [...strangeNames, ...pool.names]
  const values = [...strangeValues, ...pool.values]
  const change = fc.record<Change>({
    kind: fc.constantFrom(...changeKinds),
    place: fc.nat(),
    name: fc.nat({ max: names.length - 1 }),
    value: fc.nat({ max: values.length - 1 }),
  })
  return fc
    .tuple(fc.constantFrom(...samples.map((sample) => JSON.stringify(sample))), fc.array(change, { maxLength: 5 }))
    .map(([text, changes]) => changes.reduce((document, item) => changed(document, item, names, values), JSON.parse(text)))
}

/**
 * A document changed at one place, in every way: each value replaced by each of the pool, each member left out, called by each other name,
 * and each object with one more member of each name.
 */
export function* everyChange(sample: unknown, pool: Pool): Generator<unknown> {
  const values = [...strangeValues, ...pool.values]
  const names = [...strangeNames, ...pool.names]
  const text = JSON.stringify([sample])
  const change = (index: number, apply: (place: Place) => void): unknown => {
    const root = JSON.parse(text) as unknown[]
    apply(placesIn(root)[index] as Place)
    return root[0] ?? null
  }
  for (const [index, place] of placesIn(JSON.parse(text) as unknown[]).entries()) {
    for (const value of values) yield change(index, (at) => write(at, copyOf(value)))
    yield change(index, remove)
    for (const name of names) {
      if (!Array.isArray(place.container)) yield change(index, (at) => rename(at, name))
      if (isObject(read(place))) {
        for (const value of ['x', true, ['x'], {}]) yield change(index, (at) => define(read(at) as Record<string, unknown>, name, value))
      }
    }
  }
}

type Container = Record<string, unknown> | unknown[]

interface Place {
  readonly container: Container
  readonly key: string | number
}

function changed(document: unknown, { kind, place, name, value }: Change, names: readonly string[], values: readonly unknown[]): unknown {
  // The root stands in a list of its own, so that it has a place like any other value.
  const root = [document]
  const places = placesIn(root)
  const at = places[place % places.length] as Place
  const current = read(at)
  switch (kind) {
    case 'replace':
      write(at, copyOf(values[value]))
      break
    case 'delete':
      remove(at)
      break
    case 'add':
      if (Array.isArray(current)) current.splice(place % (current.length + 1), 0, copyOf(values[value]))
      else if (isObject(current)) define(current, names[name] ?? '', copyOf(values[value]))
      break
    case 'rename':
      if (!Array.isArray(at.container)) rename(at, names[name] ?? '')
      break
    case 'wrap':
      write(at, [current])
      break
    case 'unwrap':
      if (Array.isArray(current) && current.length > 0) write(at, current[0])
      break
    case 'copy':
      write(at, copyOf(read(places[(place + name * 31 + value) % places.length] as Place)))
      break
  }
  return root[0] ?? null
}

function placesIn(container: Container): Place[] {
  const keys: (string | number)[] = Array.isArray(container) ? [...container.keys()] : Object.keys(container)
  return keys.flatMap((key) => {
    const place = { container, key }
    const value = read(place)
    return isObject(value) || Array.isArray(value) ? [place, ...placesIn(value)] : [place]
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read({ container, key }: Place): unknown {
  return (container as Record<string | number, unknown>)[key]
}

function write({ container, key }: Place, value: unknown): void {
  if (Array.isArray(container)) container[key as number] = value
  else define(container, key as string, value)
}

function remove({ container, key }: Place): void {
  if (Array.isArray(container)) container.splice(key as number, 1)
  else delete container[key]
}

function rename(place: Place, name: string): void {
  const value = read(place)
  remove(place)
  define(place.container as Record<string, unknown>, name, value)
}

/** Unlike an assignment this makes `__proto__` a member like any other, as `JSON.parse` does. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

function copyOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
