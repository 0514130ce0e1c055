import { describe, expect, test } from 'vitest'
import { type AuthorizationRequest, Authorizer, type SnapshotJson } from '../../src/index.js'
import { decide } from '../../src/program/decide.js'
import type { DecisionProgram, NameShard } from '../../src/program/decision-program.js'
import * as layout from '../../src/program/layout.js'
import { createRegisters, endRequest } from '../../src/program/registers.js'
import { mapShards, ROW_TEXT, rowsOf, SHARD_HEADER, SHARD_SLOTS, type Shard } from '../../src/tables/table.js'
import { readProgram } from '../compile/read-program.js'

// Time cannot be tested on a machine that does other things; what a decision looks at can be counted. Words are read through a Proxy that counts.

const OWNER = '111122223333'

/** What one decision did. */
interface Counts {
  /** Slots of hash tables: of keys, buckets, and the principals of an action class. */
  slots: number
  /** Rows whose name was compared. */
  rows: number
  /** Nodes of tries. */
  nodes: number
  conditions: number
  /** All words read. */
  words: number
}

function counted(words: Int32Array, onRead: (place: number) => void): Int32Array {
  return new Proxy(words, {
    get(target, member) {
      const place = typeof member === 'string' ? Number(member) : Number.NaN
      if (Number.isInteger(place)) onRead(place)
      return Reflect.get(target, member, target) as unknown
    },
  })
}

/** The program with words that count how they are read. */
function countingProgram(program: DecisionProgram, counts: Counts): DecisionProgram {
  const shard = <S extends Shard>(own: S): S => {
    const end = SHARD_HEADER + (own.words[SHARD_SLOTS] as number) + 1
    const names = new Set(Array.from(rowsOf(own.words), (row) => row + ROW_TEXT + 1))
    const onRead = (place: number): void => {
      counts.words++
      if (place >= SHARD_HEADER && place < end) counts.slots++
      if (names.has(place)) counts.rows++
    }
    return { ...own, words: counted(own.words, onRead) }
  }
  return {
    ...program,
    keys: mapShards(program.keys, shard),
    names: mapShards(program.names, (own) => countingPolicies(shard(own), counts)),
  }
}

function countingPolicies(shard: NameShard, counts: Counts): NameShard {
  return {
    ...shard,
    policies: shard.policies.map((policy) => {
      if (policy.kind !== 'program') return policy
      const { kinds } = readProgram(policy.program)
      const slots = new Set([...kinds].flatMap(([at, kind]) => (kind === 'class' ? slotsOf(policy.program.words, at) : [])))
      const onRead = (place: number): void => {
        counts.words++
        if (kinds.get(place) === 'node') counts.nodes++
        if (kinds.get(place - layout.CONDITION_KEY) === 'condition') counts.conditions++
        if (slots.has(place)) counts.slots++
      }
      return { ...policy, program: { ...policy.program, words: counted(policy.program.words, onRead) } }
    }),
  }
}

/** The places of the principals in the hash table of an action class. */
function slotsOf(words: Int32Array, at: number): readonly number[] {
  return Array.from({ length: (words[at + layout.CLASS_MASK] as number) + 1 }, (_, slot) => at + layout.CLASS_SLOTS + 2 * slot)
}

/** Decides on counting words, and says what the most was that a request took, and the average. */
function countOf(snapshot: SnapshotJson, requests: readonly AuthorizationRequest[]) {
  const authorizer = Authorizer.from(snapshot)
  const counts: Counts = { slots: 0, rows: 0, nodes: 0, conditions: 0, words: 0 }
  const program = countingProgram(authorizer.program, counts)
  const registers = createRegisters()
  const most = { ...counts }
  const sum = { ...counts }
  for (const request of requests) {
    Object.assign(counts, { slots: 0, rows: 0, nodes: 0, conditions: 0, words: 0 })
    expect(decide(program, registers, request)).toBe(authorizer.decide(request))
    endRequest(registers)
    for (const member of Object.keys(counts) as (keyof Counts)[]) {
      most[member] = Math.max(most[member], counts[member])
      sum[member] += counts[member]
    }
  }
  const average = Object.fromEntries(Object.entries(sum).map(([member, count]) => [member, count / requests.length])) as unknown as Counts
  return { most, average }
}

const user = (index: number) => `arn:aws:iam::${OWNER}:user/user${index}`

