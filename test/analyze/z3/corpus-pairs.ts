import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Pair } from './compare.js'

const folder = process.env['GRANTREE_CORPUS'] ?? new URL('../../../../shared/corpus/', import.meta.url).pathname
export const corpusIsThere = existsSync(folder)

/**
 * Policies that others wrote, two and two: mutations of one policy with it and with each other, and those that were made for one
 * measurement. None where the folder is not there.
 */
export function corpusPairs(): readonly Pair[] {
  if (!corpusIsThere) return []
  return [...groupsIn('quacky', quackyStem), ...groupsIn('accessrefinery', (name) => /^[A-Za-z]+(_\d+Keys)?/.exec(name)?.[0] ?? name)]
}

function groupsIn(name: string, groupOf: (file: string) => string): readonly Pair[] {
  const files = readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.json'))
    .sort()
  const groups = new Map<string, string[]>()
  for (const file of files) groups.set(groupOf(file), [...(groups.get(groupOf(file)) ?? []), file])
  return [...groups.values()].flatMap((group) =>
    group.flatMap((file, index) => group.slice(index + 1).map((other) => pairOf(name, file, other))),
  )
}

function pairOf(name: string, before: string, after: string): Pair {
  const read = (file: string) => readFileSync(join(folder, name, file), 'utf8')
  return { name: `${basename(before, '.json')} | ${basename(after, '.json')}`, before: read(before), after: read(after) }
}

/** What the mutations of one policy and its original share in their names. */
function quackyStem(file: string): string {
  const [, stem = file] = /^[a-z]+_(?:s3_|iam_)?exp_(?:single|multiple)_(.+?)(?:_\d+)*_?\.\d+\.[0-9a-f]+\.json$/.exec(file) ?? []
  return stem.replace(/(-\d|\d)$/, '')
}
