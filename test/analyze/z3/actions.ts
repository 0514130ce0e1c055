import { type ActionRow, actions, commonActionKeys, resourceTypeKeys } from '../../../src/catalog/actions.js'
import { globMatches } from './regexes.js'
import type { RequestSpace } from './request-space.js'
import { or, type Term } from './terms.js'

/** The actions that a policy can decide; the place in this list stands for the action. */
export const policyActions: readonly ActionRow[] = actions.filter(({ kind }) => kind === 'bucket' || kind === 'object')

const bits = (index: number): Term => `(_ bv${index} 8)`

/** The action is one that the test accepts, as ranges of numbers. */
export function actionIs(accepts: (action: ActionRow) => boolean): Term {
  const ranges: [first: number, last: number][] = []
  policyActions.forEach((action, index) => {
    if (!accepts(action)) return
    const range = ranges.at(-1)
    if (range?.[1] === index - 1) range[1] = index
    else ranges.push([index, index])
  })
  if (ranges[0]?.[0] === 0 && ranges[0][1] === policyActions.length - 1) return 'true'
  return or(
    ...ranges.map(([first, last]) =>
      first === last ? `(= action ${bits(first)})` : `(and (bvule ${bits(first)} action) (bvule action ${bits(last)}))`,
    ),
  )
}

export function declareAction(space: RequestSpace): void {
  space.declare('action', '(_ BitVec 8)')
  space.require(`(bvult action ${bits(policyActions.length)})`)
}

export const isObjectAction: Term = actionIs(({ kind }) => kind === 'object')

/** A pattern of Action, without regard to ASCII case (S5). */
export function actionMatches(pattern: string): Term {
  const isEvery = pattern === '*'
  return actionIs(({ name }) => isEvery || globMatches(lower(pattern), lower(name)))
}

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** The action can carry the key, or the family that ends in `/`. */
export function actionCarries(key: string): Term {
  return actionIs(({ keys, resourceTypes, lacks = [] }) => {
    const carried = [...keys, ...resourceTypes.flatMap((type) => resourceTypeKeys[type] ?? []), ...commonActionKeys]
    return carried.includes(key) && !lacks.includes(key)
  })
}
