import { failed } from '../gate/failed.js'
import type { IncomingRequest } from '../gate/incoming-request.js'
import type { Outcome } from '../gate/outcome.js'
import type { AdapterOptions } from './adapter-options.js'
import { logEntry } from './log-entry.js'

export interface Decided {
  readonly outcome: Outcome
  readonly requestId: string
}

/** Tells the log what became of a request. What cannot be logged does not pass: a log that throws refuses the request. Never rejects if `outcome` does not. */
export async function decideAndLog(
  outcome: Outcome | Promise<Outcome>,
  incoming: IncomingRequest,
  { log }: Pick<AdapterOptions, 'log'>,
): Promise<Decided> {
  const requestId = crypto.randomUUID()
  const decided = await outcome
  if (log === undefined) return { outcome: decided, requestId }
  const record = (each: Outcome): void => {
    const logged: unknown = log(logEntry(each, incoming, requestId))
    // An `async` log has answered too late to refuse anything; its failure must not end the process.
    if (logged instanceof Promise) logged.catch(ignore)
  }
  try {
    record(decided)
    return { outcome: decided, requestId }
  } catch (thrown) {
    if (decided.kind === 'refused') return { outcome: decided, requestId }
    const refused = failed(thrown, decided.request)
    try {
      record(refused)
    } catch {
      // There is nobody left to tell.
    }
    return { outcome: refused, requestId }
  }
}

function ignore(): void {}
