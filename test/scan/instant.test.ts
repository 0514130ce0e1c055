import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, parseInstant } from '../../src/match/date.js'
import { createInstant, readInstant } from '../../src/scan/instant.js'
import { mutated, type Padded, paddings, runs, within } from './ranges.js'

const untouched = { seconds: 7, nanos: 7 }
const out = createInstant()

function read({ text, from, to }: Padded): Instant | undefined {
  out.seconds = untouched.seconds
  out.nanos = untouched.nanos
  if (readInstant(text, from, to, out)) return { ...out }
  expect(out).toEqual(untouched)
  return undefined
}

describe('readInstant', () => {
  test.each([
    { core: '0', instant: { seconds: 0, nanos: 0 } },
    { core: '-0', instant: { seconds: 0, nanos: 0 } },
    { core: '-0.0', instant: { seconds: 0, nanos: 0 } },
    { core: '1790000000', instant: { seconds: 1_790_000_000, nanos: 0 } },
    { core: '-1.5', instant: { seconds: -2, nanos: 500_000_000 } },
    { core: '-0.000000001', instant: { seconds: -1, nanos: 999_999_999 } },
    { core: '1234.5', instant: { seconds: 1234, nanos: 500_000_000 } },
    { core: '123456789', instant: { seconds: 123_456_789, nanos: 0 } },
    { core: '1234567890', instant: { seconds: 1_234_567_890, nanos: 0 } },
    { core: '999999999999999', instant: { seconds: 999_999_999_999_999, nanos: 0 } },
    { core: '-999999999999999.999999999', instant: { seconds: -1_000_000_000_000_000, nanos: 1 } },
    { core: '000000000000001', instant: { seconds: 1, nanos: 0 } },
    { core: '0000-01-01', instant: { seconds: -62_167_219_200, nanos: 0 } },
    { core: '2024-02-29', instant: { seconds: 1_709_164_800, nanos: 0 } },
    { core: '2026-09-21T14:13Z', instant: { seconds: 1_789_999_980, nanos: 0 } },
    { core: '2026-09-21T14:13:20.123456789Z', instant: { seconds: 1_790_000_000, nanos: 123_456_789 } },
    { core: '2026-09-21T19:58:20.25+05:45', instant: { seconds: 1_790_000_000, nanos: 250_000_000 } },
    { core: '1969-12-31T23:59:59.5Z', instant: { seconds: -1, nanos: 500_000_000 } },
    { core: '2026-09-21T12:13:20-02:00', instant: { seconds: 1_790_000_000, nanos: 0 } },
    { core: '9999-12-31T23:59:59.999999999-23:59', instant: { seconds: 253_402_387_139, nanos: 999_999_999 } },
  ])('$core', ({ core, instant }) => {
    expect(parseInstant(core)).toEqual(instant)
    for (const place of paddings(core)) expect(read(place)).toEqual(instant)
  })

  test.each([
    {
      what: 'Unix seconds',
      cores: ['', '-', '+1', '1.', '.5', '-.5', '1..5', '1e3', '1000000000000000', '1.1234567890', ' 1', '1 ', '１'],
    },
    { what: 'days', cores: ['2026-00-10', '2026-13-10', '2026-01-00', '2026-04-31', '2026-02-29', '1900-02-29', '2000-02-30'] },
    {
      what: 'dates',
      cores: [
        '2026-',
        '2026-09',
        '2026-09-',
        '2026-09-1',
        '2026-9-21',
        '-026-09-21',
        '2026/09/21',
        '2026-09/21',
        '2026-09-211',
        '12026-09-21',
      ],
    },
    {
      what: 'times',
      cores: ['2026-09-21T', '2026-09-21Z', '2026-09-21T24:00Z', '2026-09-21T14:60Z', '2026-09-21T14:13:60Z', '2026-09-21t14:13Z'],
    },
    {
      what: 'seconds',
      cores: ['2026-09-21T14:13:Z', '2026-09-21T14:13:2Z', '2026-09-21T14:13:', '2026-09-21T14:13:2', '2026-09-21T14:13:200Z'],
    },
    {
      what: 'fractions',
      cores: ['2026-09-21T14:13:20.Z', '2026-09-21T14:13:20,5Z', '2026-09-21T14:13.5Z', '2026-09-21T14:13:20.1234567890Z'],
    },
    {
      what: 'zones',
      cores: [
        '2026-09-21T14:13',
        '2026-09-21T14:13:20',
        '2026-09-21T14:13ZZ',
        '2026-09-21T14:13z',
        '2026-09-21T14:13+24:00',
        '2026-09-21T14:13+0200',
      ],
    },
    {
      what: 'ends',
      cores: [
        '2026-09-21T14:13+',
        '2026-09-21T14:13+02:0',
        '2026-09-21T14:13+02:000',
        '2026-09-21T14:13:20.5',
        '2026-09-21T1',
        '2026-09-21T14:',
      ],
    },
  ])('$what that are none', ({ cores }) => {
    for (const core of cores) {
      expect(parseInstant(core)).toBeUndefined()
      for (const place of paddings(core)) expect([core, read(place)]).toEqual([core, undefined])
    }
  })

  const pad = (max: number, length = 2) => fc.nat(max).map((value) => String(value).padStart(length, '0'))
  const join = (...parts: readonly (fc.Arbitrary<string> | string)[]) =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''))
  const optional = (part: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), part)
  const fraction = optional(join('.', fc.string({ unit: fc.constantFrom('0', '5', '9'), minLength: 1, maxLength: 9 })))
  const year = fc.oneof(pad(9999, 4), fc.constantFrom('0000', '0001', '1900', '1969', '1970', '2000', '2024', '9999'))
  const date = join(year, '-', pad(12), '-', pad(31))
  const zone = fc.oneof(fc.constant('Z'), join(fc.constantFrom('+', '-'), pad(23), ':', pad(59)))
  const time = join('T', pad(23), ':', pad(59), optional(join(':', pad(59), fraction)), zone)
  const unix = join(fc.constantFrom('', '-'), fc.oneof(fc.nat().map(String), fc.maxSafeNat().map(String), pad(10 ** 6, 15)), fraction)
  const inserts = ['0', '1', '9', '-', '+', '.', ':', 'T', 'Z', 't', 'z', ' ', '１', '60', '24', '31', '29', '02-']
  const candidates = fc.oneof(
    date,
    join(date, time),
    unix,
    mutated(date, inserts),
    mutated(join(date, time), inserts),
    mutated(unix, inserts),
    fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '.', ':', 'T', 'Z'), maxLength: 12 }),
  )

  test('the same as parseInstant on every text', () => {
    fc.assert(
      fc.property(within(candidates), (place) => {
        expect([place.core, read(place)]).toEqual([place.core, parseInstant(place.core)])
      }),
      runs,
    )
  })

  test('every day of five centuries', () => {
    for (let days = -146_097; days <= 36_525; days++) {
      const core = new Date(days * 86_400_000).toISOString().slice(0, 10)
      if (!readInstant(core, 0, 10, out) || out.seconds !== days * 86_400) expect([core, out.seconds]).toEqual([core, days * 86_400])
    }
  })
})
