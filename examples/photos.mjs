// What every example decides by: one bucket with a policy, and two access keys. A real server has these in a file or a database.
import { Authorizer } from 'grantree'

export const authorizer = Authorizer.from({
  buckets: [
    {
      name: 'photos',
      owner: '111122223333',
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'EveryoneSeesPublic', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/public/*' },
          { Sid: 'NobodyDeletesOriginals', Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject*', Resource: 'arn:aws:s3:::photos/originals/*' },
        ],
      },
    },
  ],
  keys: [
    { accessKey: 'EDITOR', account: '111122223333', grants: [{ bucket: 'photos', permission: 'readwrite' }] },
    { accessKey: 'VISITOR', account: '111122223333', grants: [{ bucket: 'photos', permission: 'read', prefix: 'albums/' }] },
  ],
})

const secretOf = new Map([
  ['EDITOR', 'the-editors-secret'],
  ['VISITOR', 'the-visitors-secret'],
])

/** None, one, or two while a secret is being rotated. */
export const secrets = { secretsFor: (accessKey) => (secretOf.has(accessKey) ? [secretOf.get(accessKey)] : []) }

/** One line of JSON for each request: for refusals with every statement and grant, and why it did not allow. */
export const log = (entry) => console.error(JSON.stringify(entry))

// Edge workers have no `process`, and need no port.
export const port = Number(globalThis.process?.env.PORT ?? 9000)
