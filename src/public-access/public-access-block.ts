/** The four settings of S3 Block Public Access. */
export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean
  readonly IgnorePublicAcls: boolean
  /** PutBucketPolicy of a public policy is refused, for everybody. */
  readonly BlockPublicPolicy: boolean
  /** While the policy is public, only the owner's account and service principals get access. */
  readonly RestrictPublicBuckets: boolean
}

export const publicAccessSettings = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const

export const nothingBlocked: PublicAccessBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
}

/** The stricter of two blocks, setting by setting: the bucket's and its owner's. */
export function stricterBlock(a: PublicAccessBlock, b: PublicAccessBlock): PublicAccessBlock {
  return {
    BlockPublicAcls: a.BlockPublicAcls || b.BlockPublicAcls,
    IgnorePublicAcls: a.IgnorePublicAcls || b.IgnorePublicAcls,
    BlockPublicPolicy: a.BlockPublicPolicy || b.BlockPublicPolicy,
    RestrictPublicBuckets: a.RestrictPublicBuckets || b.RestrictPublicBuckets,
  }
}
