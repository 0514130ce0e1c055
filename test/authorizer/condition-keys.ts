import { canonicalKeyName } from '../../src/catalog/lookup.js'
import { type AuthorizationRequest, derivedKeyErrors, RequestContext, type Snapshot } from '../../src/index.js'
import { pick, type Random } from '../differential/random.js'
import * as words from '../differential/vocabulary.js'

/** What a request may say of a key: nothing, that it is not known, or its values. */
export type Given = 'absent' | 'unknown' | string | readonly string[]

export const clockKeys = ['aws:CurrentTime', 'aws:EpochTime']

const derivedKeys = new Set([
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:userid',
  'aws:username',
  'aws:ResourceAccount',
  's3:ResourceAccount',
])

/** Keys that few policies mention. */
const others = ['aws:Referer', 's3:signatureversion', 'aws:PrincipalTag/nobody', 'example:claim', 's3:x-amz-acl']

/** The keys that conditions, variables and grants of a snapshot read, with values near what they ask for. */
export function keysReadBy({ buckets, keys }: Snapshot): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  const add = (name: string, ...texts: readonly string[]) => {
    const known = values.get(canonicalKeyName(name)) ?? []
    values.set(canonicalKeyName(name), [...known, ...texts])
  }
  for (const { policy } of buckets.values()) {
    for (const { Resource = [], NotResource = [], Condition } of policy?.policy?.Statement ?? []) {
      for (const condition of Condition) {
        const operands = condition.values.map(({ text }) => text)
        add(condition.key.text, ...operands, ...operands.map((text) => text.replace(/\/\d+$/, '').replaceAll(/[*?]/g, 'a')))
      }
      const templates = [Resource, NotResource, ...Condition.map(({ values }) => values)].flat().map(({ text }) => text)
      for (const [, name = ''] of templates.join(' ').matchAll(/\$\{([^\s}',${*?]+)/g)) add(name, 'alice', 'red')
    }
  }
  for (const { prefix, sourceIp } of [...keys.values()].flatMap(({ grants }) => grants)) {
    if (prefix !== undefined) add('s3:prefix', `${prefix}a`)
    if (sourceIp !== undefined) add('aws:SourceIp', ...sourceIp.map(({ text }) => text.replace(/\/\d+$/, '')))
  }
  return values
}

/** The keys to change: those that a snapshot mentions, and some others. */
export const namesToChange = (read: ReadonlyMap<string, readonly string[]>): readonly string[] => [...new Set([...read.keys(), ...others])]

/** What to say of a key: nothing, what the policies ask for, what its operators read, nonsense, several values, and that it is not known. */
export function givens(random: Random, name: string, read: ReadonlyMap<string, readonly string[]>): readonly Given[] {
  const near = read.get(name) ?? []
  const family = words.FAMILIES.find(({ keys }) => keys.some((key) => canonicalKeyName(key) === name))
  const values = [...new Set([...near, ...(family?.values ?? [])])]
  const some = values.length === 0 ? ['red'] : [pick(random, values), pick(random, values), ...near.slice(0, 3)]
  return ['absent', 'unknown', 'no?!', [], [...some.slice(0, 1), 'no?!'], ...some]
}

/** The request with unknown families as their single keys, and its clock in `time` alone. */
export function plain({ context = {}, unknown = [], ...rest }: AuthorizationRequest, names: readonly string[]): AuthorizationRequest {
  if (context instanceof RequestContext) throw new TypeError('the context is ready already')
  const entries = Object.entries(context).filter(([name]) => !clockKeys.includes(name))
  const single = unknown.flatMap((name) => (name.endsWith('/*') ? names.filter((each) => each.startsWith(name.slice(0, -1))) : [name]))
  return { ...rest, context: Object.fromEntries(entries), unknown: [...new Set(single)] }
}

/** The context of a plain request. */
export const recordOf = ({ context = {} }: AuthorizationRequest): Readonly<Record<string, string | readonly string[]>> =>
  context instanceof RequestContext ? {} : context

/** A plain request with something else said of one key. */
export function withGiven(request: AuthorizationRequest, name: string, given: Given): AuthorizationRequest {
  const { [name]: _, ...context } = recordOf(request)
  const unknown = (request.unknown ?? []).filter((each) => each !== name)
  if (given === 'absent') return { ...request, context, unknown }
  if (given === 'unknown') return { ...request, context, unknown: [...unknown, name] }
  return { ...request, context: { ...context, [name]: given }, unknown }
}

/** What a plain request says of a key. */
export function givenOf(request: AuthorizationRequest, name: string): Given {
  return request.unknown?.includes(name) ? 'unknown' : (recordOf(request)[name] ?? 'absent')
}

const location = { path: [], span: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } } }

/** Whether the request says nothing that caller and bucket contradict (S12). */
export const isValid = (snapshot: Snapshot, request: AuthorizationRequest): boolean =>
  derivedKeyErrors(snapshot, request, location).length === 0

/** Whether a key follows from caller and bucket, so that no request can bring it. */
export function follows(snapshot: Snapshot, request: AuthorizationRequest, name: string): boolean {
  return derivedKeys.has(name) && !isValid(snapshot, withGiven(request, name, ['certainly', 'not']))
}

/** Whether a plain request lacks the key, or does not know it. The clock is of its own. */
export function isOpen(snapshot: Snapshot, request: AuthorizationRequest, name: string): boolean {
  const given = givenOf(request, name)
  if (given === 'unknown') return true
  if (clockKeys.includes(name)) return request.time === undefined
  return (given === 'absent' || given.length === 0) && given !== '' && !follows(snapshot, request, name)
}

/** What can be said of a key instead: of what follows from caller, bucket or clock, only that it is known after all. */
export function changesOf(
  random: Random,
  snapshot: Snapshot,
  request: AuthorizationRequest,
  name: string,
  read: ReadonlyMap<string, readonly string[]>,
): readonly AuthorizationRequest[] {
  const isClock = clockKeys.includes(name)
  const choices: readonly Given[] = isClock ? ['absent', 'unknown'] : givens(random, name, read)
  const follow = follows(snapshot, request, name)
  return choices
    .filter((given) => given !== 'unknown' || !follow)
    .map((given) => withGiven(request, name, given))
    .filter((changed) => isValid(snapshot, changed))
}
