import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of a processor that each program below this process has used so far, user and system, by its name. */
export function processorTimes(): ReadonlyMap<string, number> {
  const all = readdirSync('/proc').flatMap((name) => readProcess(name))
  const ours = new Set([process.pid])
  // A parent's number may be above its child's, so it takes as many turns as the tree is deep.
  for (let before = 0; before < ours.size; ) {
    before = ours.size
    for (const { id, parent } of all) if (ours.has(parent)) ours.add(id)
  }
  const times = new Map<string, number>()
  for (const { id, name, milliseconds } of all) {
    if (ours.has(id) && id !== process.pid) times.set(name, (times.get(name) ?? 0) + milliseconds)
  }
  return times
}

/** Linux counts in hundredths of a second. */
const TICK = 10

interface RunningProcess {
  readonly id: number
  readonly parent: number
  readonly name: string
  readonly milliseconds: number
}

function readProcess(id: string): RunningProcess[] {
  if (!Number.isInteger(Number(id))) return []
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'latin1')
    // The name is in brackets, and may have brackets and blanks itself.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [, parent = 0] = fields
    const [user = 0, system = 0] = fields.slice(11)
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    return [{ id: Number(id), parent, name, milliseconds: (user + system) * TICK }]
  } catch {
    // It has ended meanwhile.
    return []
  }
}
