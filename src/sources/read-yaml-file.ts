import { type LineTable, lineTableOf, spanAt } from '../policy/position.js'
import type { Extent, PositionedValue } from '../policy/positioned-value.js'
import { readTemplate } from './cloudformation/read-template.js'
import { templateOf } from './cloudformation/template.js'
import type { Found, Reading, SourceFile, SourceProblem } from './found.js'
import { memberOf } from './members.js'
import { type OffsetMap, offsetMapOf } from './offset-map.js'
import { policyAt } from './policy-at.js'
import type { ReadOptions } from './read-options.js'
import { readYaml } from './read-yaml.js'
import { textProblemsOf } from './text-problems.js'

/** What a YAML file holds: CloudFormation templates, or policies. Other documents are passed over. */
export function readYamlFile(file: SourceFile, options: ReadOptions): Reading {
  const { roots, problems } = readYaml(file.text)
  const lines = lineTableOf(file.text)
  const found: Found[] = []
  const reported = problems.map(({ message, extent }) => problemAt(message, extent, file, lines))
  for (const root of roots) {
    const policies = policiesIn(root, file, lines, options)
    if (policies === undefined) continue
    found.push(...policies)
    reported.push(...repeatedNames(root, policies, file, lines))
  }
  return { found, problems: reported }
}

function policiesIn(root: PositionedValue, file: SourceFile, lines: LineTable, options: ReadOptions): readonly Found[] | undefined {
  if (memberOf(root, 'Statement') !== undefined) {
    return [policyAt(root, { ...options, file, lines, path: [], address: '', isEditable: false })]
  }
  const template = templateOf(root)
  return template && readTemplate(template, { ...options, file, lines, isJson: false, mapOf: (text) => yamlTextMap(text, file.text) })
}

function problemAt(message: string, { start, end }: Extent, file: SourceFile, lines: LineTable): SourceProblem {
  return { file: file.path, message, location: { path: [], span: spanAt(lines, start, end) } }
}

/** Names that stand twice, outside of the policies: theirs are reported with them. */
function repeatedNames(root: PositionedValue, found: readonly Found[], file: SourceFile, lines: LineTable): readonly SourceProblem[] {
  return textProblemsOf(root)
    .filter(({ extent }) => !found.some((policy) => policy.root !== undefined && isInside(extent, policy.root)))
    .map(({ message, extent }) => problemAt(message, extent, file, lines))
}

function isInside(inner: Extent, outer: Extent): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** Where the characters of a YAML text stand. */
function yamlTextMap(value: Extract<PositionedValue, { kind: 'string' }>, fileText: string): OffsetMap {
  const { start, end, text } = value
  const written = fileText.slice(start, end)
  if (written.startsWith('"')) return offsetMapOf(text, written.slice(1, -1), start + 1, 'double-quoted', value)
  if (written.startsWith("'")) return offsetMapOf(text, written.slice(1, -1), start + 1, 'single-quoted', value)
  // A block starts on the line below its `|` or `>`.
  const isBlock = written.startsWith('|') || written.startsWith('>')
  const from = isBlock ? written.indexOf('\n') + 1 : 0
  return offsetMapOf(text, written.slice(from), start + from, 'plain', value)
}
