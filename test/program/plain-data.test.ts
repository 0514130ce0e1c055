import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSnapshot } from '../../src/authorizer/change.js'
import { evaluate, parseRequest } from '../../src/index.js'
import { decide } from '../../src/program/decide.js'
import type { DecisionProgram, NameShard, StoredPolicy } from '../../src/program/decision-program.js'
import { loadPolicy } from '../../src/program/load.js'
import { createRegisters, endRequest } from '../../src/program/registers.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { indexRows } from '../../src/tables/pack-shard.js'
import { mapShards, type Shard } from '../../src/tables/table.js'
import { snapshotOf } from '../evaluate/ask.js'
import { scenes } from '../laws/scenes.js'

/** The program as another thread would have it: its words and strings copied, and loaded again. */
function copied({ keys, names, nameHashes, ...counts }: DecisionProgram): DecisionProgram {
  const policy = (own: StoredPolicy): StoredPolicy => {
    if (own.kind !== 'program') return own
    const { words, strings } = own.program
    return { ...own, program: loadPolicy(structuredClone({ words, strings })) }
  }
  const shard = ({ words: own, rows }: Shard): Shard => {
    const words = structuredClone(own)
    return { words, rows: rows && indexRows(words) }
  }
  const nameShard = (own: NameShard): NameShard => ({ ...shard(own), policies: own.policies.map(policy), texts: new Map() })
  return {
    keys: mapShards(keys, shard),
    names: mapShards(names, nameShard),
    nameHashes: structuredClone(nameHashes),
    ...counts,
  }
}

test('a copy of words and strings decides the same, and as the reference, and whatever was decided before with the same registers', () => {
  fc.assert(
    fc.property(scenes, ({ snapshot: json, requests }) => {
      const snapshot = snapshotOf(json)
      const program = compileSnapshot(snapshot)
      const copy = copied(program)
      const registers = createRegisters()
      for (const each of requests) {
        const request = parseRequest(each).request as AuthorizationRequest
        const decision = decide(program, registers, request)
        endRequest(registers)
        const { verdict, reason } = evaluate(snapshot, request)
        expect([decision.verdict, decision.reason]).toEqual([verdict, reason])
        expect(decide(copy, createRegisters(), request)).toEqual(decision)
        expect(Object.isFrozen(decision)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
