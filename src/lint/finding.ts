import type { Location } from '../policy/diagnostic.js'

/**
 * `error`: S3 refuses the policy, or it does not do what it says. `security`: it lets in more than its author can have meant. `warning`: it is
 * likely a mistake. `suggestion`: it can be said better.
 */
export type Severity = 'error' | 'security' | 'warning' | 'suggestion'

/** From the gravest down. */
export const severities: readonly Severity[] = ['error', 'security', 'warning', 'suggestion']

/** One finding of one rule. */
export interface Finding {
  readonly rule: string
  /** Which of the rule's messages. Stable, part of the API. */
  readonly messageId: string
  readonly severity: Severity
  /** For people; may improve between versions. */
  readonly message: string
  readonly file: string
  /** Where in the file the policy is, in the words of its format; empty for a bare policy. */
  readonly address: string
  readonly location: Location
  /** The statement's Sid, if it is in one that has one. */
  readonly sid?: string
  /** A next step. */
  readonly help?: string
  /** A request that shows it, in words. */
  readonly witness?: string
  readonly fix?: Fix
}

/** Edits that mend what was found and keep all other formatting. */
export interface Fix {
  /** What it does, after "this would": `remove the second "s3:GetObject"`. */
  readonly description: string
  /** In the file, without overlaps. */
  readonly edits: readonly Edit[]
}

/** Replaces what stands from `start` up to `end`, offsets in the file. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A rule that could not come to an answer about a place. */
export interface Undecided {
  readonly rule: string
  readonly file: string
  readonly address: string
  readonly location: Location
  /** What follows a "because". */
  readonly reason: string
}
