import fc from 'fast-check'

/** A text with something around it: what lies between `from` and `to` is `core`. */
export interface Padded {
  readonly core: string
  readonly text: string
  readonly from: number
  readonly to: number
}

export function padded(core: string, before: string, after: string): Padded {
  return { core, text: before + core + after, from: before.length, to: before.length + core.length }
}

/** What would change the answer if a reader looked past the ends of its range; halves of a pair above all. */
const around = [
  '0',
  '5',
  '9',
  '.',
  ':',
  '::',
  '-',
  '+',
  '=',
  'A',
  'a',
  'e',
  'Z',
  'T',
  '/',
  ' ',
  '\ud83d',
  '\ude00',
  '\u212a',
  'arn:',
  '.5',
  ':1',
]

/** The core alone and with each of these around it, for tables of examples. */
export function paddings(core: string): readonly Padded[] {
  return [padded(core, '', ''), ...around.map((other) => padded(core, other, other))]
}

const padding = fc.oneof(
  fc.constant(''),
  fc.array(fc.constantFrom(...around), { maxLength: 3 }).map((parts) => parts.join('')),
)

/** A core with anything around it. */
export function within(core: fc.Arbitrary<string>): fc.Arbitrary<Padded> {
  return fc.tuple(core, padding, padding).map(([inside, before, after]) => padded(inside, before, after))
}

/** The text, or the text after up to three insertions, removals and replacements. */
export function mutated(text: fc.Arbitrary<string>, inserts: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({ place: fc.nat(60), removed: fc.nat(2), added: fc.constantFrom('', ...inserts) })
  return fc.tuple(text, fc.array(change, { maxLength: 3 })).map(([whole, changes]) =>
    changes.reduce((now, { place, removed, added }) => {
      const at = place % (now.length + 1)
      return now.slice(0, at) + added + now.slice(at + removed)
    }, whole),
  )
}

/** How often each law is tried. SCAN_RUNS asks for more. */
export const runs = { numRuns: Number(process.env['SCAN_RUNS'] ?? 5000) }
