import { readDocument } from '../policy/document.js'
import { type LineTable, lineTableOf } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import { policyIn } from './bare-policy.js'
import { readTemplate } from './cloudformation/read-template.js'
import { templateOf } from './cloudformation/template.js'
import { jsonStringMap } from './embedded-json.js'
import type { Found, Reading, SourceFile } from './found.js'
import { memberOf } from './members.js'
import type { ReadOptions } from './read-options.js'
import { readSnapshot } from './read-snapshot.js'
import { isTerraformJson, readTerraformJson } from './read-terraform-json.js'

/** What a JSON file holds, by what is in it. */
export function readJsonFile(file: SourceFile, options: ReadOptions): Reading {
  const document = readDocument(file.text)
  const { root } = document
  // A text that looks like a policy is reported on as one, however broken it is.
  if (root === undefined ? looksLikePolicy(file.text) : memberOf(root, 'Statement') !== undefined) {
    return { found: [policyIn(document, file, options)], problems: [] }
  }
  const lines = lineTableOf(file.text)
  if (root !== undefined && memberOf(root, 'buckets')?.kind === 'array') return readSnapshot(root, document, file, lines)
  const found = root === undefined ? [] : policiesIn(root, file, lines, options)
  const problems = document.problems.diagnostics
    .filter(({ span }) => !found.some((policy) => holds(policy, span.start.offset)))
    .map(({ message, path, span }) => ({ file: file.path, message, location: { path, span } }))
  return { found, problems }
}

/** Whether a place is in a policy: its problems are reported with it. */
function holds(found: Found, offset: number): boolean {
  return found.root !== undefined && found.root.start <= offset && offset < found.root.end
}

function policiesIn(root: PositionedValue, file: SourceFile, lines: LineTable, options: ReadOptions): readonly Found[] {
  if (isTerraformJson(root)) return readTerraformJson(root, file, lines, options.owner)
  const template = templateOf(root)
  return template === undefined
    ? []
    : readTemplate(template, { ...options, file, lines, isJson: true, mapOf: (text) => jsonStringMap(text, file.text) })
}

function looksLikePolicy(text: string): boolean {
  return text.includes('"Statement"') && text.includes('"Effect"') && !otherFormats.some((name) => text.includes(name))
}

/** Names of members that policies have not. */
const otherFormats = ['"Resources"', '"buckets"', '"planned_values"', '"resource_changes"', '"resources"']
