import { isIP, isIPv4 } from 'node:net'
import {
  conditionsOf,
  entriesOf,
  type Item,
  keyName,
  list,
  lower,
  type Policy,
  remembering,
  type Statement,
} from '../differential/read-policy.js'

/** True, false, or undefined for unknown (S1). */
export type Truth = boolean | undefined
/** A key's values (none: it is absent), or undefined where the key is unknown. */
export type Context = (key: string) => readonly string[] | undefined
export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth)
export const any = (list: readonly Truth[]): Truth => (list.includes(true) ? true : list.includes(undefined) ? undefined : false)
export const all = (list: readonly Truth[]): Truth => not(any(list.map(not)))
const MULTI_VALUED =
  /^aws:(tagkeys|calledvia|(principal|resource|source|vpce)orgpaths|principalservicenameslist)$|^s3:(inventory|requestobjecttagk)/
/** What stands for a variable: null if it is unset, undefined if its key is unknown or it has no valid form. */
function substitute(name: string | undefined, fallback: string | undefined, context: Context): string | null | undefined {
  const values = name === undefined ? undefined : context(keyName(name))
  return values && ((values.length === 1 && !MULTI_VALUED.test(keyName(`${name}`)) ? values[0] : fallback) ?? null)
}
const VARIABLE = /\$\{(?:([*?$])|([^\s,$'{}](?:[^,$'{}]*[^\s,$'{}])?)(?:, *'([^'${]*)')?)\}|\$\{|[^*?$]+|./gs
const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
/** A text as RegExp source, with variables (S7) if there is a context: a value becomes `(\u{...}){1}`, where no colon splits it. */
export function read(text: string, hasWildcards: boolean, context?: Context) {
  const values: (string | null | undefined)[] = []
  let isMalformed = false
  const source = text.replace(context ? VARIABLE : /[^*?]+|./gs, (token, escaped, name, fallback) => {
    if (hasWildcards && /^[*?]$/.test(token)) return token === '*' ? '.*' : '.'
    if (!context || !token.startsWith('${')) return quote(token)
    const value = escaped ?? substitute(name, fallback, context)
    values.push(value)
    isMalformed ||= escaped === undefined && name === undefined
    return `(${Array.from(value ?? '', (char: string) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join('')}){1}`
  })
  return { source, isUnknown: values.includes(undefined), isUnset: values.includes(null), isMalformed }
}
const exactly = remembering((source) => new RegExp(`^(?:${source})$`, 'su'))
const ignoringCase = remembering((source) => new RegExp(`^(?:${source})$`, 'siu'))
const globs = remembering((pattern) => exactly(read(pattern, true).source))
export const glob = (pattern: string, text: string): boolean => globs(pattern).test(text)
/** The six parts of an ARN, or none. */
export const cut = remembering((arn) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1) ?? [])
export const matchesByPart = (source: string, arn: string): boolean =>
  cut(source).every((part, at) => exactly(part).test(cut(arn)[at] ?? ''))

/** Nanoseconds since 1970. */
export function instant(text: string): bigint | undefined {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text) ?? []
  if (whole) return BigInt(`${sign}${whole}${part.padEnd(9, '0')}`)
  const form = /^(\d{4}-\d\d-\d\d)(?:T((?:[01]\d|2[0-3]):[0-5]\d)(?:(:[0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/
  const [, day, minute = '00:00', second = ':00', fraction = '', zone = 'Z'] = form.exec(text) ?? []
  // Date.parse takes a 30th of February; JSON shows what it made of it.
  if (day === undefined || !JSON.stringify(new Date(`${day}T00:00Z`)).includes(day)) return undefined
  return BigInt(Date.parse(`${day}T${minute}${second}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}
/** Sign, digits before the point, and all digits without outer zeros: an exponent may be too large to multiply out. */
type Form = readonly [sign: number, size: number, digits: string]
function decimal(text: string): Form | undefined {
  const [, minus, whole, part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text) ?? []
  const digits = `${whole ?? ''}${part}`.replace(/^0+/, '')
  if (whole === undefined || digits === '') return whole === undefined ? undefined : [0, 0, '']
  return [minus ? -1 : 1, digits.length - part.length + Number(exponent), digits.replace(/0+$/, '')]
}
const order = <T>(left: T, right: T): number => (left < right ? -1 : left > right ? 1 : 0)
const compare = (a: Form, b: Form): number => order(a[0], b[0]) || a[0] * (order(a[1], b[1]) || order(a[2], b[2]))
const FORMS: Record<string, (text: string) => Form | undefined> = {
  Numeric: decimal,
  Date: (text) => decimal(String(instant(text))),
  Bool: (text) => (/^(true|false)$/i.test(text) ? [1, 0, lower(text)] : undefined),
  Binary: (text) => (Buffer.from(text, 'base64').toString('base64') === text ? [1, 0, text] : undefined),
}
/** IPv4 is read as the IPv4-mapped IPv6 it equals (S8), so `length` is of 128; an address is a range of full length. */
export function range(text: string) {
  const [, address = '', suffix] = /^([^/%]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? []
  const skipped = isIPv4(address) ? 96 : 0
  const length = skipped + Number(suffix ?? 128 - skipped)
  if (isIP(address) === 0 || length > 128) return undefined
  const hex = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16)
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${skipped ? '::ffff:' : ''}${hex(a, b)}:${hex(c, d)}`)
  const missing = 8 - plain.split(':').filter((group) => group !== '').length
  const groups = plain.replace('::', `:${'0:'.repeat(missing)}`).match(/[^:]+/g) ?? []
  const number = BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`)
  return { length, number, isV4: length >= 96 && number >> 32n === 0xffffn }
}
export function inRange(operand: string, value: string): Truth {
  const [outer, inner] = [range(operand), value.includes('/') ? undefined : range(value)]
  return outer && inner && outer.isV4 === inner.isV4 && (outer.number ^ inner.number) >> BigInt(128 - outer.length) === 0n
}
/** One operand with one value, under an operator without its `Not`. */
function pair(base: string, operand: string, value: string, variables?: Context): Truth {
  if (base === 'IpAddress') return inRange(operand, value)
  const form = FORMS[/^(Numeric|Date|Bool|Binary)/.exec(base)?.[0] ?? '']
  if (form) {
    const [left, right] = [form(value), form(operand)]
    if (!left || !right) return undefined
    const sign = compare(left, right)
    return sign === 0 ? !base.endsWith('Than') : base.includes(sign < 0 ? 'Less' : 'Greater')
  }
  const isArn = base.startsWith('Arn')
  const { source, isUnknown, isUnset, isMalformed } = read(operand, isArn || base === 'StringLike', variables)
  if (isArn && cut(value)[0] !== 'arn') return undefined
  if (isUnset && !isMalformed) return false
  if (isUnknown || (isArn && cut(source).length === 0)) return undefined
  return isArn ? matchesByPart(source, value) : (base.endsWith('IgnoreCase') ? ignoringCase : exactly)(source).test(value)
}
/** S8.3 to S8.9; `variables` is the context where they may stand. */
export function condition(operator: string, operands: readonly string[], values: ReturnType<Context>, variables?: Context): Truth {
  const [, prefix, base = '', ifExists] = /^(?:(.*):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  if (values === undefined) return undefined
  const isAbsent = values.length === 0
  if (base === 'Null' && prefix) return prefix === 'ForAllValues'
  if (base === 'Null') return any(operands.map((text) => (/^(true|false)$/i.test(text) ? /true/i.test(text) === isAbsent : undefined)))
  const positive = base.replace('Not', '')
  if (isAbsent) return ifExists !== undefined || prefix === 'ForAllValues' || (base !== positive && !prefix)
  const results = values.map((value) => {
    const matched = any(operands.map((operand) => pair(positive, operand, value, variables)))
    return base === positive ? matched : not(matched)
  })
  return prefix === 'ForAllValues' ? all(results) : prefix || results.length === 1 ? any(results) : undefined
}

const PINNING = /^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress)$/
const CALLERS = /^aws:(principal(arn|account|orgid|orgpaths)|source(arn|vpce?|owner|account|ip)|userid)$|^s3:dataaccesspoint(account|arn)$/
/** S10.3: the condition lets only fixed callers through. */
function pins([operator, key, operands]: Item): boolean {
  const isFixed = (operand: string): boolean => {
    const size = range(operand)
    if (key === 'aws:sourceip') return operator.endsWith('IpAddress') && size !== undefined && size.length >= (size.isV4 ? 96 + 8 : 32)
    const isInAccount = key === 's3:dataaccesspointarn' && /^arn:[^:*?]+:[^:*?]+:[^:]*:[^:*?]+:accesspoint\//.test(operand)
    return !operand.includes('${') && (isInAccount || !/Like|Arn/.test(operator) || !/[*?]/.test(operand))
  }
  return PINNING.test(operator) && CALLERS.test(key) && operands.length > 0 && operands.every(isFixed)
}
export function isPublic({ Statement }: Policy): boolean {
  const isOpen = (each: Statement) => each.NotPrincipal !== undefined || entriesOf(each).some((entry) => /[*?]/.test(entry))
  return list(Statement).some((each) => each.Effect === 'Allow' && isOpen(each) && !conditionsOf(each).some(pins))
}
