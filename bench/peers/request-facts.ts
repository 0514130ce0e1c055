import type { AuthorizationRequest } from '../../src/index.js'

/** The principal's ARN or access key; undefined: anonymous. */
export function callerOf({ principal }: AuthorizationRequest): string | undefined {
  if (principal.kind === 'aws') return principal.arn
  return principal.kind === 'key' ? principal.accessKey : undefined
}

export function resourceOf({ bucket, key }: AuthorizationRequest): string {
  return key === undefined ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`
}

/** The workloads' contexts are plain records of texts. */
export function contextOf({ context }: AuthorizationRequest): Readonly<Record<string, string | undefined>> {
  return (context ?? {}) as Readonly<Record<string, string | undefined>>
}
