import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuthorizationRequest, Authorizer, RequestContext, type Snapshot } from '../../src/index.js'
import { generateCase } from '../differential/generate.js'
import { mulberry32, pick, type Random } from '../differential/random.js'
import * as words from '../differential/vocabulary.js'
import {
  alice,
  anonymous,
  answerOf,
  authorizerOf,
  deny,
  docs,
  key,
  OTHER,
  OWNER,
  requestOf,
  snapshotOf,
  statement,
  withKey,
} from './ask.js'
import { changesOf, clockKeys, givenOf, isOpen, keysReadBy, namesToChange, plain, recordOf, withGiven } from './condition-keys.js'

/** A random request on a random snapshot. */
interface Question {
  readonly random: Random
  readonly snapshot: Snapshot
  readonly authorizer: Authorizer
  readonly request: AuthorizationRequest
  /** Values that are asked for, by the keys that the snapshot mentions. */
  readonly read: ReadonlyMap<string, readonly string[]>
  /** These keys, and some others. */
  readonly names: readonly string[]
}

function questionsOf(seed: number): readonly Question[] {
  const random = mulberry32(seed)
  const { snapshot: json, requests } = generateCase(random)
  const snapshot = snapshotOf(json)
  const read = keysReadBy(snapshot)
  const names = namesToChange(read)
  const authorizer = Authorizer.from(snapshot)
  return requests.map((request) => ({ random, snapshot, authorizer, request: plain(requestOf(request), names), read, names }))
}

/** Questions by seed: fast-check prints the seed of one that breaks a law. */
function law(numRuns: number, check: (question: Question) => void): void {
  fc.assert(
    fc.property(fc.nat({ max: 0x7fffffff }), (seed) => {
      for (const question of questionsOf(seed)) check(question)
    }),
    { numRuns },
  )
}

function expectSameAnswer({ authorizer, request }: Question, changed: AuthorizationRequest): void {
  const [was, is] = [answerOf(authorizer.decide(request)), answerOf(authorizer.decide(changed))]
  if (was !== is) expect({ changed, answer: is }).toEqual({ changed: request, answer: was, requirements: authorizer.requirements(request) })
}

const times = [undefined, 0, words.NOW - 86_400_000, words.NOW, words.NOW + 1, words.NOW + 1000, 1_900_000_000_000]

describe('laws', () => {
  test('changing one key that is not listed never changes the answer', () => {
    law(250, (question) => {
      const { random, snapshot, authorizer, request, read, names } = question
      const listed = authorizer.requirements(request)
      for (const name of names.filter((each) => !listed.includes(each))) {
        for (const changed of changesOf(random, snapshot, request, name, read)) expectSameAnswer(question, changed)
      }
    })
  })

  test('changing all keys that are absent or unknown, and not listed, together never changes the answer', () => {
    law(250, (question) => {
      const { random, snapshot, authorizer, request, read, names } = question
      const listed = authorizer.requirements(request)
      const open = names.filter((name) => !listed.includes(name) && isOpen(snapshot, request, name))
      for (let round = 0; round < 4; round++) {
        const changed = open.reduce((draft, name) => pick(random, changesOf(random, snapshot, draft, name, read)), request)
        const isClockFree = request.time === undefined && !clockKeys.some((name) => listed.includes(name))
        expectSameAnswer(question, isClockFree ? withTime(changed, pick(random, times)) : changed)
      }
    })
  })

  test('another time never changes the answer where no clock is listed', () => {
    law(400, (question) => {
      const { authorizer, request } = question
      const listed = authorizer.requirements(request)
      if (clockKeys.some((name) => listed.includes(name))) return
      for (const time of times) expectSameAnswer(question, withTime(request, time))
    })
  })

  test('a gateway that finds out about the keys listed, until none of them is left, has the answer', () => {
    law(400, ({ authorizer, request, names }) => {
      const finds = names.filter((name) => !clockKeys.includes(name) && givenOf(request, name) !== 'unknown')
      let known = finds.reduce((draft, name) => withGiven(draft, name, 'unknown'), request)
      for (let left = finds; ; ) {
        const listed = authorizer.requirements(known)
        const wanted = left.filter((name) => listed.includes(name))
        if (wanted.length === 0) break
        known = wanted.reduce((draft, name) => withGiven(draft, name, givenOf(request, name)), known)
        left = left.filter((name) => !wanted.includes(name))
      }
      expect(answerOf(authorizer.decide(known))).toBe(answerOf(authorizer.decide(request)))
    })
  })

  test('the list is in order, without repetition, and the same for a context made ready', () => {
    law(150, ({ authorizer, request }) => {
      const listed = authorizer.requirements(request)
      const { unknown = [], ...rest } = request
      expect(listed).toEqual([...new Set(listed)].sort())
      expect(authorizer.requirements({ ...rest, context: RequestContext.of(recordOf(request), unknown) })).toEqual(listed)
    })
  })

  test('the list names no key that neither policies, grants nor the time bounds of keys read', () => {
    law(150, ({ authorizer, request, read }) => {
      expect(authorizer.requirements(request).filter((name) => !read.has(name) && !clockKeys.includes(name))).toEqual([])
    })
  })

  test('the list is clearly shorter than all keys that the snapshot mentions: under a fifth of them, and empty for every other request', () => {
    let requests = 0
    let listed = 0
    let mentioned = 0
    let empty = 0
    law(300, ({ authorizer, request, read }) => {
      const { length } = authorizer.requirements(request)
      requests++
      listed += length
      mentioned += read.size
      if (length === 0) empty++
    })
    expect(listed / mentioned).toBeLessThan(0.2)
    expect(empty / requests).toBeGreaterThan(0.5)
  })
})

