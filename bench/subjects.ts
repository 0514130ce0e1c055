/** What `npm run bench` runs, each in a process of its own, and what Node needs to be told for it. */
export interface Subject {
  readonly name: string
  readonly flags: readonly string[]
  /** Below bench/, if it is not named after the subject. */
  readonly script?: string
  /** What `npm run bench` leaves out because it installs programs, which takes root: the command that runs it. */
  readonly command?: string
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
  { name: 'forward-auth', flags: [], script: 'forward-auth/main.ts', command: 'npm run bench:forward-auth' },
]

/** What measures a subject alone. */
export function commandOf(subject: string): string {
  const found = subjects.find(({ name }) => name === subject)
  return found?.command ?? ['node', ...(found?.flags ?? []), '--import', 'tsx', `bench/${subject}.ts`].join(' ')
}
