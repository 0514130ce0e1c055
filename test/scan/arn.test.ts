import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseArn } from '../../src/match/arn.js'
import { createArnColons, readArnColons } from '../../src/scan/arn.js'
import { mutated, type Padded, paddings, runs, within } from './ranges.js'

const untouched = { c1: -1, c2: -1, c3: -1, c4: -1, c5: -1 }
const out = createArnColons()

/** The six parts between the colons. */
function parts({ text, from, to }: Padded): readonly string[] | undefined {
  Object.assign(out, untouched)
  if (!readArnColons(text, from, to, out)) {
    expect(out).toEqual(untouched)
    return undefined
  }
  const starts = [from, ...Object.values(out).map((colon) => colon + 1)]
  const ends = [...Object.values(out), to]
  return starts.map((start, index) => text.slice(start, ends[index]))
}

describe('readArnColons', () => {
  test.each([
    { core: 'arn:aws:s3:::b', expected: ['arn', 'aws', 's3', '', '', 'b'] },
    { core: 'arn:aws:s3:::b/k:with:colons', expected: ['arn', 'aws', 's3', '', '', 'b/k:with:colons'] },
    { core: 'arn:::::', expected: ['arn', '', '', '', '', ''] },
    { core: 'arn::::::', expected: ['arn', '', '', '', '', ':'] },
    { core: 'arn:a\nb:é:😀:e:f\n', expected: ['arn', 'a\nb', 'é', '😀', 'e', 'f\n'] },
    { core: 'arn::::', expected: undefined },
    { core: 'arn:aws:s3::b', expected: undefined },
    { core: 'arn', expected: undefined },
    { core: 'arn:', expected: undefined },
    { core: '', expected: undefined },
    { core: ':::::', expected: undefined },
    { core: 'ARN:aws:s3:::b', expected: undefined },
    { core: ' arn:aws:s3:::b', expected: undefined },
    { core: 'arnx:aws:s3:::b', expected: undefined },
    { core: 'urn:aws:s3:::b', expected: undefined },
  ])('$core', ({ core, expected }) => {
    expect(parseArn(core)).toEqual(expected)
    for (const place of paddings(core)) expect(parts(place)).toEqual(expected)
  })

  test('counts from the start of the text', () => {
    expect(readArnColons('xxarn:a:b:c:d:e', 2, 15, out)).toBe(true)
    expect(out).toEqual({ c1: 5, c2: 7, c3: 9, c4: 11, c5: 13 })
    // The fifth colon lies past the end.
    expect(readArnColons('xxarn:a:b:c:d:e', 2, 13, out)).toBe(false)
  })

  test('the same as parseArn on every text', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '/', 'é', '😀', '*'), maxLength: 3 })
    const arn = fc.array(part, { minLength: 3, maxLength: 7 }).map((rest) => `arn:${rest.join(':')}`)
    const text = fc.oneof(
      arn,
      mutated(arn, [':', '::', 'arn:', 'A', 'n']),
      fc.string({ unit: fc.constantFrom('a', 'r', 'n', ':'), maxLength: 10 }),
    )
    fc.assert(
      fc.property(within(text), (place) => {
        expect(parts(place)).toEqual(parseArn(place.core))
      }),
      runs,
    )
  })
})
