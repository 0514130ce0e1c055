import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionKeys } from '../../src/catalog/condition-keys.js'
import { type AuthorizationRequest, type Explanation, evaluate, parseRequest, parseSnapshot } from '../../src/index.js'
import type { ContextValues } from '../../src/operators/evaluate-operator.js'
import { type Caller, callerOf, noDirectory } from '../../src/request/caller.js'
import { derivedKeys } from '../../src/request/derived-keys.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import { type ContextRecord, type GivenValue, isRequestContext, RequestContext, UNKNOWN } from '../../src/request/request-context.js'
import { scenes } from '../laws/scenes.js'

/** A record with own members of these names, `__proto__` too. */
const record = (...members: readonly (readonly [string, string | readonly string[]])[]): ContextRecord => Object.fromEntries(members)

const user = 'arn:aws:iam::111122223333:user/alice'
const alice = callerOf({ kind: 'aws', arn: user }, noDirectory)
const families = conditionKeys.filter(({ name }) => name.endsWith('/'))
const singles = conditionKeys.filter(({ name }) => !name.endsWith('/'))
const upper = (name: string) => name.toUpperCase()
const lower = (name: string) => name.toLowerCase()

describe('valueOf', () => {
  test.each<{ context: ContextRecord; unknown?: readonly string[]; name: string; value: GivenValue }>([
    { context: {}, name: 'aws:SourceIp', value: undefined },
    { context: { 'aws:SourceIp': '10.0.0.1' }, name: 'aws:SourceIp', value: '10.0.0.1' },
    { context: { 'AWS:sourceip': '10.0.0.1' }, name: 'aws:SourceIp', value: '10.0.0.1' },
    { context: { 'aws:SourceIp': '10.0.0.1' }, name: 'aws:VpcSourceIp', value: undefined },
    // Text stays text, a list stays a list.
    { context: { 'aws:SourceIp': '' }, name: 'aws:SourceIp', value: '' },
    { context: { 'aws:SourceIp': [] }, name: 'aws:SourceIp', value: [] },
    { context: { 'aws:SourceIp': ['x'] }, name: 'aws:SourceIp', value: ['x'] },
    { context: { 'aws:TagKeys': ['b', 'a', 'b', ''] }, name: 'aws:TagKeys', value: ['b', 'a', 'b', ''] },
    // What follows from the caller is kept as it is given: the evaluator decides what counts.
    { context: { 'AWS:USERNAME': 'mallory' }, name: 'aws:username', value: 'mallory' },
    { context: { 'aws:currenttime': 'x' }, name: 'aws:CurrentTime', value: 'x' },
    // Families, with and without case, their bare names, and suffixes with a slash.
    { context: { 'aws:principaltag/Team': 'x' }, name: 'aws:PrincipalTag/team', value: 'x' },
    { context: { 'S3:existingobjecttag/Env': 'x' }, name: 's3:ExistingObjectTag/Env', value: 'x' },
    { context: { 's3:ExistingObjectTag/Env': 'x' }, name: 's3:ExistingObjectTag/env', value: undefined },
    { context: { 's3:ExistingObjectTag/a/B': ['x', 'y'] }, name: 's3:ExistingObjectTag/a/B', value: ['x', 'y'] },
    { context: { 'S3:BUCKETTAG/': 'x' }, name: 's3:BucketTag/', value: 'x' },
    { context: { 's3:BucketTag': 'x' }, name: 's3:BucketTag/', value: undefined },
    { context: { 'aws:SourceIp/': 'x' }, name: 'aws:SourceIp', value: undefined },
    { context: { 'aws:SourceIp/': 'x' }, name: 'aws:sourceip/', value: 'x' },
    // Keys of no catalogue ignore case throughout, and only ASCII case.
    { context: { 'Saml:Sub': 'x' }, name: 'saml:sub', value: 'x' },
    { context: { 'Foo:Bar/Baz': [] }, name: 'foo:bar/baz', value: [] },
    { context: { 'aws:\u212aelvin': 'x' }, name: 'aws:kelvin', value: undefined },
    { context: { '': 'x' }, name: '', value: 'x' },
    { context: { 0: 'x' }, name: '0', value: 'x' },
    // Names that objects have by themselves.
    { context: {}, name: '__proto__', value: undefined },
    { context: {}, name: 'constructor', value: undefined },
    { context: {}, name: 'tostring', value: undefined },
    { context: record(['__proto__', 'x']), name: '__proto__', value: 'x' },
    { context: record(['__PROTO__', ['x', 'y']]), name: '__proto__', value: ['x', 'y'] },
    { context: record(['constructor', 'x']), name: 'constructor', value: 'x' },
    { context: record(['toString', 'x']), name: 'tostring', value: 'x' },
    { context: record(['aws:PrincipalTag/__proto__', 'x']), name: 'aws:PrincipalTag/__proto__', value: 'x' },
    { context: Object.create({ 'aws:SourceIp': 'inherited' }) as ContextRecord, name: 'aws:SourceIp', value: undefined },
    { context: Object.assign(Object.create(null), { 'aws:SourceIp': 'x' }) as ContextRecord, name: 'aws:SourceIp', value: 'x' },
    // Of several spellings the last counts.
    { context: record(['aws:SourceIp', 'x'], ['AWS:SOURCEIP', 'y']), name: 'aws:SourceIp', value: 'y' },
    { context: record(['aws:SourceIp', 'x'], ['AWS:SOURCEIP', []]), name: 'aws:SourceIp', value: [] },
    { context: record(['Saml:Sub', 'x'], ['saml:sub', 'y']), name: 'saml:sub', value: 'y' },
    { context: record(['aws:RequestTag/A', 'x'], ['aws:RequestTag/a', 'y']), name: 'aws:RequestTag/a', value: 'y' },
    { context: record(['s3:BucketTag/A', 'x'], ['s3:BucketTag/a', 'y']), name: 's3:BucketTag/A', value: 'x' },
    // What is not known is not known, whatever the context says.
    { context: {}, unknown: ['aws:SourceIp'], name: 'aws:SourceIp', value: UNKNOWN },
    { context: { 'aws:SourceIp': 'x' }, unknown: ['AWS:sourceip'], name: 'aws:SourceIp', value: UNKNOWN },
    { context: { 'aws:SourceIp': [] }, unknown: ['aws:SourceIp'], name: 'aws:SourceIp', value: UNKNOWN },
    { context: { 'aws:SourceIp': 'x' }, unknown: ['aws:referer'], name: 'aws:SourceIp', value: 'x' },
    { context: {}, unknown: ['a', 'SAML:sub', 'b'], name: 'saml:sub', value: UNKNOWN },
    { context: {}, unknown: ['__proto__'], name: '__proto__', value: UNKNOWN },
    { context: {}, unknown: ['__proto__'], name: 'constructor', value: undefined },
    { context: {}, unknown: ['aws:PrincipalTag/Team'], name: 'aws:PrincipalTag/team', value: UNKNOWN },
    { context: { 's3:BucketTag/a': 'x' }, unknown: ['s3:BucketTag/A'], name: 's3:BucketTag/a', value: 'x' },
    { context: {}, unknown: ['s3:BucketTag/'], name: 's3:BucketTag/', value: UNKNOWN },
    { context: {}, unknown: ['s3:BucketTag/'], name: 's3:BucketTag/a', value: undefined },
    // Whole families.
    { context: {}, unknown: ['s3:ExistingObjectTag/*'], name: 's3:ExistingObjectTag/a', value: UNKNOWN },
    { context: {}, unknown: ['s3:ExistingObjectTag/*'], name: 's3:ExistingObjectTag/', value: UNKNOWN },
    { context: {}, unknown: ['s3:ExistingObjectTag/*'], name: 's3:ExistingObjectTag/*', value: UNKNOWN },
    { context: {}, unknown: ['s3:ExistingObjectTag/*'], name: 's3:ExistingObjectTag/a/b', value: UNKNOWN },
    { context: { 's3:ExistingObjectTag/a': 'x' }, unknown: ['S3:EXISTINGOBJECTTAG/*'], name: 's3:ExistingObjectTag/a', value: UNKNOWN },
    { context: {}, unknown: ['s3:ExistingObjectTag/*'], name: 's3:RequestObjectTag/a', value: undefined },
    { context: {}, unknown: ['s3:ExistingObjectTag/a*'], name: 's3:ExistingObjectTag/ab', value: undefined },
    { context: {}, unknown: ['s3:ExistingObjectTag/a/*'], name: 's3:ExistingObjectTag/a/b', value: undefined },
    { context: {}, unknown: ['FOO/*'], name: 'foo/bar', value: UNKNOWN },
    { context: {}, unknown: ['/*'], name: '/a', value: UNKNOWN },
    { context: {}, unknown: ['/*', '*'], name: 'a', value: undefined },
    { context: {}, unknown: ['/*', '*'], name: 'aws:SourceIp', value: undefined },
    { context: {}, unknown: ['aws:*', 'aws:SourceI*'], name: 'aws:SourceIp', value: undefined },
    // A value of a family's key named `*` is that key's alone.
    { context: { 's3:BucketTag/*': 'x' }, name: 's3:BucketTag/*', value: 'x' },
    { context: { 's3:BucketTag/*': 'x' }, name: 's3:BucketTag/a', value: undefined },
  ])('$name of $context without $unknown: $value', ({ context, unknown, name, value }) => {
    expect(RequestContext.of(context, unknown).valueOf(name)).toEqual(value)
  })

  test.each([
    { spelling: 'as the catalogue', spell: (name: string) => name },
    { spelling: 'in capitals', spell: upper },
    { spelling: 'in small letters', spell: lower },
  ])('every key of the catalogue has a place of its own, spelled $spelling', ({ spell }) => {
    const all = RequestContext.of(Object.fromEntries(singles.map(({ name }) => [spell(name), `of ${name}`])))
    expect(singles.map(({ name }) => all.valueOf(name))).toEqual(singles.map(({ name }) => `of ${name}`))
    expect(all.slots).toEqual(conditionKeys.map(({ name }) => (name.endsWith('/') ? undefined : `of ${name}`)))
    expect(all.others.size).toBe(0)
    for (const { name } of singles) {
      const one = RequestContext.of({ [spell(name)]: 'x' })
      expect(singles.filter((row) => one.valueOf(row.name) !== undefined).map((row) => row.name)).toEqual([name])
      expect(RequestContext.of({}, [spell(name)]).valueOf(name)).toBe(UNKNOWN)
    }
  })

  test('an empty context has its slots too', () => {
    expect([...RequestContext.of({}).slots]).toStrictEqual(conditionKeys.map(() => undefined))
  })

  test.each(families)('the keys of $name have no slot', ({ name, suffixIgnoresCase = false }) => {
    const context = RequestContext.of({ [`${upper(name)}Ab`]: 'x', [upper(name)]: 'y' })
    expect(context.slots.filter((value) => value !== undefined)).toEqual([])
    expect([...context.others]).toEqual([
      [suffixIgnoresCase ? `${name}ab` : `${name}Ab`, 'x'],
      [name, 'y'],
    ])
    const unknown = RequestContext.of({}, [`${upper(name)}*`, name])
    expect([...unknown.unknownFamilies]).toEqual([`${name}*`])
    expect(families.map((family) => unknown.valueOf(`${family.name}x`))).toEqual(
      families.map((family) => (family.name === name ? UNKNOWN : undefined)),
    )
  })
})

