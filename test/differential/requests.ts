import { anyCaller, awsCaller, callerOf, userName } from './callers.js'
import type { Grant, Principal, Request, Snapshot } from './format.js'
import { operandText, respell, type Statement } from './policies.js'
import { chance, choose, pick, type Random, times } from './random.js'
import * as words from './vocabulary.js'

/** A request under way: context keys by their lower-case spelling, so that none is given twice. */
type Draft = {
  principal: Principal
  action: string
  bucket: string
  key: string
  time: number | undefined
  operation: string | undefined
  context: Map<string, { key: string; values: readonly string[] }>
  unknown: Set<string>
}

const isObjectAction = (action: string): boolean => words.OBJECT_ACTIONS.some((each) => each === action)
const isBucketAction = (action: string): boolean =>
  [...words.BUCKET_ACTIONS, ...words.RESCUE_ACTIONS, 's3:CreateBucket'].some((each) => each === action)

/** Keys that the decision derives itself: a context that says otherwise makes the request invalid (S12, S13). */
const DERIVED =
  /^(aws:(principalarn|principalaccount|principaltype|userid|username|resourceaccount|currenttime|epochtime)|s3:resourceaccount)$/i
function mayGive(key: string, { kind, arn, userId }: Principal): boolean {
  if (!DERIVED.test(key)) return true
  const isNamed = arn !== undefined && /:(user|role|assumed-role)\//.test(arn)
  if (/^aws:userid$/i.test(key)) return kind === 'service' || (isNamed && userId === undefined)
  return (kind === 'service' || kind === 'federated') && /^aws:principal/i.test(key)
}

const SAMPLES = [...words.OBJECT_ACTIONS, ...words.BUCKET_ACTIONS, ...words.RESCUE_ACTIONS]
/** An action that the pattern covers, if there is one. */
function actionLike(random: Random, pattern: string): string {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const covered = SAMPLES.filter((action) => new RegExp(`^${source}$`, 'i').test(action))
  return pick(random, covered.length > 0 ? covered : SAMPLES)
}

/** Fills in variables, escapes and wildcards so that the text, as a pattern, most often matches the result. */
function fill(random: Random, pattern: string, principal: Principal): string {
  const name = userName(principal)
  return pattern
    .replace(/\$\{([*?$])\}/g, (_, char: string) => (char === '*' ? '\u0001' : char === '?' ? '\u0002' : '$'))
    .replace(/\$\{aws:username\}/gi, () => name)
    .replace(/\$\{[^}]*'([^']*)'\}/g, (_, fallback: string) => fallback)
    .replace(/\$\{aws:PrincipalTag\/team\}/g, 'red')
    .replace(/\*/g, () => pick(random, ['', 'a', 'x/y', 'alice/a.txt']))
    .replace(/\?/g, () => pick(random, ['a', 'X', '😀']))
    .replaceAll('\u0001', '*')
    .replaceAll('\u0002', '?')
}

/** A value near what the operator asks for. */
function valueFor(random: Random, base: string, operands: readonly string[], principal: Principal): string {
  const family = words.FAMILIES.find(({ operators }) => operators.includes(base))
  if (!family) return 'x'
  if (chance(random, 0.1)) return pick(random, family.badValues)
  const copies = /Than|Bool|Binary|Ip/.test(base) ? 0.2 : 0.65
  const operand = operands.length > 0 && chance(random, copies) ? pick(random, operands) : undefined
  if (operand === undefined || base === 'Null') return pick(random, family.values)
  if (base.startsWith('String') || base.startsWith('Arn')) {
    const text =
      base.endsWith('Equals') && base.startsWith('String')
        ? operand.replace(/\$\{.*\}/, () => userName(principal))
        : fill(random, operand, principal)
    return base.endsWith('IgnoreCase') && chance(random, 0.5) ? pick(random, [text.toUpperCase(), text.toLowerCase()]) : text
  }
  return base.endsWith('IpAddress') ? operand.replace(/\/.*$/, '') : operand
}

