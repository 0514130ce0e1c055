import type { Region } from '../../analyze/regions/region.js'
import type { Decision } from '../../decision/decision.js'

/** The members of a decision that programs get. */
export function plainDecision({ verdict, reason, statement }: Decision): Decision {
  return { verdict, reason, ...(statement && { statement }) }
}

/** A set of requests for programs. Its example is beside it already. */
export function regionRecord({ request: _, ...region }: Region): Omit<Region, 'request'> {
  return region
}