describe('from', () => {
  test('a context is itself', () => {
    const context = RequestContext.of({ 'aws:SourceIp': 'x' }, ['aws:referer'])
    expect(RequestContext.from(context)).toBe(context)
  })

  test.each<{ given: ContextRecord | undefined; same: ContextRecord }>([
    { given: undefined, same: {} },
    { given: {}, same: {} },
    { given: { 'AWS:sourceip': 'x', 'Saml:Sub': [] }, same: { 'aws:SourceIp': 'x', 'saml:sub': [] } },
    // The members of a record are keys, whatever their names.
    { given: { slots: 'x', others: 'y', unknownFamilies: 'z' }, same: record(['unknownfamilies', 'z'], ['others', 'y'], ['slots', 'x']) },
  ])('$given is made ready', ({ given, same }) => {
    expect(RequestContext.from(given)).toEqual(RequestContext.of(same))
  })
})

describe('lazy', () => {
  const parts = RequestContext.of({ 'aws:SourceIp': 'x', 's3:ExistingObjectTag/a': 'b' }, ['s3:BucketTag/*'])

  test('is made when it is first read, and once', () => {
    let made = 0
    const context = RequestContext.lazy({
      make: () => {
        made++
        return parts
      },
    })
    expect([isRequestContext(context), RequestContext.from(context) === context, made]).toEqual([true, true, 0])
    expect(context.valueOf('aws:SourceIp')).toBe('x')
    expect([context.slots, context.others, context.unknownFamilies]).toEqual([parts.slots, parts.others, parts.unknownFamilies])
    expect(made).toBe(1)
  })

  test('gives the values of the context it is made of', () => {
    const context = RequestContext.lazy({ make: () => parts })
    for (const name of ['aws:SourceIp', 'aws:referer', 's3:ExistingObjectTag/a', 's3:ExistingObjectTag/b', 's3:BucketTag/a']) {
      expect(context.valueOf(name)).toBe(parts.valueOf(name))
    }
  })
})

