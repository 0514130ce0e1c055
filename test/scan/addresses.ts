import fc from 'fast-check'
import { mutated } from './ranges.js'

const decimal = fc.oneof(
  { weight: 8, arbitrary: fc.nat(255).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', '00', '01', '256', '300', '999', '1000', '-1', '１', 'a') },
)
const ipv4 = fc.oneof(
  fc.ipV4(),
  fc.array(decimal, { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.')),
  fc.array(decimal, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')),
)
const group = fc.oneof(
  { weight: 10, arbitrary: fc.nat(0xffff).map((value) => value.toString(16)) },
  { weight: 4, arbitrary: fc.constantFrom('0', '00', '0000', 'fFfF', 'ABCD') },
  { weight: 1, arbitrary: fc.constantFrom('', '00000', 'g', 'İ', '１', '1.2') },
)
const groups = (minLength: number, maxLength: number) => fc.array(group, { minLength, maxLength }).map((parts) => parts.join(':'))
const join = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''))
const none = fc.constant('')
const gap = fc.constant('::')
const colon = fc.constant(':')

/** Addresses of both families in every notation, mapped ones among them, and what is nearly one. */
export const addresses = mutated(
  fc.oneof(
    ipv4,
    fc.ipV6(),
    groups(7, 9),
    join(groups(5, 7), colon, ipv4),
    join(fc.oneof(none, groups(1, 4)), gap, fc.oneof(none, groups(1, 4))),
    join(fc.oneof(none, groups(1, 3)), gap, groups(1, 3), colon, ipv4),
    join(fc.oneof(none, groups(1, 6)), gap, ipv4),
    join(fc.constantFrom('::ffff:', '::FFFF:', '0:0:0:0:0:ffff:', '0::ffff:', '::0:fFfF:', '::fffe:', '::1:ffff:', '::ffff:0:'), ipv4),
    join(fc.constantFrom('::ffff:', '0:0:0:0:0:ffff:', '::ffff:0:'), groups(2, 2)),
    fc.string({ unit: fc.constantFrom('0', '1', 'f', ':', '.'), maxLength: 12 }),
  ),
  ['0', '1', '25', ':', '::', '.', 'f', 'F', 'g', '@', '`', '/', '%', ' ', '[', '１', '\u0141', '\u0130', '😀'],
)
