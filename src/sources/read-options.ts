/** What is known beside the file. */
export interface ReadOptions {
  /** The bucket of a file that is a policy. */
  readonly bucket?: string
  /** The account of the buckets, which deploys them; CloudFormation's `AWS::AccountId`. */
  readonly owner?: string
  /** CloudFormation's `AWS::Region`. */
  readonly region?: string
}