describe('withValues', () => {
  const context = RequestContext.of({ 'aws:SourceIp': 'x', 's3:RequestObjectTag/a': 'b', 's3:BucketTag/z': 'old' }, [
    ...['aws:SourceVpc', 'aws:TagKeys', 's3:ExistingObjectTag/*', 's3:BucketTag/*', 'saml:sub'],
  ])

  test.each<{ values: ContextRecord; unknown?: string[]; name: string; value: unknown }>([
    { values: { 'aws:SourceVpc': 'vpc-1' }, name: 'aws:SourceVpc', value: 'vpc-1' },
    { values: { 'AWS:sourcevpc': 'vpc-1' }, name: 'aws:SourceVpc', value: 'vpc-1' },
    { values: { 'aws:SourceVpc': [] }, name: 'aws:SourceVpc', value: [] },
    { values: { 'aws:TagKeys': ['a', 'b'] }, name: 'aws:TagKeys', value: ['a', 'b'] },
    { values: {}, name: 'aws:SourceVpc', value: UNKNOWN },
    { values: { 'saml:sub': 's' }, name: 'saml:sub', value: 's' },
    // What the request supplied, and what it is known to lack, is no hook's to say.
    { values: { 'aws:SourceIp': 'y' }, name: 'aws:SourceIp', value: 'x' },
    { values: { 'aws:referer': 'y' }, name: 'aws:referer', value: undefined },
    { values: { 's3:RequestObjectTag/a': 'y' }, name: 's3:RequestObjectTag/a', value: 'b' },
    { values: { 's3:RequestObjectTag/b': 'y' }, name: 's3:RequestObjectTag/b', value: undefined },
    // Of a family the keys that are told are known, the others not.
    { values: { 's3:ExistingObjectTag/env': 'prod' }, name: 's3:ExistingObjectTag/env', value: 'prod' },
    { values: { 's3:ExistingObjectTag/env': 'prod' }, name: 's3:ExistingObjectTag/Env', value: UNKNOWN },
    { values: { 's3:ExistingObjectTag/env': [] }, name: 's3:ExistingObjectTag/env', value: [] },
    { values: { 's3:ExistingObjectTag/env': 'prod' }, name: 's3:BucketTag/a', value: UNKNOWN },
    { values: { 's3:BucketTag/a': 'x' }, name: 's3:BucketTag/z', value: UNKNOWN },
    // What the hook says it cannot tell stays unknown.
    { values: { 'aws:SourceVpc': 'v' }, unknown: ['aws:sourcevpc'], name: 'aws:SourceVpc', value: UNKNOWN },
    { values: { 's3:ExistingObjectTag/a': 'v' }, unknown: ['s3:ExistingObjectTag/*'], name: 's3:ExistingObjectTag/a', value: UNKNOWN },
  ])('$values without $unknown: $name is $value', ({ values, unknown, name, value }) => {
    const filled = context.withValues(values, unknown)
    expect(filled.valueOf(name)).toEqual(value)
    expect(
      RequestContext.lazy({ make: () => context })
        .withValues(values, unknown)
        .valueOf(name),
    ).toEqual(value)
    const asked = { principal: { kind: 'anonymous' }, action: 's3:GetObject', context: filled } as const
    const values_ = evaluationContextOf(asked, alice, 'o').valuesOf(name)
    expect(values_).toEqual(value === UNKNOWN ? 'unknown' : value === undefined ? [] : [value].flat())
  })

  test('may be asked twice', () => {
    const once = context.withValues({ 's3:ExistingObjectTag/a': '1' })
    const twice = once.withValues({ 's3:ExistingObjectTag/a': '2', 's3:ExistingObjectTag/b': '3' })
    expect(['a', 'b', 'c'].map((tag) => twice.valueOf(`s3:ExistingObjectTag/${tag}`))).toEqual(['1', '3', UNKNOWN])
    expect(once.valueOf('s3:ExistingObjectTag/b')).toBe(UNKNOWN)
    expect(context.valueOf('s3:ExistingObjectTag/a')).toBe(UNKNOWN)
  })
})

