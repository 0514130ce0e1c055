import { describe, expect, test } from 'vitest'
import { type Bits, both, either, without } from '../../src/analyze/bits.js'
import type { Dimension } from '../../src/analyze/dimensions/dimension.js'
import type { Space } from '../../src/analyze/dimensions/space.js'
import type { Scene } from '../../src/analyze/scene/scene.js'
import { requestOf } from '../../src/analyze/search/draft.js'
import { verdictsAt } from '../../src/analyze/search/goals.js'
import { Inquiry } from '../../src/analyze/search/inquiry.js'
import { draftOf, type Route, routesOf } from '../../src/analyze/search/route.js'
import { verdictBits } from '../../src/analyze/search/verdicts.js'
import { derivedKeyErrors, evaluate, parseRequest } from '../../src/index.js'
import { chance, mulberry32, pick, type Random } from '../differential/random.js'
import { generatePair } from './brute-force/pairs.js'
import { sceneOf } from './brute-force/scene.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
const cases = Number(process.env['GRANTREE_SPACES'] ?? 60)
const location = { path: [], span: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } } }

/** One atom of every dimension, and any of its samples. */
interface Cell {
  readonly values: readonly unknown[]
  readonly alive: readonly Bits[]
}

function cellOf(random: Random, { dimensions }: Route): Cell {
  const chosen = dimensions.map(({ atoms }) => pick(random, atoms))
  return { values: chosen.map(({ samples }) => pick(random, samples)), alive: chosen.map(({ alive }) => alive) }
}

/** What the clauses of a cell say is what the evaluator says of its request; what is not chosen yet leaves that open. */
function checkCell(random: Random, scene: Scene, space: Space, route: Route, seen: Set<string>): void {
  const { action, callers, dimensions } = route
  const cell = cellOf(random, route)
  const row = pick(random, action.actions)
  const draft = draftOf(space, route, row, cell.values)
  // Only requests for this action can be of that operation.
  if (draft.isHeadBucket && row.name !== 's3:ListBucket') return
  const request = requestOf({ time: 0, ...draft })
  const all = cell.alive.reduce(both, action.alive)
  const half = dimensions.map(() => chance(random, 0.5))
  const soFar = cell.alive.filter((_, at) => half[at]).reduce(both, action.alive)
  const open = dimensions
    .filter((_, at) => !half[at])
    .reduce((bits: Bits, { involved }: Dimension) => either(bits, involved), without(soFar, soFar))
  for (const [side, { snapshotFor }] of scene.sides.entries()) {
    const snapshot = snapshotFor(request.bucket)
    const { request: read, diagnostics } = parseRequest(request)
    const problems = read === undefined ? diagnostics : derivedKeyErrors(snapshot, read, location)
    if (problems.length > 0) expect({ request, problems }).toEqual({ request, problems: [] })
    const { verdict } = evaluate(snapshot, request)
    seen.add(verdict)
    const said = verdictsAt(space, side, action, callers, { alive: all, settled: all })
    if (said !== verdictBits[verdict]) expect({ request, side, said }).toEqual({ request, side, said: verdictBits[verdict] })
    const possible = verdictsAt(space, side, action, callers, { alive: soFar, settled: without(soFar, open) })
    if ((possible & verdictBits[verdict]) === 0)
      expect({ request, side, possible }).toEqual({ request, side, possible: verdictBits[verdict] })
  }
}

describe('the cells of a space', () => {
  test(`have the verdicts that the evaluator has for their requests (GRANTREE_SPACES=${cases} GRANTREE_SEED=${seed})`, () => {
    const random = mulberry32(seed)
    const seen = new Set<string>()
    let cells = 0
    for (let left = cases; left > 0; left--) {
      const { before, after } = sceneOf(generatePair(random))
      const inquiry = new Inquiry([before.subject, after.subject])
      for (const scene of inquiry.scenes) {
        const { list } = inquiry.spacesOf(scene)
        for (let space = 0; space < Math.min(list.length, 4); space++) {
          const chosen = pick(random, list)
          const routes = [...routesOf(chosen)]
          for (let more = 30; more > 0 && routes.length > 0; more--) {
            checkCell(random, scene, chosen, pick(random, routes), seen)
            cells++
          }
        }
      }
    }
    expect(cells).toBeGreaterThan(cases * 20)
    expect([...seen].sort()).toEqual(['Allow', 'ExplicitDeny', 'ImplicitDeny'])
  })
})