function withTime({ time: _, ...request }: AuthorizationRequest, time: number | undefined): AuthorizationRequest {
  return time === undefined ? request : { ...request, time }
}

const NOW = 1_790_000_000_000
const read = { bucket: 'docs', permission: 'read' }
const secure = { Bool: { 'aws:SecureTransport': 'false' } }
const red = { StringEquals: { 'aws:PrincipalTag/team': 'red' } }
const home = { ...read, prefix: 'home/' }
const office = { ...read, sourceIp: ['10.0.0.0/24'] }
const get = { principal: alice, action: 's3:GetObject', bucket: 'docs', key: 'home/a.txt' }
const list = { principal: alice, action: 's3:ListBucket', bucket: 'docs' }
const byKey = (request: object) => ({ ...request, principal: withKey('AK') })
const owned = (...grants: readonly object[]) => ({ buckets: [docs()], keys: [key('AK', ...grants)] })
const foreign = (policy: readonly object[], ...grants: readonly object[]) => ({
  buckets: [docs(...policy)],
  keys: [{ ...key('AK', ...grants), account: OTHER }],
})
const policy = (...statements: readonly object[]) => ({ buckets: [docs(...statements)] })
const context = (request: object, values: object) => ({ ...request, context: values })

type Row = readonly [title: string, snapshot: object, request: object, requirements: readonly string[]]

