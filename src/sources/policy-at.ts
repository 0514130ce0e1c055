import type { Policy } from '../policy/ast.js'
import type { Diagnostic, Location } from '../policy/diagnostic.js'
import { documentOf } from '../policy/document.js'
import type { JsonPath } from '../policy/json-path.js'
import { parsePolicyNode } from '../policy/parser.js'
import { type LineTable, spanAt } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import { ProblemList } from '../policy/problem-list.js'
import type { PublicAccessBlock } from '../public-access/public-access-block.js'
import { validatePolicy } from '../validate/validate-policy.js'
import type { FoundPolicy, SourceFile, Unknown } from './found.js'
import { readPartition } from './partition.js'
import { settle, type UnknownPart } from './settle.js'
import { textProblemsOf } from './text-problems.js'
import { isKnown } from './unknown-text.js'

/** Where a policy stands, and what the file tells about it. */
export interface PolicyPlace {
  readonly file: SourceFile
  readonly lines: LineTable
  /** The way from the file's root to the policy. */
  readonly path: JsonPath
  readonly address: string
  readonly bucket?: string
  readonly owner?: string
  readonly publicAccessBlock?: PublicAccessBlock
  /** Whether it stands there as JSON text. */
  readonly isEditable: boolean
}

/** Why parts are unknown, by their names: what follows a "because". */
export type Reasons = ReadonlyMap<string, string>

/** Why a text with these unknown parts is unknown. */
export function reasonFor(names: readonly string[], reasons: Reasons): string {
  const each = names.map((name) => reasons.get(name) ?? `\`${name}\` is known only at deployment`)
  return [...new Set(each)].join(', and ')
}

/**
 * The policy that a value in a file is. The value's texts may hold parts that are not known, written as marks: nothing is said of these.
 */
export function policyAt(value: PositionedValue, place: PolicyPlace, reasons: Reasons = new Map()): FoundPolicy {
  const { lines, path, bucket } = place
  const { root, unknowns: parts } = settle(value, path)
  const unknowns = parts.map((part) => unknownOf(part, lines, reasons))
  const problems = new ProblemList()
  for (const { code, message, extent, path: way } of textProblemsOf(root, path)) {
    problems.add({ code, message, location: { path: way, span: spanAt(lines, extent.start, extent.end) } })
  }
  const written = parsePolicyNode({ value: root, path }, documentOf(root, lines, problems).reader)
  const { draft, partition } = written === undefined ? {} : readPartition(written)
  const meanings = draft === undefined ? [] : validatePolicy(draft, bucket === undefined ? {} : { bucket })
  return {
    ...foundBase(place),
    root,
    ...(partition !== undefined && { partition }),
    ...(draft !== undefined && { draft }),
    diagnostics: [...problems.diagnostics, ...meanings].filter((diagnostic) => !restsOnUnknown(diagnostic, draft, unknowns)),
    unknowns,
  }
}

/** A policy of which there is nothing to read. */
export function unreadablePolicy(place: PolicyPlace, diagnostics: readonly Diagnostic[], unknowns: readonly Unknown[] = []): FoundPolicy {
  return { ...foundBase(place), diagnostics, unknowns }
}

function foundBase({ file, address, bucket, owner, publicAccessBlock, isEditable }: PolicyPlace) {
  return {
    kind: 'policy' as const,
    file,
    address,
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
    isEditable,
  }
}

function unknownOf({ extent, path, names }: UnknownPart, lines: LineTable, reasons: Reasons): Unknown {
  return { location: { path, span: spanAt(lines, extent.start, extent.end) }, reason: reasonFor(names, reasons) }
}

/** Whether a problem would be another, or none, if all of the policy were known. */
function restsOnUnknown({ code, span }: Diagnostic, draft: Policy | undefined, unknowns: readonly Unknown[]): boolean {
  if (unknowns.length === 0) return false
  if (code === 'policy-too-large') return true
  if (unknowns.some(({ location }) => isInside(span, location.span))) return true
  if (code !== 'action-resource-mismatch') return false
  const statement = draft?.Statement.find(({ location }) => isInside(span, location.span))
  return (statement?.Resource ?? []).some(({ text }) => !isKnown(text))
}

function isInside(inner: Location['span'], outer: Location['span']): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset
}
