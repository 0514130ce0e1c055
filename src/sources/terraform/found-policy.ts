import type { ProblemCode } from '../../catalog/problems.js'
import type { Policy, Text } from '../../policy/ast.js'
import type { Diagnostic, Location } from '../../policy/diagnostic.js'
import { documentOf } from '../../policy/document.js'
import type { JsonPath } from '../../policy/json-path.js'
import { parsePolicyNode } from '../../policy/parser.js'
import { Place } from '../../policy/place.js'
import type { LineTable } from '../../policy/position.js'
import type { Extent, PositionedValue } from '../../policy/positioned-value.js'
import { ProblemList } from '../../policy/problem-list.js'
import type { PublicAccessBlock } from '../../public-access/public-access-block.js'
import { validatePolicy } from '../../validate/validate-policy.js'
import type { FoundPolicy, Unknown } from '../found.js'
import { readPartition } from '../partition.js'
import { isKnown, unknownNames } from '../unknown-text.js'
import { isPerhapsInBucket } from './bucket-name.js'
import type { PolicySource } from './policy-source.js'
import { withShapes } from './unknown-shapes.js'
import { isUnknownValue, type UnknownValues } from './unknown-values.js'

interface Described {
  readonly address: string
  /** The path of the resource's file. */
  readonly declaredIn: string
  readonly bucket: string | undefined
  readonly owner: string | undefined
  readonly publicAccessBlock: PublicAccessBlock | undefined
  readonly lines: LineTable
  readonly unknowns: UnknownValues
}

/** The policy of a resource. */
export function foundPolicy(
  source: PolicySource,
  { address, declaredIn, bucket, owner, publicAccessBlock, lines, unknowns: reasons }: Described,
): FoundPolicy {
  const { file, root, isEditable } = source
  const base = {
    kind: 'policy' as const,
    file,
    address,
    ...(declaredIn !== file.path && { declaredIn }),
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
  }
  if (root === undefined) return { ...base, diagnostics: source.diagnostics, unknowns: [], isEditable: false }
  const unknowns = unknownsIn(root, lines, reasons)
  if (isUnknownValue(root)) return { ...base, diagnostics: [], unknowns, isEditable: false }
  const shaped = withShapes(root)
  const problems = new ProblemList()
  const written = parsePolicyNode({ value: shaped, path: [] }, documentOf(shaped, lines, problems).reader)
  const { draft, partition } = written === undefined ? {} : readPartition(written)
  const meanings = draft === undefined ? [] : validatePolicy(draft, bucket === undefined ? {} : { bucket })
  const all = [...unknowns, ...(draft === undefined || bucket === undefined ? [] : resourcesPerhapsIn(bucket, draft))]
  const isKnownProblem = (diagnostic: Diagnostic) => isAboutKnown(diagnostic, all, draft)
  return {
    ...base,
    root: shaped,
    ...(partition !== undefined && { partition }),
    ...(draft !== undefined && { draft }),
    diagnostics: [...source.diagnostics, ...problems.diagnostics, ...meanings].filter(isKnownProblem),
    unknowns: all,
    isEditable: isEditable && all.length === 0,
  }
}

/** The unknown parts of a value, in the order of its members. */
function unknownsIn(root: PositionedValue, lines: LineTable, reasons: UnknownValues): readonly Unknown[] {
  const found: Unknown[] = []
  const places = new Set<string>()
  const add = (text: string, extent: Extent, path: JsonPath) => {
    const [name] = unknownNames(text)
    const place = `${extent.start} ${extent.end} ${name}`
    if (name === undefined || places.has(place)) return
    places.add(place)
    found.push({ location: new Place(lines, extent, path), reason: reasons.reasonOf(name) })
  }
  const visit = (value: PositionedValue, path: JsonPath): void => {
    if (value.kind === 'string') add(value.text, value, path)
    if (value.kind === 'array') for (const [index, item] of value.items.entries()) visit(item, [...path, index])
    if (value.kind !== 'object') return
    for (const member of value.members) {
      add(member.name, member.nameExtent, [...path, member.name])
      visit(member.value, [...path, member.name])
    }
  }
  visit(root, [])
  return found
}

function resourcesPerhapsIn(bucket: string, { Statement }: Policy): readonly Unknown[] {
  return Statement.flatMap(({ Resource, NotResource }) => Resource ?? NotResource ?? [])
    .filter(({ text }) => isPerhapsInBucket(text, bucket))
    .map(({ location }) => ({ location, reason: 'the files do not tell the names of the buckets' }))
}

/** Problems that compare a part of a statement with another, which may be the unknown one, or with the whole. */
const comparing: ReadonlySet<ProblemCode> = new Set(['action-resource-mismatch', 'condition-not-applicable'])

/** Whether a problem is there whatever the unknown parts are. */
function isAboutKnown(diagnostic: Diagnostic, unknowns: readonly Unknown[], draft: Policy | undefined): boolean {
  if (unknowns.length === 0) return true
  if (!isKnown(diagnostic.message) || diagnostic.code === 'policy-too-large') return false
  if (unknowns.some(({ location }) => isWithin(diagnostic, location))) return false
  if (!comparing.has(diagnostic.code)) return true
  const statement = draft?.Statement.find(({ location }) => isWithin(diagnostic, location))
  return ![...(statement?.Action ?? []), ...(statement?.Resource ?? [])].some(isUnknownText)
}

function isUnknownText({ text }: Text): boolean {
  return !isKnown(text)
}

function isWithin({ span }: Pick<Location, 'span'>, { span: outer }: Location): boolean {
  return outer.start.offset <= span.start.offset && span.end.offset <= outer.end.offset
}
