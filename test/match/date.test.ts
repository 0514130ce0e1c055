import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareInstants, type Instant, instantOfMilliseconds, millisecondsOfInstant, parseInstant } from '../../src/match/date.js'

function read(text: string): Instant {
  const instant = parseInstant(text)
  if (instant === undefined) throw new Error(`\`${text}\` is no instant`)
  return instant
}

const at = (seconds: number, nanos = 0): Instant => ({ seconds, nanos })

const pad = (value: number, length = 2) => String(value).padStart(length, '0')

describe('parseInstant, ISO 8601', () => {
  test.each([
    { text: '1970-01-01', instant: at(0) },
    { text: '1970-01-02', instant: at(86_400) },
    { text: '1969-12-31', instant: at(-86_400) },
    { text: '2026-09-21', instant: at(1_789_948_800) },
    { text: '2026-09-21T14:13:20Z', instant: at(1_790_000_000) },
    { text: '2026-09-21T14:13Z', instant: at(1_789_999_980) },
    { text: '2026-09-21T00:00:00Z', instant: at(1_789_948_800) },
    { text: '2026-09-21T23:59:59Z', instant: at(1_790_035_199) },
    { text: '2026-09-21T14:13:20.5Z', instant: at(1_790_000_000, 500_000_000) },
    { text: '2026-09-21T14:13:20.000Z', instant: at(1_790_000_000) },
    { text: '2026-09-21T14:13:20.123456789Z', instant: at(1_790_000_000, 123_456_789) },
    { text: '2026-09-21T14:13:20.000000001Z', instant: at(1_790_000_000, 1) },
    { text: '2026-09-21T14:13:20+00:00', instant: at(1_790_000_000) },
    { text: '2026-09-21T14:13:20-00:00', instant: at(1_790_000_000) },
    { text: '2026-09-21T16:13:20+02:00', instant: at(1_790_000_000) },
    { text: '2026-09-21T12:13:20-02:00', instant: at(1_790_000_000) },
    { text: '2026-09-21T19:58:20.25+05:45', instant: at(1_790_000_000, 250_000_000) },
    { text: '2026-09-21T16:13+02:00', instant: at(1_789_999_980) },
    { text: '2026-09-21T00:00:00+23:59', instant: at(1_789_948_800 - 86_340) },
    { text: '2026-09-21T23:59:59-23:59', instant: at(1_790_035_199 + 86_340) },
    { text: '1969-12-31T23:59:59.5Z', instant: at(-1, 500_000_000) },
    { text: '0000-01-01', instant: at(-62_167_219_200) },
    { text: '0000-02-29', instant: at(-62_162_121_600) },
    { text: '0001-01-01', instant: at(-62_135_596_800) },
    { text: '9999-12-31T23:59:59.999999999Z', instant: at(253_402_300_799, 999_999_999) },
    { text: '2000-02-29', instant: at(951_782_400) },
    { text: '2024-02-29', instant: at(1_709_164_800) },
  ])('$text', ({ text, instant }) => {
    expect(parseInstant(text)).toEqual(instant)
  })

  test.each([
    { what: 'no month', texts: ['2026-00-10', '2026-13-10', '2026-99-10'] },
    { what: 'no day', texts: ['2026-01-00', '2026-01-32', '2026-04-31', '2026-06-31', '2026-09-31', '2026-11-31', '2026-12-99'] },
    { what: 'no 29 February', texts: ['2026-02-29', '1900-02-29', '2100-02-29', '2000-02-30', '2024-02-30'] },
    { what: 'too few digits', texts: ['2026-9-21', '2026-09-1', '2026-09', '2026-09-', '2026-', '26-09-21', '2026--9-21', '-026-09-21'] },
    { what: 'too many digits', texts: ['12026-09-21', '+2026-09-21', '2026-09-211', '2026-009-21', '2026-09-021'] },
    { what: 'other separators', texts: ['2026/09/21', '2026-09/21', '2026-09.21', '20260921-', '2026-0921', '2026-09T21'] },
    { what: 'weeks and ordinal days', texts: ['2026-W38-1', '2026-264', '2026-W38'] },
    {
      what: 'something around it',
      texts: [' 2026-09-21', '2026-09-21 ', '2026-09-21Z', '2026-09-21T', '2026-09-21T14:13:20Z ', '2026-09-21\n'],
    },
    { what: 'no capital T and Z', texts: ['2026-09-21t14:13:20Z', '2026-09-21T14:13:20z', '2026-09-21 14:13:20Z', '2026-09-21_14:13:20Z'] },
    { what: 'no zone', texts: ['2026-09-21T14:13:20', '2026-09-21T14:13', '2026-09-21T14:13:20.5', '2026-09-21T14'] },
    { what: 'two zones', texts: ['2026-09-21T14:13:20ZZ', '2026-09-21T14:13:20Z+02:00', '2026-09-21T14:13:20+02:00Z'] },
    { what: 'no hour', texts: ['2026-09-21T24:00:00Z', '2026-09-21T24:00Z', '2026-09-21T1:13Z', '2026-09-21T-4:13Z', '2026-09-21T99:13Z'] },
    { what: 'no minute', texts: ['2026-09-21T14:60Z', '2026-09-21T14:1Z', '2026-09-21T14:Z', '2026-09-21T14Z', '2026-09-21T14:99Z'] },
    {
      what: 'no second',
      texts: ['2026-09-21T14:13:60Z', '2026-09-21T23:59:60Z', '2026-09-21T14:13:2Z', '2026-09-21T14:13:Z', '2026-09-21T14:13:-1Z'],
    },
    { what: 'too long a second', texts: ['2026-09-21T14:13:200Z', '2026-09-21T14:130:20Z', '2026-09-21T140:13:20Z'] },
    {
      what: 'no fraction of a second',
      texts: ['2026-09-21T14:13:20.Z', '2026-09-21T14:13:20,5Z', '2026-09-21T14:13:20.5.5Z', '2026-09-21T14:13:20.5aZ'],
    },
    { what: 'a fraction of something else', texts: ['2026-09-21T14:13.5Z', '2026-09-21T14:13:.5Z', '2026-09-21T14.5Z', '2026-09-21.5'] },
    { what: 'a fraction of ten digits', texts: ['2026-09-21T14:13:20.1234567890Z', '2026-09-21T14:13:20.0000000000Z'] },
    {
      what: 'no offset',
      texts: ['2026-09-21T14:13:20+24:00', '2026-09-21T14:13:20-24:00', '2026-09-21T14:13:20+02:60', '2026-09-21T14:13:20 02:00'],
    },
    {
      what: 'half an offset',
      texts: ['2026-09-21T14:13:20+', '2026-09-21T14:13:20+02', '2026-09-21T14:13:20+02:', '2026-09-21T14:13:20+02:0'],
    },
    { what: 'an offset spelled otherwise', texts: ['2026-09-21T14:13:20+0200', '2026-09-21T14:13:20+2:00', '2026-09-21T14:13:20+02:000'] },
    { what: 'an offset with another sign', texts: ['2026-09-21T14:13:20~02:00', '2026-09-21T14:13:20+02.00', '2026-09-21T14:13:20+:0200'] },
    {
      what: 'other separators in the time',
      texts: ['2026-09-21T14.13:20Z', '2026-09-21T14:13.20Z', '2026-09-21T14-13-20Z', '2026-09-21T141320Z'],
    },
    { what: 'letters in place of digits', texts: ['aaaa-bb-cc', '202a-09-21', '2026-0a-21', '2026-09-2a', '２０２６-09-21'] },
    { what: 'letters in the time', texts: ['2026-09-21T1a:13Z', '2026-09-21T14:1aZ', '2026-09-21T14:13:2aZ', '2026-09-21T14:13:20+0a:00'] },
  ])('$what', ({ texts }) => {
    expect(texts.filter((text) => parseInstant(text) !== undefined)).toEqual([])
  })

  const years = [0, 1, 3, 4, 100, 400, 1600, 1700, 1899, 1900, 1904, 1968, 1969, 1970, 1971, 1972, 1999, 2000, 2001].concat([
    2023, 2024, 2025, 2026, 2027, 2028, 2099, 2100, 2104, 2400, 9996, 9999,
  ])

  test.each(years)('every day of %i, and days that are none', (year) => {
    const differences: string[] = []
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = `${pad(year, 4)}-${pad(month)}-${pad(day)}`
        const date = new Date(0)
        date.setUTCFullYear(year, month - 1, day)
        const exists = date.toISOString().startsWith(`${text}T`)
        const expected = exists ? at(date.getTime() / 1000) : undefined
        if (JSON.stringify(parseInstant(text)) !== JSON.stringify(expected)) differences.push(text)
      }
    }
    expect(differences).toEqual([])
  })

  const time = fc
    .record({
      day: fc.integer({ min: -719_528, max: 2_932_896 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      second: fc.option(fc.integer({ min: 0, max: 59 }), { nil: undefined }),
      millisecond: fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
      zone: fc.oneof(
        fc.constant('Z'),
        fc
          .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
          .map(([sign, h, m]) => `${sign}${pad(h)}:${pad(m)}`),
      ),
    })
    .map(({ day, hour, minute, second, millisecond, zone }) => {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
      const fraction = millisecond === undefined ? '' : `.${pad(millisecond, 3)}`
      return `${date}T${pad(hour)}:${pad(minute)}${second === undefined ? '' : `:${pad(second)}${fraction}`}${zone}`
    })

  test('a date and time is the instant that Date.parse reads', () => {
    fc.assert(
      fc.property(time, (text) => {
        const { seconds, nanos } = read(text)
        expect(seconds * 1000 + nanos / 1_000_000).toBe(Date.parse(text))
        expect(nanos).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })

  test('one character more, less or other never makes a date of another meaning than Date.parse gives it', () => {
    const character = fc.constantFrom('0', '1', '3', '6', '9', '-', '+', ':', '.', 'T', 'Z', ' ')
    const isIso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/
    fc.assert(
      fc.property(time, fc.nat(30), fc.nat(1), fc.option(character, { nil: '' }), (text, place, removed, added) => {
        const changed = text.slice(0, place) + added + text.slice(place + removed)
        fc.pre(changed[4] === '-' && changed[0] !== '-')
        const instant = parseInstant(changed)
        const date = new Date(changed.slice(0, 10))
        // Date.parse takes 30 February for 2 March, and 24:00 for midnight.
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(changed.slice(0, 10)) && !changed.includes('T24:')
        if (!isIso.test(changed) || Number.isNaN(Date.parse(changed)) || !exists) expect(instant).toBeUndefined()
        else expect(instant && millisecondsOfInstant(instant)).toBe(Math.floor(Date.parse(changed)))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('parseInstant, Unix seconds', () => {
  test.each([
    { text: '0', instant: at(0) },
    { text: '1', instant: at(1) },
    { text: '007', instant: at(7) },
    { text: '1790000000', instant: at(1_790_000_000) },
    { text: '1790000000.5', instant: at(1_790_000_000, 500_000_000) },
    { text: '1.000000001', instant: at(1, 1) },
    { text: '1.123456789', instant: at(1, 123_456_789) },
    { text: '1.0', instant: at(1) },
    { text: '-1', instant: at(-1) },
    { text: '-0', instant: at(0) },
    { text: '-0.0', instant: at(0) },
    { text: '-1.0', instant: at(-1) },
    { text: '-1.5', instant: at(-2, 500_000_000) },
    { text: '-0.5', instant: at(-1, 500_000_000) },
    { text: '-0.000000001', instant: at(-1, 999_999_999) },
    { text: '999999999999999', instant: at(999_999_999_999_999) },
    { text: '-999999999999999', instant: at(-999_999_999_999_999) },
    { text: '000000000000001', instant: at(1) },
    { text: '2026', instant: at(2026) },
    { text: '20260921', instant: at(20_260_921) },
  ])('$text', ({ text, instant }) => {
    expect(parseInstant(text)).toEqual(instant)
  })

  test.each([
    { what: 'nothing', texts: ['', '-'] },
    { what: 'a sign that is no single minus in front', texts: ['+1', '--1', '1-', '-1-', '-12-', '-123-', '-1234-09-21'] },
    { what: 'a point without digits on both sides', texts: ['.5', '-.5', '1.', '-1.', '1..5', '1.5.5', '1.a'] },
    { what: 'a fraction of ten digits', texts: ['1.1234567890', '1.0000000000'] },
    { what: 'sixteen digits before the point', texts: ['1000000000000000', '-1000000000000000', '0000000000000001'] },
    { what: 'an exponent', texts: ['1e3', '1E3', '1.5e3'] },
    { what: 'blanks and separators', texts: [' 1', '1 ', '1\n', '1,5', '1:5', '1/5', '1_000'] },
    { what: 'other notations', texts: ['0x10', '１', '1a', 'a', 'NaN', 'Infinity', 'now'] },
  ])('$what', ({ texts }) => {
    expect(texts.filter((text) => parseInstant(text) !== undefined)).toEqual([])
  })

  test('seconds and nanoseconds together are the number written, exactly', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 0, max: 999_999_999_999_999 }),
        fc.option(digits, { nil: undefined }),
        (negative, whole, fraction) => {
          const text = `${negative ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}`
          const { seconds, nanos } = read(text)
          const magnitude = BigInt(whole) * 1_000_000_000n + BigInt((fraction ?? '0').padEnd(9, '0'))
          expect(BigInt(seconds) * 1_000_000_000n + BigInt(nanos)).toBe(negative ? -magnitude : magnitude)
          expect(nanos).toBeGreaterThanOrEqual(0)
          expect(nanos).toBeLessThan(1_000_000_000)
          expect(Object.is(seconds, -0)).toBe(false)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('compareInstants', () => {
  test.each([
    { a: '0', b: '1970-01-01', expected: 0 },
    { a: '1790000000', b: '2026-09-21T14:13:20Z', expected: 0 },
    { a: '2026-09-21T16:13:20+02:00', b: '2026-09-21T12:13:20-02:00', expected: 0 },
    { a: '2026-09-21', b: '2026-09-21T00:00Z', expected: 0 },
    { a: '1', b: '2', expected: -1 },
    { a: '-1', b: '1', expected: -1 },
    { a: '1.1', b: '1.2', expected: -1 },
    { a: '1.000000001', b: '1', expected: 1 },
    { a: '-1.5', b: '-1', expected: -1 },
    { a: '-1.5', b: '-1.25', expected: -1 },
    { a: '2.1', b: '1.9', expected: 1 },
    { a: '2026-09-21T14:13:20.000000001Z', b: '2026-09-21T14:13:20Z', expected: 1 },
  ])('$a against $b: $expected', ({ a, b, expected }) => {
    expect(Math.sign(compareInstants(read(a), read(b)))).toBe(expected)
    expect(Math.sign(compareInstants(read(b), read(a))) + 0).toBe(-expected + 0)
  })
})

describe('milliseconds', () => {
  test.each([
    { milliseconds: 0, instant: at(0) },
    { milliseconds: 1, instant: at(0, 1_000_000) },
    { milliseconds: 999, instant: at(0, 999_000_000) },
    { milliseconds: 1000, instant: at(1) },
    { milliseconds: 1_790_000_000_123, instant: at(1_790_000_000, 123_000_000) },
    { milliseconds: -1, instant: at(-1, 999_000_000) },
    { milliseconds: -1000, instant: at(-1) },
    { milliseconds: -1001, instant: at(-2, 999_000_000) },
  ])('$milliseconds is $instant and back', ({ milliseconds, instant }) => {
    expect(instantOfMilliseconds(milliseconds)).toEqual(instant)
    expect(millisecondsOfInstant(instant)).toBe(milliseconds)
  })

  test.each([
    { instant: at(0, 999_999), milliseconds: 0 },
    { instant: at(0, 1_999_999), milliseconds: 1 },
    { instant: at(-1, 999_999_999), milliseconds: -1 },
    { instant: at(-1, 1), milliseconds: -1000 },
    { instant: at(5, 1_000_000), milliseconds: 5001 },
  ])('$instant is $milliseconds, rounded down', ({ instant, milliseconds }) => {
    expect(millisecondsOfInstant(instant)).toBe(milliseconds)
  })

  test('a time in milliseconds comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (milliseconds) => {
        const instant = instantOfMilliseconds(milliseconds)
        expect(millisecondsOfInstant(instant)).toBe(milliseconds)
        expect(instant).toEqual(read(new Date(milliseconds).toISOString()))
      }),
    )
  })
})
