import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import type { ClassIndex, EffectIndex, IndexRule, PolicyIndex, TrieNode } from '../../src/compile/policy-index.js'
import { MOST_CLASSES } from '../../src/program/layout.js'
import { type Json, stagesOf } from './stages-of.js'

function indexed(statements: readonly Json[]): PolicyIndex {
  return stagesOf(statements).index
}

const decidable = actions.filter(({ kind }) => kind === 'bucket' || kind === 'object').map(({ name }) => name)

/** Each rule under a node with its prefix. */
function rulesOf(root: TrieNode | undefined): readonly (readonly [string, IndexRule])[] {
  const waiting = root === undefined ? [] : [{ node: root, prefix: '' }]
  const rules: (readonly [string, IndexRule])[] = []
  for (const { node, prefix } of waiting) {
    rules.push(...node.rules.map((rule) => [prefix + node.label, rule] as const))
    waiting.push(...node.children.map((child) => ({ node: child, prefix: prefix + node.label })))
  }
  return rules
}

function rulesOfClass({ everyone, principals }: ClassIndex): readonly (readonly [string, IndexRule])[] {
  return [...rulesOf(everyone), ...principals.flatMap(({ node }) => rulesOf(node))]
}

/** The class of an action, as the statements its rules lead to. */
function statementsFor({ bodies }: PolicyIndex, effect: EffectIndex, action: string): readonly number[] {
  const number = effect.classOf[actions.findIndex(({ name }) => name === action)] as number
  const found = effect.classes[number - 1]
  return found === undefined ? [] : [...new Set(rulesOfClass(found).map(([, { body }]) => bodies[body]?.statement as number))].sort()
}

