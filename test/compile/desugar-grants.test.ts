import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { GrantDesugarer } from '../../src/compile/desugar-grants.js'
import type { NormalGrant, NormalKey } from '../../src/compile/normal-key.js'
import { permissionActions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import { snapshotOf } from '../evaluate/ask.js'
import type { Json } from './stages-of.js'

function keyOf(json: Json): NormalKey {
  const { keys } = snapshotOf({ keys: [{ accessKey: 'AK', account: '1', grants: [], ...json }] })
  const [key] = [...keys.values()].map((own) => new GrantDesugarer().desugar(own))
  if (key === undefined) throw new Error('no key')
  return key
}

/** The names of the actions that a grant's terms have. */
function actionsOf(grant: Json): readonly string[] {
  const { terms } = keyOf({ grants: [{ bucket: 'b', ...grant }] }).grants[0] as NormalGrant
  return terms?.actions.map((place) => actions[place]?.name as string) ?? ['no terms']
}

const named = (wanted: (row: (typeof actions)[number]) => boolean) => actions.filter(wanted).map(({ name }) => name)
const underPrefix = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketVersions']
const onObjects = named(({ kind }) => kind === 'object')

describe('what a grant allows at most', () => {
  test.each<[Json, readonly string[]]>([
    [{ actions: ['s3:putobject', 's3:GetObject'] }, ['s3:GetObject', 's3:PutObject']],
    [{ actions: [] }, []],
    [{ actions: ['s3:*'] }, named(({ kind }) => kind !== 'none')],
    [{ actions: ['s3:ListAllMyBuckets'] }, []],
    [{ bucket: '', permission: 'fullaccess', sourceIp: '::/0' }, named(() => true)],
    [{ actions: ['s3:*'], prefix: '' }, named(({ kind, name }) => kind === 'object' || underPrefix.includes(name))],
    [{ bucket: '', permission: 'fullaccess', prefix: 'a' }, named(({ kind, name }) => kind === 'object' || underPrefix.includes(name))],
    [{ actions: ['s3:CreateBucket'], prefix: '' }, []],
  ])('%j', (grant, expected) => {
    expect(actionsOf(grant)).toEqual(expected)
  })

  test.each(['read', 'write', 'readwrite'] as const)('%s is its list', (permission) => {
    const listed = permissionActions[permission]
    expect(actionsOf({ permission, sourceIp: '::/0' })).toEqual(named(({ name }) => listed.includes(name)))
    const limited = [...onObjects, ...underPrefix].filter((name) => listed.includes(name))
    expect(actionsOf({ permission, prefix: 'a' }).toSorted()).toEqual(limited.sort())
  })
})

describe('a grant in normal form', () => {
  const full = { bucket: '', permission: 'fullaccess' }
  const range = { text: '10.0.0.1', range: parseRange('10.0.0.1') as IpRange }
  test.each<[Json, object]>([
    [
      { bucket: 'b', permission: 'read' },
      { bucket: 'b', permission: 'read' },
    ],
    [full, { permission: 'fullaccess' }],
    [
      { ...full, sourceIp: '10.0.0.1' },
      { permission: 'fullaccess', terms: { patterns: [], ranges: [range] } },
    ],
    [
      { bucket: 'b', permission: 'write', prefix: '' },
      { bucket: 'b', permission: 'write', terms: { patterns: [], prefix: '' } },
    ],
    [
      { bucket: 'b', actions: ['S3:getobject', 's3:*'] },
      { bucket: 'b', terms: { patterns: ['S3:getobject', 's3:*'] } },
    ],
    [
      { bucket: '__proto__', permission: 'read' },
      { bucket: '__proto__', permission: 'read' },
    ],
  ])('%j', (grant, expected) => {
    const own = keyOf({ grants: [grant] }).grants[0] as NormalGrant
    const { actions: _, ...terms } = own.terms ?? { actions: [] }
    expect({ ...own, ...(own.terms && { terms }) }).toEqual(expected)
  })

  test('grants stay in the order in which the key lists them', () => {
    const grants = [
      { bucket: 'b', permission: 'read' },
      { bucket: 'Z', permission: 'read' },
      { bucket: 'b', permission: 'write' },
      full,
      { bucket: 'ab', permission: 'read' },
    ]
    expect(keyOf({ grants }).grants.map(({ bucket }) => bucket)).toEqual(['b', 'Z', 'b', undefined, 'ab'])
  })

  test('one that is made after others is what it is made alone', () => {
    const desugarer = new GrantDesugarer()
    const jsons = [
      [{ bucket: 'b', actions: ['s3:Get*'] }],
      [{ bucket: 'b', actions: ['s3:Get*', 's3:Put*'], prefix: 'a' }],
      [{ bucket: 'b', actions: ['s3:get*'] }],
    ]
    for (const grants of jsons) {
      const { keys } = snapshotOf({ keys: [{ accessKey: 'AK', account: '1', grants }] })
      for (const key of keys.values()) expect(desugarer.desugar(key)).toEqual(keyOf({ grants }))
    }
  })
})

describe('facts about the key', () => {
  const full = { bucket: '', permission: 'fullaccess' }
  test.each<[Json, Partial<NormalKey>]>([
    [{}, { isSuspended: false, rescues: false }],
    [{ status: 'suspended' }, { isSuspended: true }],
    [{ grants: [full] }, { rescues: true }],
    [
      {
        grants: [
          { ...full, prefix: '' },
          { bucket: 'b', permission: 'read' },
        ],
      },
      { rescues: false },
    ],
    [{ grants: [{ ...full, sourceIp: '10.0.0.1' }] }, { rescues: false }],
    [{ grants: [{ bucket: 'b', actions: ['s3:*'] }] }, { rescues: false }],
    [
      { name: '', notBefore: 1500, expiresAt: -1 },
      { name: '', notBefore: { seconds: 1, nanos: 500_000_000 }, expiresAt: { seconds: -1, nanos: 999_000_000 } },
    ],
  ])('%j', (json, expected) => {
    expect(keyOf(json)).toMatchObject(expected)
  })

  test.each<[Json, string | undefined]>([
    [{}, undefined],
    [{ arn: 'arn:aws:iam::1:user/AK' }, undefined],
    [{ arn: 'arn:aws:iam::1:user/x' }, 'arn:aws:iam::1:user/x'],
    [{ accessKey: 'a/b' }, undefined],
    [{ accessKey: 'a/' }, 'arn:aws:iam::1:user/a/'],
    [{ account: 'a:b' }, 'arn:aws:iam::a:b:user/AK'],
  ])('an ARN stands there unless it is the default one of a user: %j', (json, arn) => {
    expect(keyOf(json).arn).toBe(arn)
  })
})
