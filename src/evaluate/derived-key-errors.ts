import { type Diagnostic, diagnosticOf, type Location } from '../policy/diagnostic.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { derivedKeyConflicts } from '../request/derived-keys.js'
import { RequestContext } from '../request/request-context.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { resolveCaller } from './evaluate.js'

/**
 * Where the request's context contradicts what follows from its caller and its bucket in the snapshot. Such a request is
 * invalid; `parseRequest` finds what does not depend on a snapshot.
 */
export function derivedKeyErrors(snapshot: Snapshot, request: AuthorizationRequest, location: Location): readonly Diagnostic[] {
  const caller = resolveCaller(snapshot, request)
  if (caller === undefined || request.context === undefined) return []
  const owner = request.bucket === undefined ? undefined : snapshot.buckets.get(request.bucket)?.owner
  return derivedKeyConflicts(RequestContext.from(request.context), caller, owner).map(({ name, derived }) => {
    const must = derived === undefined ? 'it must be absent' : `it must be \`${derived}\``
    return diagnosticOf({
      code: 'derived-key-conflict',
      location,
      message: `\`${name}\` follows from the caller and the bucket: ${must}`,
      help: 'leave it out of the context',
    })
  })
}
