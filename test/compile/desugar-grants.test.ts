import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { desugarGrants } from '../../src/compile/desugar-grants.js'
import type { NormalKey } from '../../src/compile/normal-key.js'
import { permissionActions } from '../../src/grants/permission.js'
import { snapshotOf } from '../evaluate/ask.js'
import type { Json } from './stages-of.js'

function keyOf(json: Json): NormalKey {
  const { keys } = snapshotOf({ keys: [{ accessKey: 'AK', account: '1', grants: [], ...json }] })
  const [key] = desugarGrants([...keys.values()])
  if (key === undefined) throw new Error('no key')
  return key
}

function actionsOf(grant: Json): readonly string[] {
  return keyOf({ grants: [{ bucket: 'b', ...grant }] }).grants[0]?.terms.actions ?? []
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
    [{ bucket: '', permission: 'fullaccess' }, named(() => true)],
    [{ actions: ['s3:*'], prefix: '' }, named(({ kind, name }) => kind === 'object' || underPrefix.includes(name))],
    [{ bucket: '', permission: 'fullaccess', prefix: 'a' }, named(({ kind, name }) => kind === 'object' || underPrefix.includes(name))],
    [{ actions: ['s3:CreateBucket'], prefix: '' }, []],
  ])('%j', (grant, expected) => {
    expect(actionsOf(grant)).toEqual(expected)
  })

  test.each(['read', 'write', 'readwrite'] as const)('%s is its list', (permission) => {
    const listed = permissionActions[permission]
    expect(actionsOf({ permission })).toEqual(named(({ name }) => listed.includes(name)))
    const limited = [...onObjects, ...underPrefix].filter((name) => listed.includes(name))
    expect(actionsOf({ permission, prefix: 'a' }).toSorted()).toEqual(limited.sort())
  })
})

describe('the order of grants', () => {
  test('by bucket in order of code units, fullaccess first, then as they are listed', () => {
    const grants = [
      { bucket: 'b', permission: 'read' },
      { bucket: 'Z', permission: 'read' },
      { bucket: 'b', permission: 'write' },
      { bucket: '', permission: 'fullaccess' },
      { bucket: 'ab', permission: 'read' },
      { bucket: 'é', permission: 'read' },
    ]
    expect(keyOf({ grants }).grants.map(({ bucket, index }) => [bucket, index])).toEqual([
      ['', 3],
      ['Z', 1],
      ['ab', 4],
      ['b', 0],
      ['b', 2],
      ['é', 5],
    ])
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
