import type { S3Body } from '../../xml/body.js'

/** What a request is made to. A website is the service's second face: hosts that show a bucket's objects to browsers. */
export type Scope = 'service' | 'bucket' | 'object' | 'website'

/** Everything that the mapping knows of one operation of S3. */
export interface OperationRow {
  /** As the API Reference calls it. */
  readonly name: string
  readonly methods: readonly string[]
  readonly scope: Scope
  /** Requests to this scope are the same operation. */
  readonly alsoOn?: Scope
  /** The one path it has, of operations that are about neither buckets nor objects. */
  readonly path?: string
  /** The query parameter that names it, whatever its value: `acl`. */
  readonly subresource?: string
  /** Further parameters without which it is another operation. */
  readonly requires?: readonly RequiredParameter[]
  /** In lower case: the header without which it is another operation. */
  readonly requiresHeader?: string
  /** What `Content-Type` has to begin with. */
  readonly contentType?: string
  /** Parameters that it may have beside those. Every other one of S3 is refused. */
  readonly parameters?: readonly string[]
  /** What the parameters say is another request's: a preflight has those of the request that it asks for. */
  readonly ignoresParameters?: true
  /** Parameters that S3 does not know mean something to somebody else: the scripts of a web page. */
  readonly ignoresUnknownParameters?: true
  /** Headers in lower case that presigned URLs may carry as parameters or that condition keys come from; `x-amz-meta-*` stands for all that begin so. */
  readonly headers?: readonly string[]
  readonly body?: BodyRow
  /** The value of `s3:ObjectCreationOperation`. */
  readonly createsObject?: 'true' | 'false'
  /** Condition keys whose values stand where the mapping does not look (another request, an unread part of the body): unknown unless a header tells. */
  readonly untold?: readonly string[]
  /** Whoever signs it: it counts as anonymous. */
  readonly isAnonymous?: true
  /** Only the account that owns the bucket may do it, whoever else is allowed to: others get 405. */
  readonly ownerAccountOnly?: true
  /** Anonymous callers may not do it, whatever policies allow. */
  readonly isSignedOnly?: true
  /** It sets an ACL, in its body unless a header names a canned one. */
  readonly setsAcl?: true
  /** The operation that took its place, with the same requests. */
  readonly supersededBy?: string
  /** It is never done here. */
  readonly refusal?: 'NotImplemented'
  readonly asks: readonly AskRow[]
}

export interface RequiredParameter {
  readonly name: string
  /** Left out: any. */
  readonly value?: string
}

export interface BodyRow {
  /** `form`: the fields of `multipart/form-data`. */
  readonly kind: S3Body['kind'] | 'form'
  /** Without a `needed` body there are no questions; without a `useful` one some condition keys are unknown. */
  readonly need: 'needed' | 'useful'
}

/** One permission that an operation asks for. */
export interface AskRow {
  readonly action: string
  /** Takes the action's place where the request names a version, also `null` and the empty one. */
  readonly versionAction?: string
  /** Left out: the target. */
  readonly on?: 'source'
  /** Left out: always. */
  readonly when?: ConditionName
  /** Left out: without it the request is refused. */
  readonly requirement?: Requirement
  /** Of a `soft` one: the response headers, in lower case, that need it. */
  readonly headers?: readonly string[]
}

export type Requirement =
  /** Asked for each object of the body. */
  | 'per-object'
  /** Only response headers need it. */
  | 'soft'
  /** It decides between 404 and 403. */
  | 'error-shape'
  /** Needed if the source of the copy has tags. */
  | 'source-tagged'

/** What a request must have for a permission to be asked: see `conditions`. */
export type ConditionName =
  | 'body-has-tags'
  | 'bypasses-governance'
  | 'copies-tags'
  | 'enables-object-lock'
  | 'if-match'
  | 'if-match-etag'
  | 'replaces-tags'
  | 'sends-tags'
  | 'sets-acl'
  | 'sets-bucket-acl'
  | 'sets-legal-hold'
  | 'sets-ownership'
  | 'sets-retention'
