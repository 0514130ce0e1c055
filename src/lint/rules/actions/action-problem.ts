import { findAction } from '../../../catalog/lookup.js'
import { foldAscii } from '../../../match/case.js'
import { hasWildcard } from '../../../match/wildcard.js'
import { actionsForOperation } from './operations.js'

/** What is wrong with an action that covers nothing a bucket policy can be about. */
export type ActionProblem = 'foreign' | 'pattern' | 'unusable' | 'operation' | 'unknown'

/** @param text an action with a problem; undefined if there is none to name */
export function actionProblem(text: string | undefined): ActionProblem | undefined {
  if (text === undefined) return undefined
  if (serviceOf(text) !== undefined) return 'foreign'
  if (hasWildcard(text)) return 'pattern'
  if (findAction(text) !== undefined) return 'unusable'
  return actionsForOperation(text) === undefined ? 'unknown' : 'operation'
}

/** The service that an action is of, if it is spelled out and not S3. */
export function serviceOf(text: string): string | undefined {
  const colon = text.indexOf(':')
  if (colon <= 0) return undefined
  const service = foldAscii(text.slice(0, colon))
  return service === 's3' || !isServiceName(service) ? undefined : service
}

function isServiceName(text: string): boolean {
  return [...text].every(
    (character) => (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character === '-',
  )
}
