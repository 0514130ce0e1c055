import type { ServerProfile } from './server-profile.js'

/** Servers that are known, with the sub-resources that they themselves answer. What AWS does needs no profile. */
export const servers = {
  /** Ceph's gateway 16. Found by asking one. */
  ceph: {
    bucket: {
      GET: [
        ...[
          'acl',
          'cors',
          'lifecycle',
          'location',
          'logging',
          'notification',
          'object-lock',
          'policy',
          'policyStatus',
          'publicAccessBlock',
        ],
        ...['replication', 'requestPayment', 'tagging', 'uploads', 'versioning', 'versions', 'website'],
      ],
      PUT: [
        ...['acl', 'cors', 'lifecycle', 'notification', 'object-lock', 'policy', 'publicAccessBlock', 'replication', 'requestPayment'],
        ...['tagging', 'versioning', 'website'],
      ],
      DELETE: ['cors', 'lifecycle', 'policy', 'publicAccessBlock', 'replication', 'tagging', 'website'],
      POST: ['delete'],
    },
    object: {
      GET: ['acl', 'legal-hold', 'retention', 'tagging', 'torrent'],
      PUT: ['acl', 'legal-hold', 'retention', 'tagging'],
      DELETE: ['tagging'],
      POST: ['select', 'uploads'],
    },
    readsHeadersInQuery: false,
    cleansKeys: false,
  },
  /** MinIO of 2026. Source: its table of routes. */
  minio: {
    bucket: {
      GET: [
        ...['accelerate', 'acl', 'cors', 'encryption', 'lifecycle', 'location', 'logging', 'notification', 'object-lock', 'policy'],
        ...['policyStatus', 'replication', 'requestPayment', 'tagging', 'uploads', 'versioning', 'versions', 'website'],
      ],
      PUT: ['acl', 'encryption', 'lifecycle', 'notification', 'object-lock', 'policy', 'replication', 'tagging', 'versioning'],
      DELETE: ['encryption', 'lifecycle', 'policy', 'replication', 'tagging', 'website'],
      POST: ['delete'],
    },
    object: {
      GET: ['acl', 'attributes', 'legal-hold', 'retention', 'tagging'],
      PUT: ['acl', 'legal-hold', 'retention', 'tagging'],
      DELETE: ['tagging'],
      POST: ['restore', 'select', 'uploads'],
    },
    readsHeadersInQuery: false,
    cleansKeys: true,
  },
  /** SeaweedFS of 2026. Source: its table of routes. */
  seaweedfs: {
    bucket: {
      GET: [
        ...['accelerate', 'acl', 'analytics', 'cors', 'encryption', 'intelligent-tiering', 'inventory', 'lifecycle', 'location', 'logging'],
        ...['metrics', 'notification', 'object-lock', 'ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'replication'],
        ...['requestPayment', 'tagging', 'uploads', 'versioning', 'versions', 'website'],
      ],
      PUT: [
        ...['acl', 'cors', 'encryption', 'lifecycle', 'object-lock', 'ownershipControls', 'policy', 'publicAccessBlock', 'requestPayment'],
        ...['tagging', 'versioning'],
      ],
      DELETE: ['cors', 'encryption', 'lifecycle', 'ownershipControls', 'policy', 'publicAccessBlock', 'tagging'],
      POST: ['delete'],
    },
    object: {
      GET: ['acl', 'attributes', 'legal-hold', 'retention', 'tagging'],
      PUT: ['acl', 'legal-hold', 'retention', 'tagging'],
      DELETE: ['tagging'],
      POST: ['uploads'],
    },
    readsHeadersInQuery: false,
    cleansKeys: true,
  },
} as const satisfies Readonly<Record<string, ServerProfile>>

/** The server that carries requests out: S3 itself, or one that refuses what it does not know; a server that is known; or what is told of another. */
export type Server = 's3' | keyof typeof servers | ServerProfile

/** Throws TypeError for a name that is none. */
export function profileOf(server: Server): ServerProfile | undefined {
  if (server === 's3') return undefined
  if (typeof server === 'object') return server
  const profile = Object.hasOwn(servers, server) ? servers[server] : undefined
  if (profile === undefined)
    throw new TypeError(`there is no profile of ${JSON.stringify(server)}: there are s3, ${Object.keys(servers).join(', ')}`)
  return profile
}
