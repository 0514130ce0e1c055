import { millisecondsOfInstant, parseInstant } from '../../match/date.js'
import { type GivenValue, UNKNOWN } from '../../request/request-context.js'
import { type Asked, fromBody, settingOf } from '../planning/asked.js'

const DAY = 86_400_000

export function mode(asked: Asked): GivenValue {
  return asked.request.operation.body?.kind === 'retention'
    ? fromBody(asked, 'retention', (body) => body.mode)
    : settingOf(asked, 'x-amz-object-lock-mode')
}

export function retainUntilDate(asked: Asked): GivenValue {
  return asked.request.operation.body?.kind === 'retention'
    ? fromBody(asked, 'retention', (body) => body.retainUntilDate)
    : settingOf(asked, 'x-amz-object-lock-retain-until-date')
}

export function legalHold(asked: Asked): GivenValue {
  return asked.request.operation.body?.kind === 'legal-hold'
    ? fromBody(asked, 'legal-hold', (body) => body.status)
    : settingOf(asked, 'x-amz-object-lock-legal-hold')
}

/**
 * Whole days from now to the date that is asked for, a begun day counting as one: a client that adds ten days to its clock means ten,
 * although some of the first has passed when the request arrives.
 */
export function remainingRetentionDays(asked: Asked): GivenValue {
  const date = retainUntilDate(asked)
  if (date === undefined) return undefined
  const { time } = asked.facts
  const until = typeof date === 'string' ? parseInstant(date) : undefined
  const days = until === undefined || time === undefined ? Number.NaN : Math.ceil((millisecondsOfInstant(until) - time) / DAY)
  return Number.isFinite(days) ? String(days) : UNKNOWN
}

/** A hold for years is one for days too, of a number that depends on the calendar. */
export function eventHoldDays(asked: Asked): GivenValue {
  const days = settingOf(asked, 'x-amz-object-lock-event-hold-duration-days')
  if (days !== undefined) return days
  return settingOf(asked, 'x-amz-object-lock-event-hold-duration-years') === undefined ? undefined : UNKNOWN
}
