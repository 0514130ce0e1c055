import { millisecondsOfInstant, parseInstant } from '../../match/date.js'
import type { JsonPath } from '../../policy/json-path.js'
import type { Finding } from '../finding.js'
import type { ReportedFinding, UnusedSuppression } from '../report.js'
import type { ConfiguredSuppression, FileMatcher } from './config.js'

const DAY_MS = 86_400_000

/** What a finding was found in. */
export interface FindingPlace {
  /** The file, relative to the configuration's folder. */
  readonly path: string
  readonly bucket?: string
  /** The way to the policy, where a location's path begins above it. */
  readonly base?: JsonPath
}

/** Marks findings that do not count, and remembers which suppressions were needed. */
export class Suppressor {
  readonly #suppressions: readonly Candidate[]
  readonly #matches: FileMatcher

  /** @param now epoch milliseconds */
  constructor(suppressions: readonly ConfiguredSuppression[], matches: FileMatcher, now: number) {
    this.#suppressions = suppressions.map((given) => ({
      given,
      isExpired: isExpired(given, now),
      isUsed: false,
      isAbout: given.files === undefined,
    }))
    this.#matches = matches
  }

  mark(finding: Finding, place: FindingPlace): ReportedFinding {
    for (const candidate of this.#suppressions) {
      const { given, isExpired } = candidate
      if (!this.#fits(given, finding, place)) continue
      candidate.isUsed = true
      if (isExpired) continue
      const { reason, expires } = given
      return { ...finding, suppressed: { reason, by: 'config', ...(expires !== undefined && { expires }) } }
    }
    return finding
  }

  /** That a file has been looked at: suppressions for other files may be needed there. */
  sees(path: string): void {
    for (const candidate of this.#suppressions) candidate.isAbout ||= this.#isFor(candidate.given, path)
  }

  /** Suppressions that have expired, and those that nothing needed. */
  unused(): readonly UnusedSuppression[] {
    return this.#suppressions.flatMap(({ given, isExpired, isUsed, isAbout }) => {
      if (isExpired)
        return { description: `the suppression of ${described(given)} has expired on ${given.expires}`, location: given.location }
      return isUsed || !isAbout
        ? []
        : { description: `the suppression of ${described(given)} suppresses nothing`, location: given.location }
    })
  }

  #fits(given: ConfiguredSuppression, finding: Finding, { path, bucket, base = [] }: FindingPlace): boolean {
    return (
      given.rule === finding.rule &&
      (given.sid === undefined || given.sid === finding.sid) &&
      (given.bucket === undefined || given.bucket === bucket) &&
      (given.path === undefined || isBelow(finding.location.path, [...base, ...stepsOf(given.path)])) &&
      this.#isFor(given, path)
    )
  }

  #isFor({ files }: ConfiguredSuppression, path: string): boolean {
    return files === undefined || files.some((pattern) => this.#matches(pattern, path))
  }
}

interface Candidate {
  readonly given: ConfiguredSuppression
  readonly isExpired: boolean
  isUsed: boolean
  /** Whether a file that it is for has been looked at. */
  isAbout: boolean
}

function described({ rule, files, sid, path, bucket }: ConfiguredSuppression): string {
  const parts = [
    ...(sid === undefined ? [] : [`in statement \`${sid}\``]),
    ...(path === undefined ? [] : [`at \`${path}\``]),
    ...(bucket === undefined ? [] : [`of bucket \`${bucket}\``]),
    ...(files === undefined ? [] : [`for ${files.map((file) => `\`${file}\``).join(', ')}`]),
  ]
  return [`\`${rule}\``, ...parts].join(' ')
}

/** The whole of the last day counts. */
function isExpired({ expires }: ConfiguredSuppression, now: number): boolean {
  const day = expires === undefined ? undefined : parseInstant(expires)
  return day !== undefined && now >= millisecondsOfInstant(day) + DAY_MS
}

/** The steps of a JSON pointer (RFC 6901). */
function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isBelow(path: JsonPath, above: JsonPath): boolean {
  return above.every((step, index) => String(path[index]) === String(step) && index < path.length)
}
