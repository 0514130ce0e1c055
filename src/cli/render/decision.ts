import type { DecisionWithGrant } from '../../decision/decision.js'

/** The members of a decision that programs get, and no others that an explanation may carry. */
export function decisionRecord({ verdict, reason, statement, grant }: DecisionWithGrant): DecisionWithGrant {
  return { verdict, reason, ...(statement && { statement }), ...(grant && { grant }) }
}
