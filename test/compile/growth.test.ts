import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { type Json, stagesOf } from './stages-of.js'

const decidable = actions.filter(({ kind }) => kind === 'bucket' || kind === 'object').map(({ name }) => name)
const key = (rest: string) => `arn:aws:s3:::bucket/${rest}`
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
/** Some actions, chosen by the bits of a number. */
const actionsBy = (bits: number) => decidable.filter((_, at) => ((bits * (at + 1) * 2_654_435_761) >>> 0) % 3 === 0)

/** Policies that grow with a number; their own text grows in proportion to it. */
const families: Readonly<Record<string, (size: number) => readonly Json[]>> = {
  'statements on a key each': (size) => times(size, (at) => ({ Resource: key(`${at}`) })),
  'statements on a prefix each': (size) => times(size, (at) => ({ Resource: key(`users/${at}/*`) })),
  'statements about an account each': (size) => times(size, (at) => ({ Principal: { AWS: `account-${at}` } })),
  'statements about a role each': (size) => times(size, (at) => ({ Principal: { AWS: `arn:aws:iam::1:role/${at}` } })),
  'statements with actions of their own': (size) => times(size, (at) => ({ Action: actionsBy(at) })),
  'statements with an action each': (size) => times(size, (at) => ({ Action: decidable[at % decidable.length], Resource: key(`${at}`) })),
  'statements with a pattern each': (size) => times(size, (at) => ({ Resource: key(`*${at}*?x*`) })),
  'statements with a variable each': (size) => times(size, (at) => ({ Effect: 'Deny', Resource: key(`${at}/\${aws:username}`) })),
  'statements with a condition each': (size) => times(size, (at) => ({ Condition: { StringLike: { 's3:prefix': `${at}*` } } })),
  'statements that name nobody': (size) => times(size, (at) => ({ NotPrincipal: { AWS: `${at}` }, NotResource: key(`${at}`) })),
  'one statement with many values': (size) => [
    { Condition: { IpAddress: { 'aws:SourceIp': times(size, (at) => `10.0.${at >> 8}.${at & 255}`) } } },
  ],
  'principals times resources': (size) => [
    { Principal: { AWS: times(size, (at) => `${at}`) }, Resource: times(size, (at) => key(`${at}/*`)) },
  ],
  'principals times eight resources': (size) => [
    { Principal: { AWS: times(size, (at) => `${at}`) }, Resource: times(8, (at) => key(`${at}/*`)) },
  ],
  'principals times resources, many small': (size) =>
    times(size / 10, (by) => ({ Principal: { AWS: times(10, (at) => `${by}-${at}`) }, Resource: times(10, (at) => key(`${by}-${at}/*`)) })),
  'one resource with many stars': (size) => [{ Resource: key('*a'.repeat(size)) }],
  'one resource with many question marks': (size) => [{ Resource: key('?a*'.repeat(size)) }],
  'stars before the key': (size) => [{ Resource: `arn:aws:s3:::${'*u*b'.repeat(size)}/x` }],
}

describe('a policy twice as large makes a program twice as large', () => {
  test.each(Object.keys(families))('%s', (name) => {
    const make = families[name] as (size: number) => readonly Json[]
    const sizes = [200, 400, 800].map((size) => {
      const { index, layout } = stagesOf(make(size))
      return { words: layout.words.length, strings: layout.strings.join('').length, bodies: index.bodies.length }
    })
    for (const what of ['words', 'strings', 'bodies'] as const) {
      const [small, middle, large] = sizes.map((size) => size[what]) as [number, number, number]
      // Tables are powers of two, and numbers get longer: a little more than twice. Squares would be four times.
      expect([what, large - middle <= 2.6 * (middle - small) + 64]).toEqual([what, true])
    }
  })
})

test('stars before the key, classes of actions and a list of principals together make no more than their sum', () => {
  const bucket = 'b'.repeat(63)
  const shared = {
    Action: 's3:*',
    Principal: { AWS: times(8, (at) => `${at}`) },
    Resource: times(80, (at) => `arn:aws:s3:::*${'?'.repeat(64)}${at}`),
  }
  const own = decidable.map((action) => ({ Action: action, Resource: 'arn:aws:s3:::*q' }))
  const { words } = stagesOf([shared, ...own], { bucket }).layout
  expect(words.length).toBeLessThan(JSON.stringify([shared, ...own]).length * 10)
})

test('a bucket with a long name takes no longer way through a pattern', () => {
  const bucket = 'a'.repeat(20_000)
  const { onObjects } = stagesOf([{ Resource: `arn:aws:s3:::*${'a'.repeat(20_000)}b` }], { bucket }).normalise.statements[0] ?? {
    onObjects: [],
  }
  expect(onObjects).toMatchObject([{ kind: 'template', subject: 'resource', variables: [] }])
})

test('prefixes that nest, a, aa, aaa, …, take a few words each', () => {
  const { words } = stagesOf(times(3_000, (at) => ({ Resource: key(`${'a'.repeat(at + 1)}*`) }))).layout
  expect(words.length).toBeLessThan(3_000 * 40)
})

test('a policy of 20,000 statements compiles', () => {
  const patterns = ['s3:Get*', 's3:Put*', 's3:*Object', 's3:*Acl', 's3:List*', 's3:*Tagging', 's3:Delete*']
  const { layout, index } = stagesOf(
    times(20_000, (at) => ({
      Sid: `${at}`,
      Principal: { AWS: `${at % 5_000}` },
      Action: patterns[at % patterns.length],
      Resource: key(`${at}/*`),
    })),
  )
  expect([index.policy.statements.length, layout.words.length < 20_000 * 100]).toEqual([20_000, true])
})
