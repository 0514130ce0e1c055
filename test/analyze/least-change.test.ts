import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { leastChange } from '../../src/analyze.js'
import { type AuthorizationRequest, evaluate, parseDecisionTests, parseSnapshot, type Snapshot } from '../../src/index.js'

const root = new URL('../../fixtures/', import.meta.url)

function snapshotOf(json: string | object): Snapshot {
  const { snapshot } = parseSnapshot(json as string)
  if (snapshot === undefined) throw new Error('no snapshot')
  return snapshot
}

const photography = snapshotOf(readFileSync(new URL('photography/snapshot.json', root), 'utf8'))
const { tests } = parseDecisionTests(readFileSync(new URL('photography/tests.json', root), 'utf8'))
const requests = (tests?.cases ?? []).flatMap(({ name, request }) =>
  request?.bucket !== undefined && request.unknown === undefined && photography.buckets.has(request.bucket) ? [{ name, request }] : [],
)

const verdict = (snapshot: Snapshot, request: AuthorizationRequest) => evaluate(snapshot, request).verdict

/** Which parts of two requests differ. */
function differences(a: AuthorizationRequest, b: AuthorizationRequest): readonly string[] {
  const contexts = [a, b].map(({ context = {} }) => context as Readonly<Record<string, unknown>>)
  const keys = [...new Set(contexts.flatMap(Object.keys))]
  const isOther = (x: unknown, y: unknown) => JSON.stringify(x) !== JSON.stringify(y)
  return [
    ...(a.action === b.action ? [] : ['action']),
    ...(isOther(a.principal, b.principal) ? ['caller'] : []),
    ...(a.key === b.key ? [] : ['resource']),
    ...(a.operation === b.operation ? [] : ['operation']),
    ...keys.filter((key) => isOther([contexts[0]?.[key] ?? []].flat(), [contexts[1]?.[key] ?? []].flat())),
  ]
}

describe('requests of the photography studio', () => {
  test('there are some of both', () => {
    expect(requests.length).toBeGreaterThan(20)
  })

  test.each(requests)('$name', ({ request }) => {
    const { decision, changes, hangsOn } = leastChange(photography, request)
    expect(decision.verdict).toBe(verdict(photography, request))
    if (decision.verdict === 'Allow') expect(changes).toEqual([])
    else expect(hangsOn).toEqual([])
    for (const change of [...changes, ...hangsOn]) {
      expect(verdict(photography, change.request) === 'Allow').toBe(decision.verdict !== 'Allow')
      const asked = Object.keys((change.request.context ?? {}) as object)
      const different = differences(request, change.request).filter((name) => change.changed.includes(name) || asked.includes(name))
      expect([...change.changed].filter((name) => name !== 'time').sort()).toEqual([...different].sort())
      expect(change.words).not.toBe('')
    }
    for (const { changed } of hangsOn) expect(changed).toHaveLength(1)
  })
})

describe('the smallest change', () => {
  const policy = (...Statement: readonly object[]) =>
    snapshotOf({ buckets: [{ name: 'b', owner: '111122223333', policy: { Version: '2012-10-17', Statement } }] })
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/public/*' }
  const get: AuthorizationRequest = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'public/x' }

  test('of one key', () => {
    const { changes } = leastChange(policy({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), get)
    expect(changes.map(({ changed, words }) => [changed, words])).toEqual([[['aws:SourceIp'], 'from 10.0.0.0/8']])
  })

  test('of the object', () => {
    const { changes } = leastChange(policy(allow), { ...get, key: 'private/x' })
    expect(changes.map(({ changed, words }) => [changed, words])).toEqual([[['resource'], 'on `b/public/*`']])
  })

  test('prefers a key to another caller', () => {
    const statements = [
      { ...allow, Principal: { AWS: '444455556666' } },
      { ...allow, Condition: { StringEquals: { 'aws:referer': 'https://example.com/' } } },
    ]
    expect(leastChange(policy(...statements), get).changes.map(({ changed }) => changed)).toEqual([['aws:referer']])
  })

  test('is none where nothing helps', () => {
    expect(leastChange(policy({ ...allow, Effect: 'Deny', Action: 's3:*', Resource: '*' }), get).changes).toEqual([])
  })

  test('an allowed request hangs on what its statement asks for', () => {
    const only = { ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }
    const { hangsOn } = leastChange(policy(only), { ...get, context: { 'aws:SecureTransport': 'true' } })
    expect(hangsOn.map(({ changed }) => changed.join()).sort()).toEqual(['aws:SecureTransport', 'resource'])
  })

  test('a bucket that is not there', () => {
    expect(() => leastChange(policy(allow), { ...get, bucket: 'c' })).toThrow('there is no bucket "c"')
  })
})
