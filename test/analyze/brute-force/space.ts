import { type ActionRow, actions } from '../../../src/catalog/actions.js'
import { findConditionKey } from '../../../src/catalog/lookup.js'
import { resolveCaller } from '../../../src/evaluate/evaluate.js'
import { matchConditions } from '../../../src/evaluate/match-conditions.js'
import { matchPrincipal } from '../../../src/evaluate/match-principal.js'
import { type AuthorizationRequest, type Policy, type Principal, permissionActions } from '../../../src/index.js'
import { type IpRange, isInRange, parseAddress, parseRange } from '../../../src/match/cidr.js'
import { evaluationContextOf } from '../../../src/request/evaluation-context.js'
import { chance, pick, type Random } from '../../differential/random.js'
import { callersFor } from './callers.js'
import { timesNear, valuesFor } from './key-values.js'
import { type Mentions, mentionsOf } from './mentions.js'
import type { Scene } from './scene.js'
import { allTexts, expansions, near, patternExpression, someOfEach } from './texts.js'
import { canCarry, canHave, isAlwaysPresent, isFree, valuesByCallerKind } from './universe.js'
import { KEY_LETTERS } from './vocabulary.js'

/** What a request is on. */
export interface Target {
  readonly row: ActionRow
  readonly bucket?: string
  readonly key?: string
  readonly operation?: string
}

/** A free condition key and what it may hold; the first is nothing. */
export interface FreeKey {
  readonly name: string
  readonly options: readonly (readonly string[])[]
}

/** The dimensions of the requests that a scene can tell apart. */
export interface Space {
  readonly targets: readonly Target[]
  readonly callers: readonly Principal[]
  readonly times: readonly number[]
  readonly keys: readonly FreeKey[]
  /** Whether requests on a target carry a key. */
  readonly carried: readonly (readonly boolean[])[]
  /** Keys that follow from the kind of caller, and that the scene speaks of. */
  readonly byKind: readonly string[]
}

/** A request as a place in each dimension of a space. */
export interface Choice {
  readonly target: number
  readonly caller: number
  readonly time: number
  readonly values: readonly number[]
}

export function spaceOf(scene: Scene, random: Random): Space {
  const mentions = mentionsOf(scene.pair)
  const names = [...mentions.conditions.keys()]
  const targets = targetsOf(scene, mentions, random)
  return {
    targets,
    carried: targets.map(({ row }) => names.filter(isFree).map((name) => canCarry(row, name))),
    callers: callersOf(scene, mentions, random),
    times: timesOf(scene, mentions),
    keys: names.filter(isFree).map((name) => ({ name, options: [[], ...optionsOf(name, scene, mentions, random)] })),
    byKind: names.filter((name) => !isFree(name) && name.startsWith('aws:Principal')),
  }
}

/** Reads the condition on one key, with nothing known of the others. */
const onlyKey = (name: string, values: readonly string[]) => ({
  valuesOf: (key: string) => (key.toLowerCase() === name.toLowerCase() ? values : ('unknown' as const)),
})

function policiesIn({ before, after }: Scene): readonly Policy[] {
  return [before, after].flatMap(({ plain, snapshot }) => {
    const read = [...snapshot.buckets.values()].flatMap(({ policy }) => policy?.policy ?? [])
    // A policy alone stands on every bucket that is tried.
    return 'policy' in plain ? read.slice(0, 1) : read
  })
}

/** How every condition on the key comes out. */
function outcomes(scene: Scene, name: string, values: readonly string[]): string {
  return policiesIn(scene)
    .flatMap(({ Statement, Version }) =>
      Statement.flatMap(({ Condition }) =>
        matchConditions(
          Condition.filter(({ key }) => key.text.toLowerCase() === name.toLowerCase()),
          Version,
          onlyKey(name, values),
        ),
      ),
    )
    .map(({ truth }) => String(truth)[0])
    .join('')
}

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)

function optionsOf(name: string, scene: Scene, mentions: Mentions, random: Random): readonly (readonly string[])[] {
  const { conditions, variables } = mentions
  const written = conditions.get(name) ?? []
  const kind = (value: string) => outcomes(scene, name, [value]) + grantKind(name, value, mentions)
  const most = variables.has(name) ? 4 : 2
  const singles = someOfEach(shuffled(random, valuesFor(name, written)), kind, most).slice(0, 14)
  if (findConditionKey(name)?.multiValued !== true) return singles.map((value) => [value])
  const few = singles.slice(0, 5)
  const sets = [...few.flatMap((a, at) => few.slice(at + 1).map((b) => [a, b])), few.slice(0, 3), few.slice(0, 1).flatMap((a) => [a, a])]
  return [...singles.map((value) => [value]), ...sets.filter((set) => set.length > 1)]
}

