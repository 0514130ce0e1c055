import { readFileSync } from 'node:fs'
import type { SnapshotJson } from '../../src/snapshot/snapshot-json.js'

/** The snapshot of fixtures/<name>. @param replaced what stands in it for something else: the office's addresses, for example */
export function workedExample(
  name: 'photography' | 'tenants' | 'environments',
  replaced: Readonly<Record<string, string>> = {},
): SnapshotJson {
  let text = readFileSync(new URL(`../../fixtures/${name}/snapshot.json`, import.meta.url), 'utf8')
  for (const [from, to] of Object.entries(replaced)) {
    if (!text.includes(from)) throw new Error(`there is no ${from} in ${name}`)
    text = text.replaceAll(from, to)
  }
  return JSON.parse(text) as SnapshotJson
}