describe('a context never changes', () => {
  // A key with a slot, keys of families, a claim, a key that may follow from the caller, and a hostile name.
  const names = ['aws:TagKeys', 'aws:PrincipalTag/team', 's3:ExistingObjectTag/Env', 'saml:groups', 'aws:userid', '__proto__']

  test.each(names)('when the list of %s does', (name) => {
    const list = ['a', 'b']
    const context = RequestContext.of(record([name, list]))
    const values = evaluationContextOf({ principal: { kind: 'anonymous' }, action: 's3:GetObject', context }, alice, 'o')
    list.push('c')
    list[0] = 'z'
    expect(context.valueOf(name)).toEqual(['a', 'b'])
    expect(values.valuesOf(name)).toEqual(['a', 'b'])
    list.length = 0
    expect(context.valueOf(name)).toEqual(['a', 'b'])
    expect(values.valuesOf(name)).toEqual(['a', 'b'])
  })

  test.each(names)('when %s of the record does', (name) => {
    const changing: Record<string, string | readonly string[]> = Object.create(null)
    changing[name] = 'a'
    const [given, without] = [RequestContext.of(changing), RequestContext.of({})]
    changing[name] = ['b']
    expect([given.valueOf(name), without.valueOf(name)]).toEqual(['a', undefined])
    delete changing[name]
    changing['aws:SourceIp'] = 'x'
    expect([given.valueOf(name), given.valueOf('aws:SourceIp')]).toEqual(['a', undefined])
  })

  test('when the list of unknown names does', () => {
    const unknown = ['aws:SourceIp', 's3:BucketTag/*']
    const context = RequestContext.of({ 'aws:referer': 'x' }, unknown)
    unknown.push('aws:referer', 'aws:RequestTag/*')
    unknown.shift()
    const values = ['aws:SourceIp', 's3:BucketTag/a', 'aws:referer', 'aws:RequestTag/a'].map((name) => context.valueOf(name))
    expect(values).toEqual([UNKNOWN, UNKNOWN, 'x', undefined])
  })

  test('when requests are decided with it', () => {
    const context = RequestContext.of({ 'aws:username': 'mallory', 'aws:TagKeys': ['a'] }, ['aws:SourceIp'])
    const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', context } as const
    const first = evaluationContextOf({ ...request, unknown: ['aws:TagKeys'] }, alice, 'o')
    const second = evaluationContextOf({ ...request, time: 0 }, { kind: 'anonymous' }, undefined)
    const valuesOf = (name: string) => [first.valuesOf(name), second.valuesOf(name)]
    expect(valuesOf('aws:username')).toEqual([['alice'], []])
    expect(valuesOf('aws:TagKeys')).toEqual(['unknown', ['a']])
    expect(valuesOf('aws:SourceIp')).toEqual(['unknown', 'unknown'])
    expect(valuesOf('aws:EpochTime')).toEqual(['unknown', ['0']])
    expect(context).toEqual(RequestContext.of({ 'aws:username': 'mallory', 'aws:TagKeys': ['a'] }, ['aws:SourceIp']))
  })
})