/** Which prefixes and addresses of grants the value meets. */
function grantKind(name: string, value: string, { prefixes, ranges }: Mentions): string {
  if (name === 's3:prefix') return prefixes.map((prefix) => Number(value.startsWith(prefix))).join('')
  const address = name === 'aws:SourceIp' ? parseAddress(value) : undefined
  return address === undefined ? '' : ranges.map((text) => Number(isInRange(address, parseRange(text) as IpRange))).join('')
}

function timesOf(scene: Scene, { conditions, bounds }: Mentions): readonly number[] {
  const operands = ['aws:CurrentTime', 'aws:EpochTime'].flatMap((name) =>
    (conditions.get(name) ?? []).flatMap((condition) => condition.operands),
  )
  const at = (time: number) =>
    outcomes(scene, 'aws:CurrentTime', [new Date(time).toISOString()]) + outcomes(scene, 'aws:EpochTime', [String(Math.floor(time / 1000))])
  return someOfEach(timesNear([...operands, ...bounds]), (time) => (bounds.length > 0 ? String(time) : at(time)), 2).slice(0, 14)
}

const CALLER_KEYS = ['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalType', 'aws:userid', 'aws:username'] as const

/** Callers that differ in some principal, some condition or their sides; and both verdicts of an identity side. */
function callersOf(scene: Scene, mentions: Mentions, random: Random): readonly Principal[] {
  const { before, after } = scene
  const statements = policiesIn(scene).flatMap(({ Statement }) => Statement)
  const asked = CALLER_KEYS.filter((name) => mentions.conditions.has(name))
  const owners = [before, after].flatMap(({ snapshot }) => [...snapshot.buckets.values()].map(({ owner }) => owner))
  const kindOf = (principal: Principal) => {
    const caller = resolveCaller(before.snapshot, { principal, action: '' }) ?? resolveCaller(after.snapshot, { principal, action: '' })
    if (caller === undefined || principal.kind === 'key') return JSON.stringify(principal)
    const context = evaluationContextOf({ principal, action: '' }, caller, undefined)
    const values = asked.map((name) => {
      const value = context.valuesOf(name)
      return (value === 'unknown' ? value : outcomes(scene, name, value)) + (mentions.variables.has(name) ? value : '')
    })
    const matches = statements.map((statement) => matchPrincipal(statement, caller)).map(({ truth, byAccount }) => `${truth}${byAccount}`)
    const isRoot = principal.kind === 'aws' && principal.arn.endsWith(':root')
    return [principal.kind, owners.map((owner) => owner === caller.account), isRoot, matches, values].join(' ')
  }
  const [anonymous, ...others] = callersFor(scene.pair, mentions)
  const chosen = someOfEach([anonymous as Principal, ...shuffled(random, others).slice(0, 90)], kindOf, 2).slice(0, 40)
  return chosen.flatMap((principal): readonly Principal[] =>
    principal.kind === 'aws'
      ? [
          { ...principal, identityVerdict: 'Allow' as const },
          { ...principal, identityVerdict: 'ImplicitDeny' as const },
        ]
      : [principal],
  )
}

const ALL_KEYS = allTexts(KEY_LETTERS, 4).slice(1)
const expressions = new Map<string, RegExp>()

function matches(pattern: string, text: string, flags?: string): boolean {
  const id = `${flags} ${pattern}`
  const expression = expressions.get(id) ?? patternExpression(pattern, flags)
  expressions.set(id, expression)
  return expression.test(text)
}

const SPECIAL = /^s3:((Get|Put|Delete)BucketPolicy|CreateBucket|ListBucket|GetBucketLocation|ListBucketVersions)$/

/** Actions that differ in a pattern, a permission, the keys they carry or what they are on; the ones mentioned, too. */
function actionsOf({ before, after }: Scene, { actions: patterns, conditions }: Mentions): readonly ActionRow[] {
  const names = [...conditions.keys()]
  const hasGrants = [before, after].some(({ snapshot }) => snapshot.keys.size > 0)
  const distinct = [...new Set(patterns)]
  const kindOf = (row: ActionRow) =>
    [
      row.kind,
      SPECIAL.test(row.name) ? row.name : '',
      ...distinct.map((pattern) => Number(matches(pattern, row.name, 'si'))),
      ...names.map((name) => Number(canCarry(row, name))),
      ...(hasGrants ? Object.values(permissionActions).map((list) => Number(list.includes(row.name))) : []),
    ].join('')
  return someOfEach(
    actions.filter(({ kind }) => kind !== 'other'),
    kindOf,
    1,
  )
}

