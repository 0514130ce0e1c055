import { describe, expect, test } from 'vitest'
import type { Atom, Dimension } from '../../../src/analyze/dimensions/dimension.js'
import { type Block, mergeBoxes } from '../../../src/analyze/regions/merge.js'
import { Budget } from '../../../src/analyze/search/budget.js'
import { type Box, boxesOf } from '../../../src/analyze/search/diagram.js'
import { allowedOnlyBy } from '../../../src/analyze/search/goals.js'
import { Inquiry } from '../../../src/analyze/search/inquiry.js'
import { type Route, routesOf } from '../../../src/analyze/search/route.js'
import { mulberry32, pick, type Random } from '../../differential/random.js'
import { generatePair } from '../brute-force/pairs.js'
import { sceneOf } from '../brute-force/scene.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)

/** One atom of every dimension of a route. */
type Cell = ReadonlyMap<Dimension, Atom>

function cellOf(random: Random, { dimensions }: Route): Cell {
  return new Map(dimensions.map((dimension) => [dimension, pick(random, dimension.atoms)]))
}

function isInBox({ parts }: Box, cell: Cell): boolean {
  return Array.from(parts).every(([dimension, atoms]) => atoms.includes(cell.get(dimension) as Atom))
}

/** Atoms of blocks may be those of the same values in another dimension, where a key cannot be there. */
function isInBlock(block: Block, { action, callers, dimensions }: Route, cell: Cell): boolean {
  if (!action.actions.every((row) => block.actions.includes(row))) return false
  const members: readonly unknown[] = block.callers.get(callers) ?? []
  if (!members.includes(cell.get(callers.callers))) return false
  return dimensions.every((dimension) => {
    const part = block.parts.get(dimension.name)
    const value = JSON.stringify(cell.get(dimension)?.value)
    return dimension === callers.callers || part === undefined || part.atoms.some((atom) => JSON.stringify(atom.value) === value)
  })
}

describe('blocks', () => {
  test(`cover the same requests as the boxes that they are put together from (GRANTREE_SEED=${seed})`, () => {
    const random = mulberry32(seed)
    let seen = 0
    let fewer = 0
    for (let left = 40; left > 0; left--) {
      const { before, after } = sceneOf(generatePair(random))
      const inquiry = new Inquiry([before.subject, after.subject])
      for (const scene of inquiry.scenes) {
        const space = pick(random, inquiry.spacesOf(scene).list)
        const goal = allowedOnlyBy(space, 1, 0)
        const routes = [...routesOf(space)]
        const own = routes.map((route) => boxesOf(route, goal, new Budget(100_000), 10_000) ?? [])
        const blocks = mergeBoxes(own.flat())
        fewer += own.flat().length - blocks.length
        for (const [index, route] of routes.entries()) {
          for (let more = 12; more > 0; more--) {
            const cell = cellOf(random, route)
            const isBoxed = own[index]?.some((box) => isInBox(box, cell)) ?? false
            if (isBoxed) seen++
            expect(blocks.some((block) => isInBlock(block, route, cell))).toBe(isBoxed)
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(20)
    expect(fewer).toBeGreaterThan(20)
  })

  test(`are cells that do not overlap before they are put together (GRANTREE_SEED=${seed})`, () => {
    const random = mulberry32(seed)
    for (let left = 20; left > 0; left--) {
      const { before, after } = sceneOf(generatePair(random))
      const inquiry = new Inquiry([before.subject, after.subject])
      for (const scene of inquiry.scenes) {
        const space = pick(random, inquiry.spacesOf(scene).list)
        for (const route of routesOf(space)) {
          const boxes = boxesOf(route, allowedOnlyBy(space, 1, 0), new Budget(100_000), 10_000) ?? []
          const cell = cellOf(random, route)
          expect(boxes.filter((box) => isInBox(box, cell)).length).toBeLessThanOrEqual(1)
        }
      }
    }
  })
})
