/** What `npm run bench` runs, each in a process of its own, and what Node needs to be told for it. */
export interface Subject {
  readonly name: string
  readonly flags: readonly string[]
}

const GC = '--expose-gc'

export const subjects: readonly Subject[] = [
  { name: 'decide', flags: [GC] },
  { name: 'allocation', flags: [GC, '--min-semi-space-size=128', '--max-semi-space-size=128'] },
  { name: 'keys', flags: [GC] },
  { name: 'g2', flags: [GC, '--max-old-space-size=12288'] },
  { name: 'compile', flags: [GC] },
  { name: 'hostile', flags: [GC] },
  { name: 'image', flags: [GC] },
  { name: 'http', flags: [GC] },
]

/** What measures a subject alone. */
export function commandOf(subject: string): string {
  const flags = subjects.find(({ name }) => name === subject)?.flags ?? []
  return ['node', ...flags, '--import', 'tsx', `bench/${subject}.ts`].join(' ')
}
