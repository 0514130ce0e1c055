import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Authorizer, evaluate } from '../../src/index.js'
import { scenes } from '../laws/scenes.js'
import { requestOf, snapshotOf } from './ask.js'

/** So many that neither keys nor names stand in one shard. */
const others = Authorizer.from({
  buckets: Array.from({ length: 2_500 }, (_, at) => ({ name: `other-${at}`, owner: `owner-${at % 50}` })),
  keys: Array.from({ length: 2_500 }, (_, at) => ({
    accessKey: `OTHER${at}`,
    account: `owner-${at % 50}`,
    grants: [{ bucket: `other-${at}`, permission: 'read' as const }],
  })),
  accounts: Array.from({ length: 50 }, (_, at) => ({ id: `owner-${at}`, canonicalId: `other-canonical-${at}` })),
})

test('what else there is in a snapshot does not matter to a request, and what is decided about many is what is decided about few', () => {
  expect([others.program.keys.bits > 0, others.program.names.bits > 0]).toEqual([true, true])
  fc.assert(
    fc.property(scenes, ({ snapshot: json, requests }) => {
      const snapshot = snapshotOf(json)
      const few = Authorizer.from(snapshot)
      const many = others.with(json as object)
      for (const each of requests) {
        const request = requestOf(each)
        const { verdict, reason, statement, grant } = evaluate(snapshot, request)
        expect(many.decide(request)).toEqual(few.decide(request))
        expect(many.decide(request)).toMatchObject({ verdict, reason })
        expect(many.explain(request)).toMatchObject({ verdict, reason, ...(statement && { statement }), ...(grant && { grant }) })
        expect(many.grantOf(request)).toEqual(grant)
        expect(many.requirements(request)).toEqual(few.requirements(request))
      }
    }),
    { numRuns: 500 },
  )
})
