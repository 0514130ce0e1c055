/** Who makes a request, as the embedder has authenticated it. */
export type Principal =
  | { readonly kind: 'anonymous' }
  /** An access key of the snapshot. */
  | { readonly kind: 'key'; readonly accessKey: string }
  | AwsPrincipal
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonicalUser'; readonly id: string }

/** A user, a role session, a federated-user session or an account's root. */
export interface AwsPrincipal {
  readonly kind: 'aws'
  readonly arn: string
  /** Default: the account in the ARN. */
  readonly account?: string
  /** For a session: the ARN of its role with its path, which the session's ARN does not tell. */
  readonly roleArn?: string
  /** The unique id, `AIDA…` or `AROA…:session`. */
  readonly userId?: string
  /** What the embedder's own identity side says. Default: ImplicitDeny, and Allow for the root of the bucket's owner. */
  readonly identityVerdict?: IdentityVerdict
}

export type IdentityVerdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'

/** The kinds of principal, with the members each may have. */
export const principalMembers: Readonly<
  Record<Principal['kind'], { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  anonymous: { required: [], optional: [] },
  key: { required: ['accessKey'], optional: [] },
  aws: { required: ['arn'], optional: ['account', 'roleArn', 'userId', 'identityVerdict'] },
  service: { required: ['service'], optional: [] },
  federated: { required: ['provider'], optional: [] },
  canonicalUser: { required: ['id'], optional: [] },
}