interface Asked {
  readonly context: ContextRecord
  readonly unknown: readonly string[]
  readonly caller: Caller
  readonly owner: string | undefined
  readonly time: number | undefined
}

const familiesWithCase = families.filter(({ suffixIgnoresCase }) => suffixIgnoresCase !== true).map(({ name }) => lower(name))

/** Equal for the spellings of one key: written apart from the catalogue's look-up. */
function spellingOf(name: string): string {
  const folded = name.replace(/[A-Z]/g, lower)
  const family = familiesWithCase.find((prefix) => folded.startsWith(prefix))
  return family === undefined ? folded : family + name.slice(family.length)
}

/** What a request has of a key, read from its record one entry after the other. */
function plainValuesOf({ context, unknown, caller, owner, time }: Asked, key: string): ContextValues {
  const is = (name: string) => spellingOf(name) === spellingOf(key)
  const family = spellingOf(key).replace(/^([^/]*\/).*$/s, '$1*')
  if (unknown.some((name) => is(name) || (key.includes('/') && spellingOf(name) === family))) return 'unknown'
  if (is('aws:CurrentTime')) return time === undefined ? 'unknown' : [new Date(time).toISOString()]
  if (is('aws:EpochTime')) return time === undefined ? 'unknown' : [String(Math.floor(time / 1000))]
  const derived = derivedKeys.find(({ name }) => is(name))?.derive(caller, owner)
  if (derived === undefined && derivedKeys.some(({ name }) => is(name))) return []
  if (typeof derived === 'string') return [derived]
  const given = Object.entries(context).findLast(([name]) => is(name))?.[1]
  if (given === undefined) return derived === UNKNOWN ? 'unknown' : []
  return typeof given === 'string' ? [given] : given
}

