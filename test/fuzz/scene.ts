import { readFileSync } from 'node:fs'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { createGate, type Gate } from '../../src/gate/gate.js'
import type { Secrets } from './oracle.js'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}/snapshot.json`, import.meta.url), 'utf8'))
const photography = read('photography')
const tenants = read('tenants')

export const OWNER_ACCOUNT = '111122223333'
export const NOW = 1_790_000_000_000

/** A bucket whose objects under `public/` everybody may read, and one that nobody may read without a grant. */
const open = {
  name: 'open',
  owner: OWNER_ACCOUNT,
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open/public/*' }],
  },
}
const vault = { name: 'vault', owner: OWNER_ACCOUNT }

const key = (accessKey: string, grants: readonly unknown[], rest: object = {}) => ({ accessKey, account: OWNER_ACCOUNT, grants, ...rest })

export const keys = {
  full: 'DO00STUDIOOWNER00001',
  anna: 'DO00EDITORANNA000001',
  reader: 'DO00FUZZREADER000001',
  team: 'DO00FUZZTEAM00000001',
  rotating: 'DO00FUZZ/ROTATING/01',
  gone: 'DO00FUZZGONE00000001',
  stray: 'DO00FUZZSTRAY0000001',
} as const

const snapshot = {
  buckets: [...photography.buckets, ...tenants.buckets, open, vault],
  accounts: [...(photography.accounts ?? []), ...(tenants.accounts ?? [])],
  keys: [
    ...photography.keys,
    ...tenants.keys,
    key(keys.reader, [{ bucket: 'open', permission: 'read' }]),
    key(keys.team, [{ bucket: 'open', permission: 'readwrite', prefix: 'team/' }]),
    key(keys.rotating, [{ bucket: 'vault', permission: 'readwrite' }]),
    key(keys.gone, [{ bucket: '', permission: 'fullaccess' }], { status: 'suspended' }),
  ],
}

/** What each of these keys may do at most beside what everybody may, by hand; the others are the authorizer's business alone. */
export const powers: ReadonlyMap<string, (bucket: string, key: string | undefined, action: string) => boolean> = new Map<
  string,
  (bucket: string, key: string | undefined, action: string) => boolean
>([
  [keys.reader, (bucket, _, action) => bucket === 'open' && /^s3:(Get|List)/.test(action)],
  [keys.team, (bucket, object) => bucket === 'open' && (object === undefined || object.startsWith('team/'))],
  [keys.rotating, (bucket) => bucket === 'vault'],
  [keys.gone, () => false],
  [keys.stray, () => false],
])

/** Buckets of which anybody may read what begins with `public/`. */
export const isPublicBucket = (bucket: string): boolean => bucket === 'open' || bucket === 'final-photos'

const accessKeys: readonly string[] = [...snapshot.keys.map(({ accessKey }: { accessKey: string }) => accessKey), keys.stray]

export const secrets: Secrets = new Map(
  accessKeys.map((accessKey) => [
    accessKey,
    accessKey === keys.rotating ? ['the old secret', 'der neue Schlüssel'] : [`secret of ${accessKey}`],
  ]),
)
/** The signers of random requests: most may do much, or hardly anything would be permitted. */
export const signers: readonly string[] = [...Array.from({ length: 24 }, () => keys.full), ...Object.values(keys), ...accessKeys]

export const bucketNames: readonly string[] = [
  'open',
  'open',
  'vault',
  'final-photos',
  'raw-photos',
  'uploads',
  'marketing',
  'no-such-bucket',
]

export const SERVICE = 's3.example.com'
export const WEBSITE = 'web.example.com'

export function sceneGate(): Gate {
  return createGate({
    authorizer: Authorizer.from(snapshot),
    secrets: { secretsFor: (accessKey) => secrets.get(accessKey) ?? [] },
    hashing: nodeHashing,
    addressing: { baseDomains: [SERVICE], websiteDomains: [WEBSITE] },
  })
}