const decided: readonly Row[] = [
  ['an unknown key', {}, byKey(get), []],
  ['a suspended key', { keys: [{ ...key('AK', office), status: 'suspended', expiresAt: NOW }], ...policy(deny(secure)) }, byKey(get), []],
  ['an identity side that denies', policy(deny(secure)), { ...get, principal: { ...alice, identityVerdict: 'ExplicitDeny' } }, []],
  ['an unknown action', policy(deny(secure)), { ...get, action: 's3:Frobnicate' }, []],
  ['an action on what is neither a bucket nor an object', policy(deny(secure)), { ...get, action: 's3:CreateAccessPoint' }, []],
  ['an unknown bucket', policy(deny(secure)), { ...get, bucket: 'nowhere' }, []],
  [
    'the owner’s rescue',
    policy(deny(secure)),
    { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` }, action: 's3:PutBucketPolicy', bucket: 'docs' },
    [],
  ],
  ['a policy that cannot be read', { buckets: [{ name: 'docs', owner: OWNER, policy: '{' }] }, get, []],
  ['a bucket without a policy', { buckets: [{ name: 'docs', owner: OWNER }] }, get, []],
  ['an unconditional Deny, whatever allows', policy(statement({ Effect: 'Deny' }), deny(secure), statement({ Condition: red })), get, []],
  ['an unconditional Allow', policy(statement()), get, []],
  ['an unconditional Allow beside a conditional one', policy(statement({ Condition: red }), statement()), get, []],
  [
    'RestrictPublicBuckets, beside Allows only',
    { buckets: [{ ...docs(statement(), statement({ Condition: red })), publicAccessBlock: { RestrictPublicBuckets: true } }] },
    { ...get, principal: anonymous },
    [],
  ],
]

const byGrants: readonly Row[] = [
  ['a grant without limits in its own account', owned(read), byKey(get), []],
  ['… beside conditional Allows', { ...owned(read), ...policy(statement({ Condition: red })) }, byKey(get), []],
  ['… beside a grant with limits', owned(office, read), byKey(get), []],
  ['a grant with ranges', owned(office), byKey(get), ['aws:SourceIp']],
  ['… from an address inside', owned(office), byKey(context(get, { 'aws:SourceIp': '10.0.0.1' })), ['aws:SourceIp']],
  ['… from an address outside', owned(office), byKey(context(get, { 'aws:SourceIp': '10.9.9.9' })), ['aws:SourceIp']],
  ['… for another action', owned(office), byKey({ ...get, action: 's3:PutObject' }), []],
  ['… for another bucket', { ...owned(office), buckets: [docs(), { ...docs(), name: 'logs' }] }, byKey({ ...get, bucket: 'logs' }), []],
  ['a grant with a prefix, for a listing', owned(home), byKey(list), ['s3:prefix']],
  ['… for HeadBucket', owned(home), byKey({ ...list, operation: 'HeadBucket' }), []],
  ['… for the bucket’s location', owned(home), byKey({ ...list, action: 's3:GetBucketLocation' }), []],
  ['… for another action on the bucket', owned(home), byKey({ ...list, action: 's3:GetBucketVersioning' }), []],
  ['… for an object under it', owned(home), byKey(get), []],
  ['… for an object elsewhere', owned({ ...home, ...office }), byKey({ ...get, key: 'a.txt' }), []],
  ['a grant with prefix and ranges, for a listing', owned({ ...home, ...office }), byKey(list), ['aws:SourceIp', 's3:prefix']],
  [
    '… of another prefix: the address alone helps nothing',
    owned({ ...home, ...office }),
    byKey(context(list, { 's3:prefix': 'away/' })),
    ['s3:prefix'],
  ],
  [
    '… of another prefix from an address outside: nothing helps alone',
    owned({ ...home, ...office }),
    byKey(context(list, { 's3:prefix': 'away/', 'aws:SourceIp': '10.9.9.9' })),
    [],
  ],
  ['another account’s grant, where the policy allows nothing', foreign([], read), byKey(get), []],
  ['… and the policy’s condition', foreign([statement({ Condition: red })], office), byKey(get), ['aws:PrincipalTag/team', 'aws:SourceIp']],
  [
    'an action on no bucket',
    owned({ bucket: '', permission: 'fullaccess' }),
    { principal: withKey('AK'), action: 's3:ListAllMyBuckets' },
    [],
  ],
]

const byStatements: readonly Row[] = [
  ['a Deny whose key is absent', policy(statement(), deny(secure)), get, ['aws:SecureTransport']],
  [
    'a Deny whose key is there',
    policy(statement(), deny(secure)),
    context(get, { 'aws:SecureTransport': 'true' }),
    ['aws:SecureTransport'],
  ],
  ['a Deny that applies', policy(statement(), deny(secure)), context(get, { 'aws:SecureTransport': 'false' }), ['aws:SecureTransport']],
  [
    'a Deny that applies hides the Allows',
    policy(statement({ Condition: red }), deny(secure)),
    context(get, { 'aws:SecureTransport': 'false' }),
    ['aws:SecureTransport'],
  ],
  [
    'two Denies that apply by different keys: none of them alone lifts both',
    policy(statement(), deny(secure), deny(red)),
    context(get, { 'aws:SecureTransport': 'false', 'aws:PrincipalTag/team': 'red' }),
    [],
  ],
  ['a Deny beside a grant', { ...owned(read), ...policy(deny(secure)) }, byKey(get), ['aws:SecureTransport']],
  ['a Deny on another action', policy(statement(), deny(secure, { Action: 's3:PutObject' })), get, []],
  ['a Deny on another caller', policy(statement(), deny(secure, { Principal: { AWS: OTHER } })), get, []],
  ['a Deny on another key', policy(statement(), deny(secure, { Resource: 'arn:aws:s3:::docs/secret/*' })), get, []],
  ['an Allow whose key is absent', policy(statement({ Condition: red })), get, ['aws:PrincipalTag/team']],
  [
    'a condition that fails hides one whose key is absent',
    policy(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red', 's3:prefix': 'x' } } })),
    context(get, { 'aws:PrincipalTag/team': 'blue' }),
    ['aws:PrincipalTag/team'],
  ],
  [
    'a Deny’s condition that fails hides one whose key is absent',
    policy(statement(), deny({ StringEquals: { 'aws:PrincipalTag/team': 'red', 's3:prefix': 'x' } })),
    context(get, { 'aws:PrincipalTag/team': 'blue' }),
    ['aws:PrincipalTag/team'],
  ],
  [
    'two conditions that fail by different keys: none of them alone helps',
    policy(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red', 's3:prefix': 'x' } } })),
    context(get, { 'aws:PrincipalTag/team': 'blue', 's3:prefix': 'y' }),
    [],
  ],
  [
    'a key that is listed as unknown is absent',
    policy(statement({ Condition: red })),
    { ...get, unknown: ['aws:PrincipalTag/*'] },
    ['aws:PrincipalTag/team'],
  ],
  ['what follows from the caller', policy(statement({ Condition: { StringEquals: { 'aws:username': 'bob' } } })), get, []],
  [
    'what would follow, but is listed as unknown',
    policy(statement({ Condition: { StringEquals: { 'aws:username': 'bob' } } })),
    { ...get, unknown: ['aws:username'] },
    ['aws:username'],
  ],
  ['what does not follow', policy(statement({ Condition: { StringLike: { 'aws:userid': 'A*' } } })), get, ['aws:userid']],
  [
    'variables in resources',
    policy(statement({ Resource: 'arn:aws:s3:::docs/${aws:PrincipalTag/home}/${aws:username}/*' })),
    get,
    ['aws:PrincipalTag/home'],
  ],
  [
    'variables in NotResource',
    policy(statement({ Resource: undefined, NotResource: ['arn:aws:s3:::docs/x', 'arn:aws:s3:::docs/${aws:PrincipalTag/home}'] })),
    get,
    ['aws:PrincipalTag/home'],
  ],
  [
    'variables in operands',
    policy(statement({ Condition: { StringLike: { 's3:prefix': ['a', "${aws:PrincipalTag/home, 'b'}/*"] } } })),
    list,
    ['aws:PrincipalTag/home', 's3:prefix'],
  ],
  ['the clock in a condition', policy(statement({ Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } })), get, ['the clock']],
  [
    'a delegation, where the identity side is silent and a condition decides on the caller itself',
    policy(statement({ Principal: { AWS: OWNER } }), statement({ Principal: { AWS: alice.arn }, Condition: red })),
    get,
    ['aws:PrincipalTag/team'],
  ],
  [
    'a delegation, which gives a canonical user of the account nothing, beside a condition',
    { ...policy(statement({ Principal: { AWS: OTHER } }), statement({ Condition: red })), accounts: [{ id: OTHER, canonicalId: 'c1' }] },
    { ...get, principal: { kind: 'canonicalUser', id: 'c1' } },
    ['aws:PrincipalTag/team'],
  ],
]

const expiring = (...grants: readonly object[]) => ({ ...owned(), keys: [{ ...key('AK', ...grants), expiresAt: NOW }] })
const both = {
  DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
  NumericGreaterThan: { 'aws:EpochTime': '1893456000' },
}

const byTime: readonly Row[] = [
  ['a key with a time bound', expiring(read), byKey({ ...get, time: 0 }), ['the clock']],
  ['… without a clock', expiring(read), byKey(get), ['the clock']],
  ['… that has expired, whatever else', expiring(office), byKey({ ...get, time: NOW }), ['the clock']],
  ['… without a clock, and a condition', expiring(office), byKey(get), ['aws:SourceIp', 'the clock']],
  [
    'two conditions on the clock that fail, which one time turns both',
    policy(statement({ Condition: both })),
    { ...get, time: NOW },
    ['the clock'],
  ],
  [
    'two Denies that apply by the clock, which one time lifts both',
    policy(
      statement(),
      deny({ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }),
      deny({ NumericLessThan: { 'aws:EpochTime': '1893456000' } }),
    ),
    { ...get, time: NOW },
    ['the clock'],
  ],
]

describe.each([
  ['what is decided whatever a condition says', decided],
  ['grants', byGrants],
  ['statements', byStatements],
  ['the time', byTime],
])('%s', (_, rows) => {
  test.each(rows)('%s', (_, snapshot, request, requirements) => {
    expect(shortened(authorizerOf(snapshot).requirements(requestOf(request)))).toEqual(requirements)
  })
})

test('the time bounds of a key name both keys that tell the time', () => {
  expect(authorizerOf(expiring(read)).requirements(requestOf(byKey(get)))).toEqual(clockKeys)
})

/** Either of the keys that tell the time asks for it. */
function shortened(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => (clockKeys.includes(name) ? 'the clock' : name)))].sort()
}
