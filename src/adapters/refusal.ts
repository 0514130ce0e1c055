import type { Refused } from '../gate/outcome.js'
import { errorDocument } from '../xml/error-document.js'
import { decisionInBrief } from './log-entry.js'

/** What a refused client is sent. */
export interface RefusalResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** S3's error document; empty for HEAD. */
  readonly body: string
}

/** Throws TypeError for a name that no header can have. */
export function checkDebugHeader(name: string | undefined): void {
  if (name !== undefined) new Headers([[name, '']])
}

/** @param resource the path that was asked for */
export function refusalResponse(
  { error, refusal }: Pick<Refused, 'error' | 'refusal'>,
  { requestId, method, resource, debugHeader }: { requestId: string; method: string; resource: string; debugHeader?: string | undefined },
): RefusalResponse {
  const brief = refusal === undefined ? error.code : decisionInBrief(refusal)
  return {
    status: error.status,
    headers: {
      'content-type': 'application/xml',
      'x-amz-request-id': requestId,
      ...(debugHeader === undefined ? {} : { [debugHeader]: brief }),
    },
    body: method === 'HEAD' ? '' : errorDocument(error, { resource, requestId }),
  }
}
