import type { Decision } from '../decision/decision.js'

/**
 * A bucket policy, compiled: plain data that `decide` interprets. The words are laid out as layout.ts says; every text of the policy that
 * is still needed is in the pool, once.
 */
export interface PolicyProgram {
  readonly words: Int32Array
  readonly strings: readonly string[]
}

/** A program and what is made of it once, when it is loaded, to find things fast. It never changes either. */
export interface LoadedPolicy extends PolicyProgram {
  readonly names: PrincipalNames
  /** By 2 × statement: what it decides alone; by 2 × statement + 1: what an Allow decides together with the identity side. */
  readonly decisions: readonly Decision[]
}

/** Principals by the whole text that a caller shows. */
export interface PrincipalNames {
  readonly arns: ReadonlyMap<string, number>
  /** By the part of the ARN after `user/`; the first of those with this name. */
  readonly users: ReadonlyMap<string, number>
  readonly services: ReadonlyMap<string, number>
  readonly providers: ReadonlyMap<string, number>
  readonly canonicalIds: ReadonlyMap<string, number>
}
