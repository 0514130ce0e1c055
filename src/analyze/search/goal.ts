import type { Bits } from '../bits.js'
import type { CallerGroup } from '../callers/caller-groups.js'
import type { ActionClass } from '../dimensions/action-classes.js'
import type { Progress } from './verdicts.js'

/** What is asked of a request. */
export interface Goal {
  /** Clauses that make it easier to reach by applying, and by not applying; of a clause in neither list nothing depends. */
  readonly helps: Bits
  readonly hinders: Bits
  /** Whether a request of this action and kind of caller reaches it: undefined while that depends on what is not chosen yet. */
  readonly isReached: (action: ActionClass, callers: CallerGroup, progress: Progress) => boolean | undefined
}
