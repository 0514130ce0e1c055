import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSnapshot } from '../../src/authorizer/change.js'
import { evaluate, parseRequest } from '../../src/index.js'
import { decide } from '../../src/program/decide.js'
import type { BucketEntry, DecisionProgram } from '../../src/program/decision-program.js'
import { loadKeys } from '../../src/program/key-program.js'
import { loadPolicy } from '../../src/program/load.js'
import { createRegisters, endRequest } from '../../src/program/registers.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { snapshotOf } from '../evaluate/ask.js'
import { scenes } from '../laws/scenes.js'

/** The program as another thread would have it: its words and strings copied, and loaded again. */
function copied(program: DecisionProgram): DecisionProgram {
  const bucket = (entry: BucketEntry): BucketEntry => {
    if (entry.policy.kind !== 'program') return entry
    const { words, strings } = entry.policy.program
    return { ...entry, policy: { ...entry.policy, program: loadPolicy(structuredClone({ words, strings })) } }
  }
  return {
    ...program,
    keys: { ...program.keys, places: program.keys.places.map(({ words, strings }) => loadKeys(structuredClone({ words, strings }))) },
    buckets: {
      ...program.buckets,
      places: program.buckets.places.map((entries) => new Map(Array.from(entries, ([name, entry]) => [name, bucket(entry)] as const))),
    },
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