const suffixes = ['', '*', 'Team', 'Team/A', 'aws:SourceIp', '__proto__', 'k*']
const baseNames = [
  ...['aws:SourceIp', 's3:prefix', 's3:max-keys', 'aws:TagKeys', 'aws:MultiFactorAuthPresent', 'aws:CurrentTime', 'aws:EpochTime'],
  ...derivedKeys.map(({ name }) => name),
  ...['aws:PrincipalTag/', 'aws:RequestTag/', 's3:ExistingObjectTag/', 's3:BucketTag/', 'Foo:Bar/', '/'].flatMap((family) =>
    suffixes.map((suffix) => family + suffix),
  ),
  ...['Saml:Sub', 'aws:NoSuchKey', 'aws:PrincipalTag', 'aws:SourceIp/', 'aws:\u212aelvin', 'aws:Kelvin', '\ud83d\ude00', 'É', 'é'],
  ...['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'slots', 'others', 'unknownFamilies'],
  ...['', '0', '1', '*', 'length', 'unknown', 'undefined'],
]

/** A name in any spelling: mostly one of a few, so that a request's names meet. */
const names = fc
  .tuple(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...baseNames) },
      { weight: 2, arbitrary: fc.constantFrom(...conditionKeys.map(({ name }) => name)) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
    fc.constantFrom<(name: string) => string>(
      (name) => name,
      (name) => name.replace(/[a-z]/g, upper),
      (name) => name.replace(/[A-Z]/g, lower),
      (name) => name.replace(/[A-Za-z]/g, (letter, at: number) => (at % 2 === 0 ? upper(letter) : lower(letter))),
    ),
  )
  .map(([name, spell]) => spell(name))

const text = fc.constantFrom('', 'a', 'b', 'unknown', '10.0.0.1', user)

const asked: fc.Arbitrary<Asked> = fc.record({
  context: fc
    .array(fc.tuple(names, fc.oneof(text, fc.array(text, { maxLength: 3 }))), { maxLength: 25 })
    .map((members) => record(...members)),
  unknown: fc.array(names, { maxLength: 5 }),
  caller: fc.constantFrom<Caller>(alice, { ...alice, userId: 'AIDA' }, { kind: 'anonymous' }, { kind: 'service', service: 's' }),
  owner: fc.constantFrom(undefined, '111122223333'),
  time: fc.constantFrom(undefined, 0, 1_790_000_000_999),
})

