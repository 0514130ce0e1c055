/** The JSON formats of snapshots and requests, as the generator writes them and the oracle reads them. */
export type Grant = {
  readonly bucket: string
  readonly permission?: string
  readonly actions?: readonly string[]
  readonly prefix?: string
  readonly sourceIp?: readonly string[]
}
/** Epoch milliseconds or a date as text. */
export type Time = string | number
export type AccessKey = {
  readonly accessKey: string
  readonly account: string
  readonly name?: string
  readonly arn?: string
  readonly grants: readonly Grant[]
  readonly status?: 'active' | 'suspended'
  readonly notBefore?: Time
  readonly expiresAt?: Time
}
export type PublicAccessBlock = {
  readonly BlockPublicAcls?: boolean
  readonly IgnorePublicAcls?: boolean
  readonly BlockPublicPolicy?: boolean
  readonly RestrictPublicBuckets?: boolean
}
export type Bucket = {
  readonly name: string
  readonly owner: string
  readonly policy?: object | string
  readonly publicAccessBlock?: PublicAccessBlock
}
export type Account = { readonly id: string; readonly publicAccessBlock?: PublicAccessBlock; readonly canonicalId?: string }
export type Snapshot = { readonly buckets: readonly Bucket[]; readonly keys: readonly AccessKey[]; readonly accounts?: readonly Account[] }

/** The members of each kind of caller together; `kind` says which of them are there. */
export type Principal = {
  readonly kind: 'anonymous' | 'key' | 'aws' | 'service' | 'federated' | 'canonicalUser'
  readonly accessKey?: string
  readonly arn?: string
  readonly account?: string
  readonly roleArn?: string
  readonly userId?: string
  readonly identityVerdict?: Verdict
  readonly service?: string
  readonly provider?: string
  readonly id?: string
}
export type Request = {
  readonly principal: Principal
  readonly action: string
  readonly operation?: string
  readonly bucket?: string
  readonly key?: string
  readonly time?: number
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  readonly unknown?: readonly string[]
}
export type Verdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'
export type Answer = {
  readonly verdict: Verdict
  readonly reason: string
  /**
   * Indices of the policy's Deny statements that apply where they decide, else of its Allow statements that count (S3.7); none where the
   * policy is not asked.
   */
  readonly applying: number[]
}
export type Outcome = 'true' | 'false' | 'unknown'
/** Hears of every condition evaluated, by the operator's base name; `missing`: its key is known to be absent. */
export type Probe = (operator: string, outcome: Outcome, missing: boolean) => void
