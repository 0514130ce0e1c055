import { describe, expect, test } from 'vitest'
import { normalizedSize, parsePolicy } from '../../src/index.js'
import { codesOf, policyWith, problemsOf } from './policy-text.js'

const empty = policyWith({ Sid: '""' })

function sizeOf(text: string): number {
  const { policy } = parsePolicy(text)
  if (policy === undefined) throw new Error('no policy')
  return normalizedSize(policy)
}

/** The text of a policy that takes so many bytes once normalised, with the Sid in characters of so many bytes each. */
function policyOf(bytes: number, character = 'x', bytesEach = 1): string {
  const rest = bytes - sizeOf(empty)
  return policyWith({ Sid: `"${character.repeat(Math.floor(rest / bytesEach))}${'x'.repeat(rest % bytesEach)}"` })
}

const limit = 20_480

describe('the size of a policy', () => {
  test.each<[bytes: number, codes: readonly string[]]>([
    [limit - 1, []],
    [limit, []],
    [limit + 1, ['policy-too-large']],
    [2 * limit, ['policy-too-large']],
  ])('%i bytes: %j', (bytes, codes) => {
    expect(sizeOf(policyOf(bytes))).toBe(bytes)
    expect(codesOf(policyOf(bytes))).toEqual(codes)
  })

  test.each<[character: string, bytesEach: number]>([
    ['x', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['\\u20ac', 3],
    ['\\"', 2],
    ['\\/', 1],
    ['\\u0041', 1],
    ['\\u0001', 6],
  ])('%s counts %i bytes of UTF-8 as JSON writes it', (character, bytesEach) => {
    expect(codesOf(policyOf(limit, character, bytesEach))).toEqual([])
    expect(codesOf(policyOf(limit + 1, character, bytesEach))).toEqual(['policy-too-large'])
  })

  test('white space does not count', () => {
    const spacious = policyOf(limit).replaceAll('\n', '\n'.repeat(1000))
    expect(spacious.length).toBeGreaterThan(limit + 5000)
    expect(codesOf(spacious)).toEqual([])
    expect(codesOf(JSON.stringify(JSON.parse(policyOf(limit)), undefined, 8))).toEqual([])
  })

  test('nor do the brackets of lists of one', () => {
    const listed = JSON.parse(policyOf(limit)).Statement
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { ...listed, Action: [listed.Action], Resource: [listed.Resource] },
    })
    expect(codesOf(text)).toEqual([])
  })

  test('S3 keeps statements in a list, so its brackets count', () => {
    const { Version, Statement } = JSON.parse(empty)
    const compact = JSON.stringify({ Version, Statement: [Statement] })
    expect(sizeOf(empty)).toBe(compact.length)
  })

  test('the message tells the size', () => {
    expect(problemsOf(policyOf(limit + 1))[0]?.message).toContain('20481')
  })
})
