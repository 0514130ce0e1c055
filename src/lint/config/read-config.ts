import { type Diagnostic, hasError } from '../../policy/diagnostic.js'
import { readDocument } from '../../policy/document.js'
import type { Node, ShapeReader } from '../../policy/shape-reader.js'
import { failLevels, type LintConfig, type Override, type Plugin, presets } from './config.js'
import { readBoolean, readChoice, readCount, readPatterns, type SettingsReader } from './read-member.js'
import { readRuleSettings } from './read-rule-settings.js'
import { readSuppressions } from './read-suppressions.js'
import { withoutComments } from './without-comments.js'

export const configMembers = [
  '$schema',
  'extends',
  'rules',
  'overrides',
  'suppressions',
  'failLevel',
  'maxWarnings',
  'allowUndecided',
  'plugins',
] as const

export const overrideMembers = ['files', 'rules', 'bucket', 'owner'] as const

export interface ConfigReading {
  /** Absent if there is a problem. */
  readonly config?: LintConfig
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a configuration: JSON, in which comments may stand. @param checkPattern why a pattern of file names cannot be used; `undefined` if it
 * can
 */
export function readConfig(text: string, checkPattern: (pattern: string) => string | undefined): ConfigReading {
  const { root, problems, reader } = readDocument(withoutComments(text))
  const config = root && readRoot({ reader, checkPattern }, { value: root, path: [] })
  const { diagnostics } = problems
  return { ...(config !== undefined && !hasError(diagnostics) && { config }), diagnostics }
}

function readRoot(settings: SettingsReader, node: Node): LintConfig | undefined {
  const { reader } = settings
  const members = reader.object(node, 'the configuration', { members: configMembers, unknown: 'unknown-member' })
  if (members === undefined) return undefined
  const schema = members.get('$schema')
  if (schema !== undefined) reader.text(schema, '$schema')
  const failLevel = readChoice(reader, members.get('failLevel'), 'failLevel', failLevels)
  const maxWarnings = readCount(reader, members.get('maxWarnings'), 'maxWarnings')
  const allowUndecided = readBoolean(reader, members.get('allowUndecided'), 'allowUndecided')
  return {
    preset: readChoice(reader, members.get('extends'), 'extends', presets) ?? 'recommended',
    rules: readRuleSettings(reader, members.get('rules')),
    overrides: listOf(reader, members.get('overrides'), 'overrides').map((item) => readOverride(settings, item)),
    suppressions: readSuppressions(settings, members.get('suppressions')),
    ...(failLevel !== undefined && { failLevel }),
    ...(maxWarnings !== undefined && { maxWarnings }),
    ...(allowUndecided !== undefined && { allowUndecided }),
    plugins: listOf(reader, members.get('plugins'), 'plugins').flatMap((item) => readPlugin(reader, item)),
  }
}

function readOverride(settings: SettingsReader, node: Node): Override {
  const { reader } = settings
  const members = reader.object(node, 'an override', { members: overrideMembers, unknown: 'unknown-member' })
  if (members === undefined) return { files: [], rules: [] }
  if (!members.has('files')) reader.report('missing-member', node, '`files` is missing', 'say which files it is for, such as ["logs/**"]')
  const bucket = optionalText(reader, members.get('bucket'), 'bucket')
  const owner = optionalText(reader, members.get('owner'), 'owner')
  return {
    files: readPatterns(settings, members.get('files')) ?? [],
    rules: readRuleSettings(reader, members.get('rules')),
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
  }
}

function readPlugin(reader: ShapeReader, node: Node): readonly Plugin[] {
  const module = reader.nonEmptyText(node, 'a plugin')
  return module === undefined ? [] : [{ module, location: reader.locationOf(node) }]
}

function optionalText(reader: ShapeReader, node: Node | undefined, what: string): string | undefined {
  return node && reader.nonEmptyText(node, what)
}

function listOf(reader: ShapeReader, node: Node | undefined, what: string): readonly Node[] {
  return (node && reader.array(node, what)) ?? []
}