/** Gives the request's context what the statement's conditions ask about. */
function meetConditions(random: Random, draft: Draft, statement: Statement, presence: number): void {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    const [prefix] = /^For\w+:/.exec(operator) ?? ['']
    const base = operator.slice(prefix.length).replace('IfExists', '')
    for (const [key, operands] of Object.entries(keys)) {
      // Null asks nothing of a value, so only this makes it unknown.
      if (chance(random, base === 'Null' ? 0.1 : 0.02)) draft.unknown.add(respell(random, key))
      if (!mayGive(key, draft.principal) || !chance(random, presence)) continue
      const count =
        prefix === ''
          ? choose(random, [
              [20, () => 1],
              [1, () => 2],
            ])
          : choose(random, [
              [3, () => 1],
              [3, () => 2],
              [1, () => 0],
            ])
      const values = times(count, () => valueFor(random, base, [operands].flat().map(operandText), draft.principal))
      draft.context.set(key.toLowerCase(), { key: respell(random, key), values })
    }
  }
}

const emptyDraft = (random: Random, { buckets }: Snapshot, principal: Principal): Draft => ({
  principal,
  action: pick(random, SAMPLES),
  bucket: pick(random, buckets).name,
  key: pick(random, words.OBJECT_KEYS),
  time: chance(random, 0.85) ? pick(random, words.TIMES) : undefined,
  operation: undefined,
  context: new Map(),
  unknown: new Set(),
})

/** Makes bucket, key and action such that the resource pattern may match. */
function aimAt(random: Random, draft: Draft, pattern: string): void {
  const [bucket = '', ...rest] = fill(random, pattern.split(':').slice(5).join(':'), draft.principal).split('/')
  if (rest.length > 0 && rest.join('/') !== '') draft.key = rest.join('/')
  if (words.BUCKETS.some((name) => name === bucket)) draft.bucket = bucket
  const wantsObject = pattern.includes('/') || chance(random, 0.5)
  if (pattern.includes('/') !== isObjectAction(draft.action) && chance(random, 0.5)) {
    draft.action = pick(random, wantsObject ? words.OBJECT_ACTIONS : words.BUCKET_ACTIONS)
  }
}

function fromStatement(random: Random, snapshot: Snapshot, bucket: string, statements: readonly Statement[]): Draft {
  const statement = pick(random, statements)
  const draft = emptyDraft(random, snapshot, callerOf(random, statement, snapshot))
  draft.bucket = bucket
  const actions = [statement.Action ?? []].flat().map(String)
  if (actions.length > 0) draft.action = actionLike(random, pick(random, actions))
  const resources = [statement.Resource ?? []].flat().map(String)
  if (resources.length > 0) aimAt(random, draft, pick(random, resources))
  for (const other of statements) meetConditions(random, draft, other, 0.7)
  meetConditions(random, draft, statement, 0.9)
  return draft
}

function fromGrant(random: Random, snapshot: Snapshot): Draft {
  const key = pick(random, snapshot.keys)
  const draft = emptyDraft(random, snapshot, { kind: 'key', accessKey: key.accessKey })
  if (key.grants.length > 0) meetGrant(random, draft, pick(random, key.grants))
  return draft
}
function meetGrant(random: Random, draft: Draft, { bucket, actions, prefix, sourceIp }: Grant): void {
  if (bucket !== '') draft.bucket = bucket
  if (actions && actions.length > 0) draft.action = actionLike(random, pick(random, actions))
  if (sourceIp) draft.context.set('aws:sourceip', { key: 'aws:SourceIp', values: [pick(random, sourceIp).replace(/\/.*$/, '')] })
  if (prefix === undefined) return
  const text = chance(random, 0.8) ? `${prefix}${pick(random, ['', 'a', '/x'])}` : prefix.slice(0, -1)
  if (text !== '') draft.key = text
  draft.context.set('s3:prefix', { key: 's3:prefix', values: [text] })
  if (chance(random, 0.2)) Object.assign(draft, { action: 's3:ListBucket', operation: 'HeadBucket' })
}

/** Requests that the first lines of S2 decide, and the owner's rescue. */
function special(random: Random, snapshot: Snapshot): Draft {
  const draft = emptyDraft(random, snapshot, anyCaller(random, snapshot))
  draft.action = choose<string>(random, [
    [4, () => pick(random, words.RESCUE_ACTIONS)],
    [1, () => pick(random, words.PLACELESS_ACTIONS)],
    [1, () => 's3:CreateBucket'],
    [0.5, () => pick(random, words.OTHER_ACTIONS)],
    [0.5, () => pick(random, words.UNKNOWN_ACTIONS)],
    [1, () => pick(random, SAMPLES)],
  ])
  if (chance(random, 0.2)) draft.bucket = 'nowhere'
  const isRescue = words.RESCUE_ACTIONS.some((action) => action === draft.action)
  const owner = snapshot.buckets.find(({ name }) => name === draft.bucket)?.owner ?? pick(random, words.ACCOUNTS)
  if (isRescue && chance(random, 0.4)) draft.principal = awsCaller(random, `arn:aws:iam::${owner}:root`)
  return draft
}