/** The forms in which the same keys may come. */
function formsOf({
  context,
  unknown,
}: Pick<Asked, 'context' | 'unknown'>): Record<string, Pick<AuthorizationRequest, 'context' | 'unknown'>> {
  const half = unknown.length >> 1
  return {
    'a record': { context, unknown },
    'a record made ready': { context: RequestContext.of(context), unknown },
    'a record made ready by `from`': { context: RequestContext.from(context), unknown },
    'made ready with what is unknown': { context: RequestContext.of(context, unknown) },
    'what is unknown in both places': { context: RequestContext.of(context, unknown), unknown },
    'what is unknown in two halves': { context: RequestContext.of(context, unknown.slice(half)), unknown: unknown.slice(0, half) },
  }
}

describe('a record and the context made of it', () => {
  test('give the same values for every key', () => {
    fc.assert(
      fc.property(asked, fc.array(names, { maxLength: 20 }), (given, more) => {
        const keys = [...baseNames, ...conditionKeys.map(({ name }) => name), ...Object.keys(given.context), ...given.unknown, ...more]
        const { caller, owner, time } = given
        const plain = keys.map((key) => [key, plainValuesOf(given, key)])
        for (const [form, members] of Object.entries(formsOf(given))) {
          const request = {
            principal: { kind: 'anonymous' },
            action: 's3:GetObject',
            ...members,
            ...(time !== undefined && { time }),
          } as const
          const context = evaluationContextOf(request, caller, owner)
          expect(
            keys.map((key) => [key, context.valuesOf(key)]),
            form,
          ).toEqual(plain)
        }
      }),
      { numRuns: 300 },
    )
  })

  /** All that a decision rests on, but the request itself. */
  const answerOf = ({ request: _, ...answer }: Explanation): object => answer

  test('give the same decision for the same reason', () => {
    const seen = { byContext: 0, unknown: 0, byUnknown: 0 }
    fc.assert(
      fc.property(scenes, ({ snapshot: json, requests }) => {
        const { snapshot } = parseSnapshot(json)
        if (snapshot === undefined) throw new Error('the generator made an invalid snapshot')
        for (const raw of requests) {
          const { request } = parseRequest(raw)
          if (request === undefined) throw new Error('the generator made an invalid request')
          const { context: _, unknown: __, ...bare } = request
          const expected = evaluate(snapshot, request)
          // As the generator spells the names, not only as `parseRequest` does.
          for (const [form, members] of Object.entries(formsOf({ context: raw.context ?? {}, unknown: raw.unknown ?? [] }))) {
            const explained = evaluate(snapshot, { ...bare, ...members })
            expect([explained.verdict, explained.reason], form).toEqual([expected.verdict, expected.reason])
            expect(answerOf(explained), form).toEqual(answerOf(expected))
          }
          const { verdict } = expected
          if (request.unknown?.length) seen.unknown++
          if (evaluate(snapshot, bare).verdict !== verdict) seen.byContext++
          if (evaluate(snapshot, { ...request, unknown: [] }).verdict !== verdict) seen.byUnknown++
        }
      }),
      { numRuns: 300 },
    )
    // The scenes ask what they should: many verdicts hang on the context, and some requests do not know a key.
    expect(seen.byContext).toBeGreaterThan(20)
    expect(seen.unknown).toBeGreaterThan(20)
    expect(seen.byUnknown).toBeGreaterThan(0)
  })

  test('give the same decisions where one context serves all requests', () => {
    fc.assert(
      fc.property(scenes, ({ snapshot: json, requests, pick }) => {
        const { snapshot } = parseSnapshot(json)
        const lender = requests[pick(requests.length)]
        if (snapshot === undefined || lender === undefined) throw new Error('the generator made an invalid scene')
        const { context = {}, unknown = [] } = lender
        const shared = RequestContext.of(context, unknown)
        const plain = requests.flatMap((raw) => parseRequest(raw).request ?? []).map((request) => ({ ...request, context, unknown }))
        const before = plain.map((request) => answerOf(evaluate(snapshot, request)))
        const after = plain.toReversed().map((request) => answerOf(evaluate(snapshot, { ...request, context: shared, unknown: [] })))
        expect(after.toReversed()).toEqual(before)
        expect(shared).toEqual(RequestContext.of(context, unknown))
      }),
      { numRuns: 300 },
    )
  })
})
