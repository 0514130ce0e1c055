import type { ProblemCode } from '../catalog/problems.js'
import { type Diagnostic, diagnosticOf } from '../policy/diagnostic.js'
import { stepTo } from '../policy/json-path.js'
import { type JsonProblem, readJson } from '../policy/json-reader.js'
import { spanAt } from '../policy/position.js'
import type { Extent, PositionedValue } from '../policy/positioned-value.js'
import type { FoundPolicy } from './found.js'
import { type OffsetMap, offsetMapOf, onePlace } from './offset-map.js'
import { type PolicyPlace, policyAt, type Reasons, reasonFor, unreadablePolicy } from './policy-at.js'
import { isKnown, unknownNames } from './unknown-text.js'

/**
 * A policy that stands in a file as JSON inside a text of the file's own format.
 *
 * @param text the JSON, as the file's format reads it
 * @param whole where the text stands
 * @param map where its characters stand
 */
export function embeddedPolicy(
  text: string,
  whole: Extent,
  map: OffsetMap,
  given: Omit<PolicyPlace, 'isEditable'>,
  reasons: Reasons = new Map(),
): FoundPolicy {
  const place = { ...given, isEditable: false }
  const { root, problems } = readJson(text)
  // A part that is no text of its own, `"Principal": ${principals}`, may be anything.
  const isUnreadable = root === undefined || (root.kind !== 'object' && !isKnown(text))
  if (isUnreadable && !isKnown(text)) {
    const location = { path: place.path, span: spanAt(place.lines, whole.start, whole.end) }
    return unreadablePolicy(place, [], [{ location, reason: reasonFor(unknownNames(text), reasons) }])
  }
  if (root === undefined)
    return unreadablePolicy(
      place,
      problems.map((problem) => diagnosticAt(problem, map, place)),
    )
  return policyAt(movedTo(root, map), place, reasons)
}

/** The policy in a text of a JSON file. */
export function policyInString(value: Extract<PositionedValue, { kind: 'string' }>, given: Omit<PolicyPlace, 'isEditable'>): FoundPolicy {
  return embeddedPolicy(value.text, value, jsonStringMap(value, given.file.text), given)
}

/** Where the characters of a JSON string stand. */
export function jsonStringMap(value: Extract<PositionedValue, { kind: 'string' }>, fileText: string): OffsetMap {
  if (fileText[value.start] !== '"') return onePlace(value)
  return offsetMapOf(value.text, fileText.slice(value.start + 1, value.end - 1), value.start + 1, 'double-quoted', value)
}

const codes: Readonly<Record<JsonProblem['kind'], ProblemCode>> = {
  syntax: 'invalid-json',
  'duplicate-member': 'duplicate-member',
  nesting: 'nesting-too-deep',
  'lone-surrogate': 'lone-surrogate',
}

function diagnosticAt({ kind, message, start, end, path }: JsonProblem, map: OffsetMap, place: PolicyPlace): Diagnostic {
  const extent = map.extentOf({ start, end })
  const location = { path: path.reduce(stepTo, place.path), span: spanAt(place.lines, extent.start, extent.end) }
  return diagnosticOf({ code: codes[kind], location, message })
}

/** The value with the extents that it has in the file. */
function movedTo(value: PositionedValue, map: OffsetMap): PositionedValue {
  const extent = map.extentOf(value)
  if (value.kind === 'array') return { ...value, ...extent, items: value.items.map((item) => movedTo(item, map)) }
  if (value.kind !== 'object') return { ...value, ...extent }
  const members = value.members.map((member) => ({
    name: member.name,
    nameExtent: map.extentOf(member.nameExtent),
    value: movedTo(member.value, map),
  }))
  return { ...value, ...extent, members }
}
