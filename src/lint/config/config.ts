import type { Location } from '../../policy/diagnostic.js'
import type { JsonPath } from '../../policy/json-path.js'
import { type Severity, severities } from '../finding.js'

/** The configuration of the linter as it was read; which rules there are has not been looked at. */
export interface LintConfig {
  readonly preset: Preset
  readonly rules: readonly RuleSetting[]
  /** For some files. Later ones win. */
  readonly overrides: readonly Override[]
  readonly suppressions: readonly ConfiguredSuppression[]
  /** From which severity on findings fail the run. */
  readonly failLevel?: FailLevel
  /** How many findings below the fail level are taken, at most. */
  readonly maxWarnings?: number
  /** Whether questions without an answer are taken for fine. */
  readonly allowUndecided?: boolean
  /** Modules with rules of one's own. */
  readonly plugins: readonly Plugin[]
}

export const presets = ['recommended', 'strict', 'none'] as const
export type Preset = (typeof presets)[number]

export const failLevels = [...severities, 'none'] as const
export type FailLevel = Severity | 'none'

/** `error` and `security` fail a run: what the policy is not, and whom it lets in. The rest is advice. */
export const defaultFailLevel: FailLevel = 'security'

/** `on` keeps the severity that the rule has of itself. */
export const levels = ['off', 'on', ...severities] as const
export type Level = (typeof levels)[number]

/** What is said of one rule. */
export interface RuleSetting {
  readonly id: string
  readonly level: Level
  readonly options?: GivenOptions
  /** Of the rule's id. */
  readonly location: Location
}

export interface GivenOptions {
  readonly value: Readonly<Record<string, unknown>>
  /** Where a part of them stands: the nearest to a path in the options that is there. */
  locate(path: JsonPath): Location
}

/** What is different for some files. */
export interface Override {
  readonly files: readonly string[]
  readonly rules: readonly RuleSetting[]
  /** The bucket that policies in these files are for, where they do not say. */
  readonly bucket?: string
  /** The account that owns that bucket. */
  readonly owner?: string
}

/** Findings that do not count. All that is given must fit. */
export interface ConfiguredSuppression {
  readonly rule: string
  readonly files?: readonly string[]
  readonly sid?: string
  /** Of what is in question in its policy, as a JSON pointer: `/Statement/0`. What is below it is meant too. */
  readonly path?: string
  readonly bucket?: string
  readonly reason: string
  /** The last day on which it counts, in UTC: `2026-12-31`. */
  readonly expires?: string
  readonly location: Location
}

export interface Plugin {
  /** A path relative to the configuration, or the name of a package. */
  readonly module: string
  readonly location: Location
}

/** The configuration of those who have none. */
export const emptyConfig: LintConfig = { preset: 'recommended', rules: [], overrides: [], suppressions: [], plugins: [] }

/** Whether a file of that path, relative to the configuration's folder, is meant by a pattern. */
export type FileMatcher = (pattern: string, path: string) => boolean