/** Keys that differ in which resource patterns and prefixes they match. */
function objectKeys(bucket: string, { resources, prefixes }: Mentions, random: Random): readonly string[] {
  const patterns = [...new Set(resources.flatMap((resource) => expansions(resource)).map((text) => text.split(':').slice(5).join(':')))]
  const mined = patterns.flatMap((pattern) => near(pattern.slice(pattern.indexOf('/') + 1))).filter((key) => key !== '')
  const kindOf = (key: string) =>
    patterns.map((pattern) => Number(matches(pattern, `${bucket}/${key}`))).join('') +
    prefixes.map((prefix) => Number(key.startsWith(prefix))).join('')
  const odd = ['a\nb', '😀', 'A']
  const [short, long] = [ALL_KEYS.filter((key) => key.length < 3), ALL_KEYS.filter((key) => key.length >= 3)]
  return someOfEach([...new Set([...short, ...mined, ...odd, ...shuffled(random, long)])], kindOf, 2).slice(0, 16)
}

function targetsOf(scene: Scene, mentions: Mentions, random: Random): readonly Target[] {
  const rows = actionsOf(scene, mentions)
  return scene.buckets
    .flatMap((bucket) => {
      const keys = objectKeys(bucket, mentions, random)
      return rows.flatMap((row): Target[] => {
        if (row.kind === 'object') return keys.map((key) => ({ row, bucket, key }))
        if (row.kind !== 'bucket') return []
        const head: Target[] = row.name === 's3:ListBucket' ? [{ row, bucket, operation: 'HeadBucket' }] : []
        return [{ row, bucket }, ...head]
      })
    })
    .concat(rows.filter(({ kind }) => kind === 'none' && !('policy' in scene.pair.before)).map((row) => ({ row })))
}

/** The request at a place of the space. */
export function requestAt(space: Space, choice: Choice): AuthorizationRequest {
  const { row, ...place } = space.targets[choice.target] as Target
  const principal = space.callers[choice.caller] as Principal
  const free = space.keys.map(({ name, options }, at) => [name, options[choice.values[at] as number] as readonly string[]] as const)
  const byKind = space.byKind.map((name) => [name, valuesByCallerKind(name, principal) ?? []] as const)
  const context = Object.fromEntries([...free, ...byKind].filter(([, values]) => values.length > 0))
  return { principal, action: row.name, ...place, time: space.times[choice.time] as number, context }
}

/** Which options of the key are open to a target and a caller: from the first up to, not including, the second. */
export function openOptions(space: Space, target: number, caller: number, key: number): readonly [from: number, to: number] {
  const { name, options } = space.keys[key] as FreeKey
  if (space.carried[target]?.[key] !== true || !canHave(space.callers[caller] as Principal, name)) return [0, 1]
  return [isAlwaysPresent(name) ? 1 : 0, options.length]
}

/** How many requests the space has, counted up to a limit. */
export function sizeOf(space: Space, limit: number): number {
  let size = 0
  for (let target = 0; target < space.targets.length; target++) {
    for (let caller = 0; caller < space.callers.length; caller++) {
      size += space.keys.reduce((product, _, key) => {
        const [from, to] = openOptions(space, target, caller, key)
        return product * (to - from)
      }, space.times.length)
      if (size > limit) return size
    }
  }
  return size
}

/** Every place of the space. */
export function* everyChoice(space: Space): Generator<Choice> {
  for (let target = 0; target < space.targets.length; target++) {
    for (let caller = 0; caller < space.callers.length; caller++) {
      for (const values of products(space.keys.map((_, key) => openOptions(space, target, caller, key)))) {
        for (let time = 0; time < space.times.length; time++) yield { target, caller, time, values }
      }
    }
  }
}

function* products(ranges: readonly (readonly [number, number])[]): Generator<readonly number[]> {
  const [first, ...rest] = ranges
  if (first === undefined) yield []
  else for (const tail of products(rest)) for (let value = first[0]; value < first[1]; value++) yield [value, ...tail]
}

/** Places that a search would rather look at, in each dimension; undefined is all of them. */
export interface Aim {
  readonly targets: readonly number[]
  readonly callers: readonly number[]
  readonly times: readonly number[]
  readonly values: readonly (readonly number[] | undefined)[]
}

const AIMED = 0.92

/** A random place; near the aim, if there is one. */
export function randomChoice(space: Space, random: Random, aim?: Aim): Choice {
  const place = (preferred: readonly number[] | undefined, count: number) =>
    preferred !== undefined && preferred.length > 0 && chance(random, AIMED) ? pick(random, preferred) : Math.floor(random() * count)
  const target = place(aim?.targets, space.targets.length)
  const caller = place(aim?.callers, space.callers.length)
  const values = space.keys.map((_, key) => {
    const [from, to] = openOptions(space, target, caller, key)
    const preferred = aim?.values[key]?.filter((value) => value >= from && value < to)
    return preferred !== undefined && preferred.length > 0 && chance(random, AIMED)
      ? pick(random, preferred)
      : from + Math.floor(random() * (to - from))
  })
  return { target, caller, time: place(aim?.times, space.times.length), values }
}
