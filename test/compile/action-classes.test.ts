import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { type ActionGroup, classesOf } from '../../src/compile/action-classes.js'

const decidable = actions.flatMap(({ kind }, action) => (kind === 'bucket' || kind === 'object' ? [action] : []))
const groups = fc.array(
  fc.subarray(decidable.slice(0, 20)).map((own): ActionGroup => ({ actions: own, statements: [] })),
  { maxLength: 6 },
)

/** What tells two actions apart: their kind, and which groups cover them. */
function identityOf(action: number, list: readonly ActionGroup[]): string {
  return [actions[action]?.kind, ...list.map((group) => group.actions.includes(action))].join(' ')
}

test('actions are of one class if and only if they are of one kind and the same groups cover them; every class knows its groups', () => {
  fc.assert(
    fc.property(groups, (list) => {
      const covered = decidable.filter((action) => list.some((group) => group.actions.includes(action)))
      const identities = new Set(covered.map((action) => identityOf(action, list)))
      const expected = [...identities].map((identity) => covered.filter((action) => identityOf(action, list) === identity))
      const classes = classesOf(list)
      const sorted = (members: readonly (readonly number[])[]) => members.map((own) => own.toSorted((a, b) => a - b).join()).toSorted()
      expect(sorted(classes.map(({ members }) => members))).toEqual(sorted(expected))
      for (const { kind, members, groups: own } of classes) {
        expect(members.every((action) => actions[action]?.kind === kind)).toBe(true)
        expect(own).toEqual(list.filter((group) => group.actions.includes(members[0] as number)))
      }
    }),
    { numRuns: 1_000 },
  )
})
