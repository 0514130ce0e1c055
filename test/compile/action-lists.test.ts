import { expect, test } from 'vitest'
import { ActionLists } from '../../src/compile/action-lists.js'
import { stagesOf } from './stages-of.js'

/** The actions of statements, one after another with one memory. */
function listsOf(...statements: readonly { Action?: readonly string[]; NotAction?: readonly string[] }[]): readonly (readonly string[])[] {
  const lists = new ActionLists()
  const textsOf = (texts: readonly string[]) => texts.map((text) => ({ text, location: { path: [], span: { start, end: start } } }))
  return statements.map(({ Action, NotAction }) =>
    lists.of({
      Effect: 'Allow',
      ...(Action && { Action: textsOf(Action) }),
      ...(NotAction && { NotAction: textsOf(NotAction) }),
      Condition: [],
      location: { path: [], span: { start, end: start } },
    }),
  )
}

const start = { offset: 0, line: 1, column: 1 }

test('equal lists share one array', () => {
  const [first, other, again] = listsOf(
    { Action: ['s3:GetObject', 's3:Put*'] },
    { Action: ['s3:GetObject'] },
    { Action: ['s3:GetObject', 's3:Put*'] },
  )
  expect(again).toBe(first)
  expect(other).toEqual(['s3:GetObject'])
})

test.each([
  { what: 'a list and the text that spells it', one: ['12,s3:GetObject'], other: ['s3:GetObject'] },
  { what: 'a text with the lengths of a list', one: ['1,a12,s3:GetObject'], other: ['a', 's3:GetObject'] },
  { what: 'lists that are the same run together', one: ['s3:Get', 'Object'], other: ['s3:GetObject', ''] },
])('$what are two', ({ one, other }) => {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(listsOf({ Action: first }, { Action: second })).toEqual([...listsOf({ Action: first }), ...listsOf({ Action: second })])
  }
})

test('NotAction is not Action', () => {
  const [action, notAction] = listsOf({ Action: ['s3:GetObject'] }, { NotAction: ['s3:GetObject'] }) as [
    readonly string[],
    readonly string[],
  ]
  expect(action).toEqual(['s3:GetObject'])
  expect(notAction).not.toContain('s3:GetObject')
  expect(stagesOf([{ NotAction: 's3:GetObject' }]).normalise.statements[0]?.actions).toEqual(notAction)
})
