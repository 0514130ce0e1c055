import { describe, expect, test } from 'vitest'
import {
  type CallerLabel,
  type KeyLabel,
  type Region,
  type ResourceLabel,
  regionInWords,
  requestInWords,
  type Terms,
} from '../../../src/analyze.js'
import type { AuthorizationRequest } from '../../../src/index.js'

const anonymous: AuthorizationRequest = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'photos', key: 'a' }
const all: Terms<never> = [{ only: [], except: [] }]

const base: Region = {
  kind: 'object',
  actions: ['s3:GetObject'],
  actionTerms: [{ only: ['s3:GetObject'], except: [] }],
  callers: all,
  bucket: 'photos',
  resources: all,
  conditions: [],
  request: anonymous,
}

const callers = (only: readonly CallerLabel[], except: readonly CallerLabel[] = []): Partial<Region> => ({ callers: [{ only, except }] })
const resources = (only: readonly ResourceLabel[], except: readonly ResourceLabel[] = []): Partial<Region> => ({
  resources: [{ only, except }],
})
const condition = (key: string, only: readonly KeyLabel[], except: readonly KeyLabel[] = []): Partial<Region> => ({
  conditions: [{ key, values: [{ only, except }] }],
})
const like = (pattern: string): ResourceLabel => ({ kind: 'matches', pattern })
const range = (value: string): KeyLabel => ({ kind: 'matches', operator: 'IpAddress', value })
const matches = (operator: Extract<KeyLabel, { kind: 'matches' }>['operator'], value: string): KeyLabel => ({
  kind: 'matches',
  operator,
  value,
})

const rows: readonly (readonly [region: Partial<Region>, words: string])[] = [
  [{}, 'GetObject on `photos/*` for everyone'],
  [{ actionTerms: [{ only: [], except: [] }] }, 'every object action on `photos/*` for everyone'],
  [{ actionTerms: [{ only: ['s3:Get*'], except: ['s3:GetObjectAcl'] }] }, 'Get* except GetObjectAcl on `photos/*` for everyone'],
  [
    {
      actionTerms: [
        { only: ['s3:GetObject'], except: [] },
        { only: ['s3:PutObject'], except: [] },
      ],
    },
    'GetObject and PutObject on `photos/*` for everyone',
  ],
  [{ kind: 'bucket', actionTerms: [{ only: ['s3:ListBucket'], except: [] }] }, 'ListBucket on bucket `photos` for everyone'],
  [{ kind: 'none', actionTerms: [{ only: [], except: [] }] }, 'every action for everyone'],
  [resources([like('photos/raw/*')], [like('photos/raw/x')]), 'GetObject on `photos/raw/*` except `photos/raw/x` for everyone'],
  [resources([{ kind: 'is', resource: 'photos/other' }]), 'GetObject on such as `photos/other` for everyone'],
  [callers([{ kind: 'kind', principal: 'anonymous' }]), 'GetObject on `photos/*` for anonymous callers'],
  [callers([{ kind: 'named', type: 'AWS', text: '111122223333' }]), 'GetObject on `photos/*` for account `111122223333`'],
  [callers([{ kind: 'named', type: 'AWS', text: 'arn:aws:iam::111122223333:root' }]), 'GetObject on `photos/*` for account `111122223333`'],
  [callers([{ kind: 'named', type: 'AWS', text: 'arn:aws:iam::1:user/a' }]), 'GetObject on `photos/*` for `arn:aws:iam::1:user/a`'],
  [callers([{ kind: 'named', type: 'Service', text: 's.amazonaws.com' }]), 'GetObject on `photos/*` for the service `s.amazonaws.com`'],
  [callers([{ kind: 'key', accessKey: 'DO00' }]), 'GetObject on `photos/*` for access key `DO00`'],
  [callers([], [{ kind: 'named', type: 'AWS', text: '1' }]), 'GetObject on `photos/*` for everyone except account `1`'],
  [callers([{ kind: 'permitted' }]), 'GetObject on `photos/*` for callers whose own permissions allow it'],
  [condition('aws:SourceIp', [range('10.0.0.0/8')]), 'GetObject on `photos/*` for everyone, from 10.0.0.0/8'],
  [condition('aws:SourceIp', [], [range('10.0.0.0/8')]), 'GetObject on `photos/*` for everyone, from outside 10.0.0.0/8'],
  [
    condition('aws:SourceIp', [range('10.0.0.0/8')], [range('10.1.0.0/16')]),
    'GetObject on `photos/*` for everyone, from 10.0.0.0/8 except 10.1.0.0/16',
  ],
  [condition('aws:SecureTransport', [matches('Bool', 'true')]), 'GetObject on `photos/*` for everyone, over TLS'],
  [condition('aws:SecureTransport', [], [matches('Bool', 'true')]), 'GetObject on `photos/*` for everyone, without TLS'],
  [condition('s3:prefix', [matches('StringLike', 'home/*')]), 'GetObject on `photos/*` for everyone, `s3:prefix` is like `home/*`'],
  [condition('s3:prefix', [], [matches('StringEquals', 'a')]), 'GetObject on `photos/*` for everyone, `s3:prefix` is not `a`'],
  [
    condition('s3:max-keys', [matches('NumericLessThanEquals', '10')]),
    'GetObject on `photos/*` for everyone, `s3:max-keys` is at most `10`',
  ],
  [condition('s3:prefix', [{ kind: 'absent' }]), 'GetObject on `photos/*` for everyone, `s3:prefix` is absent'],
  [condition('s3:prefix', [], [{ kind: 'absent' }]), 'GetObject on `photos/*` for everyone, `s3:prefix` is present'],
  [{ operation: 'HeadBucket' }, 'GetObject on `photos/*` for everyone, as HeadBucket'],
  [{ operation: 'not HeadBucket' }, 'GetObject on `photos/*` for everyone, other than as HeadBucket'],
  [{ times: [{ from: '2026-01-01T00:00:00Z' }] }, 'GetObject on `photos/*` for everyone, from `2026-01-01T00:00:00Z` on'],
  [{ times: [{ before: '2026-01-01T00:00:00Z' }] }, 'GetObject on `photos/*` for everyone, before `2026-01-01T00:00:00Z`'],
  [
    { times: [{ from: '2026-01-01T00:00:00Z', before: '2027-01-01T00:00:00Z' }] },
    'GetObject on `photos/*` for everyone, from `2026-01-01T00:00:00Z` until `2027-01-01T00:00:00Z`',
  ],
]

