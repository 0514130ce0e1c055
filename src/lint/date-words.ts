import { type Instant, millisecondsOfInstant } from '../match/date.js'

/** `2026-09-21T14:13:20Z` */
export function dateOf(instant: Instant): string {
  return new Date(millisecondsOfInstant(instant)).toISOString().replace('.000Z', 'Z')
}
