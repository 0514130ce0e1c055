/** Condition keys whose values follow from the caller and the bucket's owner. */
export const callerKeys: ReadonlySet<string> = new Set([
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:userid',
  'aws:username',
  'aws:ResourceAccount',
  's3:ResourceAccount',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName',
])

/** Condition keys whose values follow from the request's time. */
export const timeKeys: ReadonlySet<string> = new Set(['aws:CurrentTime', 'aws:EpochTime'])
