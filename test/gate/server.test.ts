import { expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { createGate } from '../../src/gate/gate.js'
import { HeaderList } from '../../src/http/header-list.js'
import { Authorizer } from '../../src/index.js'
import type { ServerProfile } from '../../src/s3/server/server-profile.js'
import { servers } from '../../src/s3/server/servers.js'

const authorizer = Authorizer.from({
  buckets: [
    {
      name: 'photos',
      owner: '111122223333',
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::photos', 'arn:aws:s3:::photos/*'] }],
      },
    },
  ],
  keys: [],
})

async function said(method: string, target: string, server?: ServerProfile): Promise<string> {
  const gate = createGate({
    authorizer,
    secrets: { secretsFor: () => [] },
    hashing: nodeHashing,
    ...(server === undefined ? {} : { server }),
  })
  const http = { method, target, headers: HeaderList.of([['host', 's3.example.test']]) }
  const outcome = await gate.authorize({ http, time: Date.UTC(2026, 8, 21), connection: {} })
  return outcome.kind === 'refused' ? outcome.error.code : outcome.kind
}

test.each<[method: string, target: string, server: ServerProfile | undefined, said: string]>([
  ['DELETE', '/photos?analytics&id=1', undefined, 'permitted'],
  ['DELETE', '/photos?analytics&id=1', servers.ceph, 'NotImplemented'],
  ['DELETE', '/photos', servers.ceph, 'permitted'],
  ['GET', '/photos//a', servers.ceph, 'permitted'],
  ['GET', '/photos//a', servers.minio, 'InvalidArgument'],
  ['GET', '/photos/a', servers.minio, 'permitted'],
])('%s %s, carried out by %j: %s', async (method, target, server, answer) => {
  expect(await said(method, target, server)).toBe(answer)
})