describe('a region in words', () => {
  test.each(rows)('%j', (region, words) => {
    expect(regionInWords({ ...base, ...region })).toBe(words)
  })

  test('on any bucket', () => {
    const { bucket: _, ...anywhere } = base
    expect(regionInWords(anywhere)).toBe('GetObject on any object for everyone')
    expect(regionInWords({ ...anywhere, kind: 'bucket', actionTerms: all })).toBe('every bucket action on any bucket for everyone')
  })

  test('cannot be broken out of by what policies and requests hold', () => {
    const evil = 'x` for nobody\n\u202e'
    const words = regionInWords({
      ...base,
      ...resources([like(evil)]),
      ...callers([{ kind: 'key', accessKey: evil }]),
      ...condition(evil, [matches('StringEquals', evil)]),
    })
    expect(words).not.toMatch(/[\n\u202e]/)
    expect(words.replace(/`[^`]*`/g, '_')).toBe('GetObject on _ for access key _, _ is _')
  })
})

describe('a request in words', () => {
  test.each<[AuthorizationRequest, string]>([
    [anonymous, 'GetObject on `photos/a` by an anonymous caller'],
    [
      {
        ...anonymous,
        principal: { kind: 'aws', arn: 'arn:aws:iam::1:user/a', identityVerdict: 'Allow' },
        context: { 'aws:SourceIp': '203.0.113.7' },
        time: 0,
      },
      'GetObject on `photos/a` by `arn:aws:iam::1:user/a`, whose own permissions allow it, with `aws:SourceIp` `203.0.113.7`, at 1970-01-01T00:00:00Z',
    ],
    [
      { principal: { kind: 'key', accessKey: 'K' }, action: 's3:ListBucket', operation: 'HeadBucket', bucket: 'b' },
      'ListBucket on `b` by access key `K`, as HeadBucket',
    ],
    [{ principal: { kind: 'service', service: 's' }, action: 's3:ListAllMyBuckets' }, 'ListAllMyBuckets by the service `s`'],
  ])('%j', (request, words) => {
    expect(requestInWords(request)).toBe(words)
  })
})
