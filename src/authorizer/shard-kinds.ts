import type { NameShard, StoredPolicy } from '../program/decision-program.js'
import { NAME_POLICY } from '../program/name-layout.js'
import { recordOf, rowsOf, type Shard } from '../tables/table.js'
import type { ShardKind } from '../tables/write-table.js'

/** Shards of names number the policies of their own buckets. @param policies those that rows in the making refer to, counted from 1 */
export function nameKind(policies: StoredPolicy[]): ShardKind<NameShard> {
  return {
    make({ words, rows }) {
      const own: StoredPolicy[] = []
      for (const row of rowsOf(words)) {
        const at = recordOf(words, row) + NAME_POLICY
        if (words[at] !== 0) words[at] = own.push(policies[(words[at] as number) - 1] as StoredPolicy)
      }
      return { words, rows, policies: own, texts: new Map() }
    },
    copyRow(shard, row, writer) {
      // As it is stored: what an image holds packed stays so.
      const policy = shard.policies[(shard.words[recordOf(shard.words, row) + NAME_POLICY] as number) - 1]
      const place = writer.copy(shard.words, row)
      if (policy !== undefined) writer.set(recordOf(writer.words, place) + NAME_POLICY, policies.push(policy))
    },
  }
}

/** Shards of keys are their rows and nothing else. */
export const keyKind: ShardKind<Shard> = {
  make: (shard) => shard,
  copyRow: ({ words }, row, writer) => {
    writer.copy(words, row)
  },
}
