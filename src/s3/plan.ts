import type { AuthorizationRequest } from '../request/authorization-request.js'

/** The questions that one S3 request comes to. */
export interface RequestPlan {
  readonly kind: 'plan'
  /** All must be allowed. None for requests that need no permission, such as CORS preflights. */
  readonly questions: readonly AuthorizationRequest[]
  /** Of DeleteObjects: each object is decided on its own, and what is refused is told in the response, whose status is 200. */
  readonly objects?: readonly ObjectPlan[]
  /** Of copies with the source's tags: also to be allowed if the source object has tags. */
  readonly ifSourceIsTagged: readonly AuthorizationRequest[]
  /** Whether a client may learn that the object does not exist: 404 if this is allowed, else 403. */
  readonly ifMissing?: AuthorizationRequest
  /** Whether the request gives anybody but the bucket's owner anything by an ACL, as far as headers and fields tell. */
  readonly givesByAcl: boolean
  /** Response headers that are left out unless the question is allowed. */
  readonly trims: readonly ResponseTrim[]
}

export interface ObjectPlan {
  readonly key: string
  readonly versionId?: string
  /** All must be allowed. */
  readonly questions: readonly AuthorizationRequest[]
}

export interface ResponseTrim {
  /** In lower case. */
  readonly headers: readonly string[]
  readonly question: AuthorizationRequest
}
