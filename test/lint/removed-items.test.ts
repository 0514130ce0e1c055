import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redundantValue } from '../../src/lint/rules/conditions/redundant-value.js'
import { redundantPrincipal } from '../../src/lint/rules/principals/redundant-principal.js'
import type { Rule } from '../../src/lint.js'
import { isInRange, parseAddress, parseRange } from '../../src/match/cidr.js'
import { matchesWildcard, wildcard } from '../../src/match/wildcard.js'
import { applyFixes, foundIn, lintCase } from './lint-case.js'

/** The list after all fixes. */
function listAfter(rule: Rule, list: readonly string[], around: (list: string) => string, read: (policy: unknown) => unknown): unknown {
  const text = around(`[ ${list.map((item) => JSON.stringify(item)).join(' ,\n ')} ]`)
  const each = { why: '', text }
  const { findings } = lintCase(rule, foundIn(each), each)
  const fixed = applyFixes(text, findings)
  expect(lintCase(rule, foundIn({ why: '', text: fixed }), each).findings).toEqual([])
  return read(JSON.parse(fixed))
}

interface Read {
  readonly Statement: readonly [
    { readonly Principal: { readonly AWS: unknown }; readonly Condition: Record<string, { readonly k: unknown }> },
  ]
}

function valuesAfter(operator: string, key: string, list: readonly string[]): readonly string[] {
  const around = (values: string) =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"${operator}":{"${key}":${values}}}}]}`
  const read = (policy: unknown) => Object.values(Object.values((policy as Read).Statement[0].Condition)[0] ?? {})[0]
  return listAfter(redundantValue, list, around, read) as readonly string[]
}

const short = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 }).map((letters) => letters.join(''))

test('patterns without those that others cover match the same', () => {
  fc.assert(
    fc.property(fc.array(short, { minLength: 1, maxLength: 6 }), fc.array(short, { maxLength: 20 }), (patterns, texts) => {
      const left = valuesAfter('StringLike', 's3:prefix', patterns)
      const matches = (list: readonly string[], text: string) => list.some((pattern) => matchesWildcard(wildcard(pattern), text))
      for (const text of texts) expect(matches(left, text)).toBe(matches(patterns, text))
    }),
  )
})

test('blocks without those that others cover hold the same addresses', () => {
  const block = fc
    .tuple(fc.constantFrom(0, 1, 128, 129), fc.integer({ min: 22, max: 32 }))
    .map(([last, length]) => `203.0.113.${last}/${length}`)
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.nat(255), (blocks, last) => {
      const left = valuesAfter('IpAddress', 'aws:SourceIp', blocks)
      const address = parseAddress(`203.0.113.${last}`)
      const holds = (list: readonly string[]) =>
        list.some((text) => {
          const range = parseRange(text)
          return address !== undefined && range !== undefined && isInRange(address, range)
        })
      expect(holds(left)).toBe(holds(blocks))
    }),
  )
})

test('principals are left once each, in their order', () => {
  const principal = fc.constantFrom('111122223333', '444455556666', 'arn:aws:iam::111122223333:user/a', 'arn:aws:iam::111122223333:role/b')
  const around = (list: string) =>
    `{"Statement":[{"Effect":"Allow","Principal":{"AWS":${list}},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"}]}`
  fc.assert(
    fc.property(fc.array(principal, { minLength: 1, maxLength: 8 }), (list) => {
      const left = listAfter(redundantPrincipal, list, around, (policy) => (policy as Read).Statement[0].Principal.AWS)
      expect(left).toEqual([...new Set(list)])
    }),
  )
})
