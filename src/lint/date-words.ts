import { type Instant, millisecondsOfInstant } from '../match/date.js'

/** `2026-09-21T14:13:20Z`; what is too far away for a date, in milliseconds since 1970. */
export function dateOf(instant: Instant): string {
  const milliseconds = millisecondsOfInstant(instant)
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString().replace('.000Z', 'Z')
}