describe('classes of actions', () => {
  const objects = 'arn:aws:s3:::bucket/*'
  test.each<[string, readonly Json[], Readonly<Record<string, readonly number[]>>, number]>([
    ['one statement is one class a kind', [{}], { 's3:GetObject': [0], 's3:ListBucket': [0], 's3:CreateJob': [] }, 2],
    [
      'what is on no object has no class of object actions',
      [{ Resource: 'arn:aws:s3:::bucket' }],
      { 's3:GetObject': [], 's3:ListBucket': [0] },
      1,
    ],
    ['what is on another bucket has no class', [{ Resource: 'arn:aws:s3:::other/*' }], { 's3:GetObject': [] }, 0],
    ['a Deny is in no class of the Allows', [{ Effect: 'Deny' }], { 's3:GetObject': [] }, 0],
    [
      'actions that the same statements cover are one class',
      [
        { Action: ['s3:GetObject', 's3:PutObject'], Resource: objects },
        { Action: ['s3:PutObject', 's3:DeleteObject'], Resource: objects },
      ],
      { 's3:GetObject': [0], 's3:PutObject': [0, 1], 's3:DeleteObject': [1] },
      3,
    ],
    [
      'statements with the same actions share their classes',
      [
        { Action: 's3:GetObject', Resource: objects },
        { Action: ['S3:GetObject'], Resource: 'arn:aws:s3:::bucket/a' },
      ],
      { 's3:GetObject': [0, 1] },
      1,
    ],
  ])('%s', (_, statements, expected, classes) => {
    const index = indexed(statements)
    for (const [action, list] of Object.entries(expected))
      expect([action, statementsFor(index, index.allow, action)]).toEqual([action, list])
    expect(index.allow.classes).toHaveLength(classes)
  })

  test('an action’s class leads to exactly the statements that cover it, however many there are', () => {
    const statement = fc.record({ Action: fc.subarray(decidable.slice(0, 60)), Effect: fc.constantFrom('Allow', 'Deny') })
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 150 }), (statements) => {
        const index = indexed(statements)
        for (const [effect, name] of [
          [index.allow, 'Allow'],
          [index.deny, 'Deny'],
        ] as const) {
          for (const action of decidable.slice(0, 61)) {
            const number = effect.classOf[actions.findIndex((row) => row.name === action)] as number
            const rules = number === 0 ? [] : rulesOfClass(effect.classes[number - 1] as ClassIndex)
            const place = actions.findIndex((row) => row.name === action)
            const found = rules
              .map(([, { body }]) => index.bodies[body])
              .filter((body) => body?.actions === undefined || body.actions.includes(place))
              .map((body) => body?.statement as number)
            const expected = [...statements.keys()].filter(
              (at) => statements[at]?.Effect === name && statements[at]?.Action.includes(action),
            )
            expect(found.sort((a, b) => a - b)).toEqual(expected)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  test('where classes would multiply there is one a kind, and every statement tells its actions itself', () => {
    const statements = Array.from({ length: 300 }, (_, at) => ({
      Action: decidable.filter((_, place) => Math.imul((place + 1) * (at + 1), 0x9e3779b1) > 0),
    }))
    const { allow, bodies } = indexed(statements)
    expect(allow.classes).toHaveLength(2)
    for (const { statement, actions: own } of bodies) expect(own?.length).toBe(statements[statement]?.Action.length)
  })

  test('there are never more classes than a byte can tell', () => {
    const statements = decidable.map((Action) => ({ Action }))
    expect(indexed(statements).allow.classes.length).toBeLessThanOrEqual(MOST_CLASSES)
  })
})

describe('where a statement stands', () => {
  const placesOf = (statement: Json) => {
    const { allow, deny, bodies } = indexed([{ Action: 's3:GetObject', ...statement }])
    const [found] = [...allow.classes, ...deny.classes]
    const rest = ({ rest: own }: IndexRule) => (typeof own === 'string' ? own : own.kind)
    return {
      everyone: rulesOf(found?.everyone).map(([prefix, rule]) => [prefix, rest(rule)]),
      principals: found?.principals.map(({ principal, node }) => [principal, ...rulesOf(node).map(([prefix]) => prefix)]),
      test: bodies[0]?.principal?.test,
    }
  }
  const key = (rest: string) => `arn:aws:s3:::bucket/${rest}`

  test.each<[Json, readonly (readonly [string, string])[]]>([
    [{ Resource: '*' }, [['', 'any']]],
    [{ Resource: key('a/*') }, [['a/', 'any']]],
    [{ Resource: key('a/b') }, [['a/b', 'end']]],
    [{ Resource: key('a/*b') }, [['a/', 'pattern']]],
    [{ Resource: key('?a') }, [['', 'pattern']]],
    [{ Resource: key('a?*') }, [['a', 'pattern']]],
    [
      { Resource: [key('a'), key('b*')] },
      [
        ['a', 'end'],
        ['b', 'any'],
      ],
    ],
    [{ Resource: key('home/${aws:username}/*') }, [['home/', 'template']]],
    [{ Resource: key('home/${aws:username}/*'), Effect: 'Deny' }, [['', 'template']]],
    [{ Resource: key('${aws:username}') }, [['', 'template']]],
    [{ Resource: 'arn:aws:s3:::${aws:username}/a' }, [['', 'template']]],
    [{ Resource: 'x', Effect: 'Deny' }, [['', 'unknown']]],
    [{ NotResource: key('a') }, [['', 'none-of']]],
  ])('%j', (statement, expected) => {
    expect(placesOf(statement)).toEqual({ everyone: expected, principals: [], test: undefined })
  })

  test.each<[Json, ReturnType<typeof placesOf>]>([
    [
      { Principal: { AWS: ['1', '2'] }, Resource: key('a*') },
      {
        everyone: [],
        principals: [
          [1, 'a'],
          [2, 'a'],
        ],
        test: undefined,
      },
    ],
    [{ Principal: { AWS: ['2*', '1'] } }, { everyone: [['', 'any']], principals: [], test: 'listed' }],
    [{ NotPrincipal: { AWS: '1' } }, { everyone: [['', 'any']], principals: [], test: 'not-listed' }],
    [
      { NotPrincipal: { AWS: '1' }, Effect: 'Deny' },
      { everyone: [['', 'any']], principals: [], test: 'not-spared' },
    ],
    [{ Principal: { AWS: [] } }, { everyone: [], principals: [], test: undefined }],
  ])('whom it is about: %j', (statement, expected) => {
    expect(placesOf(statement)).toEqual(expected)
  })

  test('many principals times many resources stand with everyone, and the statement tells its principals itself', () => {
    const AWS = Array.from({ length: 40 }, (_, at) => `account-${at}`)
    const Resource = Array.from({ length: 40 }, (_, at) => key(`${at}/*`))
    const { everyone, principals, test: own } = placesOf({ Principal: { AWS }, Resource })
    expect([everyone.length, principals, own]).toEqual([40, [], 'listed'])
  })
})
