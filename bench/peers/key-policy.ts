import { type GrantJson, permissionActions } from '../../src/index.js'

/** An access key's grants as an identity-based IAM policy, for peers that read IAM JSON. */
export function keyPolicy(grants: readonly GrantJson[]) {
  return {
    Version: '2012-10-17',
    Statement: grants.map(({ bucket, permission = 'read' }, index) => ({
      Sid: `Grant${index}`,
      Effect: 'Allow',
      Action: permissionActions[permission],
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    })),
  }
}
