import type { ProblemCode } from '../catalog/problems.js'
import type { JsonPath } from './json-path.js'
import { type JsonProblem, readJson } from './json-reader.js'
import { type LineTable, lineTableOf, spanAt } from './position.js'
import type { PositionedValue } from './positioned-value.js'
import { ProblemList } from './problem-list.js'
import { ShapeReader } from './shape-reader.js'

/** A JSON text that has been read, or a part of one, and the list its problems go to. */
export interface Document {
  /** Absent if the text is not JSON. */
  readonly root?: PositionedValue
  readonly problems: ProblemList
  readonly reader: ShapeReader
  /** The part below a path, with a list of its own that takes over what has been found there already. */
  part(path: JsonPath): Document
}

const codes: Readonly<Record<JsonProblem['kind'], ProblemCode>> = {
  syntax: 'invalid-json',
  'duplicate-member': 'duplicate-member',
  nesting: 'nesting-too-deep',
  'lone-surrogate': 'lone-surrogate',
}

/** Reads a JSON text; problems of the JSON itself are on the list already. */
export function readDocument(text: string): Document {
  const { root, problems: jsonProblems } = readJson(text)
  const problems = new ProblemList()
  const lines = lineTableOf(text)
  for (const { kind, message, start, end, path } of jsonProblems) {
    problems.add({ code: codes[kind], location: { path, span: spanAt(lines, start, end) }, message })
  }
  return documentOf(root, lines, problems)
}

/** A document that has been read in another way, such as from YAML. */
export function documentOf(root: PositionedValue | undefined, lines: LineTable, problems: ProblemList): Document {
  return {
    ...(root === undefined ? {} : { root }),
    problems,
    reader: new ShapeReader(lines, problems),
    part: (path) => documentOf(root, lines, problems.takeBelow(path)),
  }
}