const FAMILY_LISTS = ['s3:ExistingObjectTag/*', 'aws:PrincipalTag/*', 'AWS:principaltag/*', 's3:requestobjecttag/*'] as const

/** Makes one thing about the request just miss. */
function mutateContext(random: Random, draft: Draft): void {
  const [name, given] = pick(random, [...draft.context])
  choose<unknown>(random, [
    [2, () => draft.context.delete(name)],
    [1, () => draft.context.set(name, { ...given, values: [] })],
    [1, () => draft.context.set(name, { ...given, values: [...given.values, pick(random, ['red', '10', '10.0.0.1', 'true'])] })],
    [1, () => draft.context.set(name, { ...given, values: ['?!'] })],
    [3, () => draft.unknown.add(name.includes('/') && chance(random, 0.4) ? pick(random, FAMILY_LISTS) : respell(random, given.key))],
  ])
}
function mutate(random: Random, draft: Draft, snapshot: Snapshot): void {
  choose<unknown>(random, [
    [3, () => Object.assign(draft, { principal: anyCaller(random, snapshot) })],
    [2, () => Object.assign(draft, { action: pick(random, SAMPLES) })],
    [1, () => Object.assign(draft, { bucket: pick(random, words.BUCKETS) })],
    [2, () => Object.assign(draft, { key: pick(random, words.OBJECT_KEYS) })],
    [1, () => Object.assign(draft, { key: draft.key.toUpperCase() })],
    [1, () => Object.assign(draft, { time: pick(random, [undefined, ...words.TIMES]) })],
    [1, () => draft.unknown.add(pick(random, ['aws:PrincipalArn', 'aws:username', 'aws:CurrentTime', 'aws:EpochTime', ...FAMILY_LISTS]))],
    [6, () => draft.context.size > 0 && mutateContext(random, draft)],
  ])
}

/** The clock as context keys: beside `time`, which they agree with, or in its place. */
function clockKeys(random: Random, time: number | undefined): Record<string, string> {
  if (time === undefined || !chance(random, 0.05)) return {}
  const date = { 'aws:CurrentTime': new Date(time).toISOString() }
  return time % 1000 === 0 && chance(random, 0.5) ? { 'aws:EpochTime': String(time / 1000) } : date
}

function finish(random: Random, draft: Draft): Request {
  const { principal, action, bucket, key, time, operation, context, unknown } = draft
  const hasBucket = isObjectAction(action) || isBucketAction(action)
  const given = [...context.values()].filter((each) => mayGive(each.key, principal))
  const values = given.map(({ key, values }) => [key, values.length === 1 && chance(random, 0.7) ? (values[0] ?? '') : values] as const)
  const clock = clockKeys(random, time)
  const isClockAlone = Object.keys(clock).length > 0 && chance(random, 0.3)
  const all = { ...Object.fromEntries(values), ...clock }
  return {
    principal,
    action,
    ...(operation !== undefined && { operation }),
    ...(hasBucket && { bucket }),
    ...(isObjectAction(action) && { key }),
    ...(time !== undefined && !isClockAlone && { time }),
    ...(Object.keys(all).length > 0 && { context: all }),
    ...(unknown.size > 0 && { unknown: [...unknown] }),
  }
}

/** A request that a statement or a grant most often means, or that just misses it. */
export function generateRequest(random: Random, snapshot: Snapshot, statements: ReadonlyMap<string, readonly Statement[]>): Request {
  const governed = [...statements].filter(([, list]) => list.length > 0)
  const draft = choose(random, [
    [governed.length > 0 ? 7 : 0, () => fromStatement(random, snapshot, ...pick(random, governed))],
    [snapshot.keys.length > 0 ? 2.5 : 0, () => fromGrant(random, snapshot)],
    [0.8, () => special(random, snapshot)],
  ])
  if (chance(random, 0.5)) mutate(random, draft, snapshot)
  return finish(random, draft)
}