/** A policy that refuses plain HTTP, and gives each user a home and its listing, and everybody folders from some addresses. */
function homes(statements: number): SnapshotJson {
  const allow = (index: number) => {
    const home = index - (index % 3)
    if (index % 3 === 0) {
      return { Principal: { AWS: user(home) }, Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::big/home/${home}/*` }
    }
    if (index % 3 === 1) {
      const Condition = { StringLike: { 's3:prefix': `home/${home}/*` } }
      return { Principal: { AWS: user(home) }, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::big', Condition }
    }
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } }
    return { Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::big/public/${index}/*`, Condition }
  }
  const tls = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::big', 'arn:aws:s3:::big/*'],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
  const policy = {
    Version: '2012-10-17',
    Statement: [tls, ...Array.from({ length: statements - 1 }, (_, index) => ({ Effect: 'Allow', ...allow(index) }))],
  }
  return { buckets: [{ name: 'big', owner: OWNER, policy }] }
}

function homeRequests(statements: number): readonly AuthorizationRequest[] {
  const context = { 'aws:SecureTransport': 'true', 'aws:SourceIp': '203.0.113.9' }
  return Array.from({ length: 60 }, (_, at): AuthorizationRequest => {
    const index = Math.floor((at * (statements - 1)) / 60)
    const home = index - (index % 3)
    const byUser = { principal: { kind: 'aws', arn: user(home) }, bucket: 'big' } as const
    if (index % 3 === 0) return { ...byUser, action: 's3:GetObject', key: `home/${home}/photo.jpg`, context }
    if (index % 3 === 1) return { ...byUser, action: 's3:ListBucket', context: { ...context, 's3:prefix': `home/${home}/2026` } }
    return { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'big', key: `public/${index}/1.jpg`, context }
  })
}

describe('what a decision on a policy looks at', () => {
  const counts = new Map([20, 200, 2_000, 20_000].map((statements) => [statements, countOf(homes(statements), homeRequests(statements))]))

  test.each([...counts.keys()])('%i statements: two conditions, a few nodes and slots', (statements) => {
    const { most } = counts.get(statements) as ReturnType<typeof countOf>
    expect(most.conditions).toBeLessThanOrEqual(2)
    expect(most.nodes).toBeLessThanOrEqual(3 + Math.ceil(Math.log10(statements)))
    expect(most.slots).toBeLessThanOrEqual(8)
  })

  test('grows with the logarithm of the statements', () => {
    const words = [...counts.values()].map(({ average }) => average.words)
    for (const [index, each] of words.entries()) expect(each).toBeLessThan((words[0] as number) + 30 * (index + 1))
    expect(words[0]).toBeLessThan(220)
  })
})

describe('what a decision on grants looks at', () => {
  const nameOf = (key: number) => `DO00${String(key).padStart(16, 'Q')}`
  const bucketOf = (key: number, grant: number) => `bucket-${(key * 7 + grant * 131) % 5_000}`
  const snapshot = (keys: number, grants: number): SnapshotJson => ({
    buckets: Array.from({ length: 5_000 }, (_, index) => ({ name: `bucket-${index}`, owner: OWNER })),
    keys: Array.from({ length: keys }, (_, key) => ({
      accessKey: nameOf(key),
      account: OWNER,
      grants: Array.from({ length: grants }, (_each, grant) => ({ bucket: bucketOf(key, grant), permission: 'read' as const })),
    })),
  })
  const requests = (keys: number, grants: number) =>
    Array.from({ length: 500 }, (_, at): AuthorizationRequest => {
      const key = (at * 7919) % keys
      return {
        principal: { kind: 'key', accessKey: nameOf(key) },
        action: 's3:GetObject',
        bucket: bucketOf(key, (at * 31) % grants),
        key: 'photo.jpg',
      }
    })

  test.each([3_000, 30_000, 60_000])('%i keys: two rows, and not many slots', (keys) => {
    const { most, average } = countOf(snapshot(keys, 3), requests(keys, 3))
    expect(average.rows).toBeLessThan(2.05)
    // Two of them are the first slots, looked at early to fetch their rows.
    expect(average.slots).toBeLessThan(5.5)
    expect(most.slots).toBeLessThan(40)
    expect(average.words).toBeLessThan(70)
  })

  test('of a key with many grants, the logarithm', () => {
    const { most } = countOf(snapshot(1, 4_000), requests(1, 4_000))
    expect(most.words).toBeLessThan(80)
  })
})
