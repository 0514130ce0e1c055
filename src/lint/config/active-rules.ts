import type { ActiveRule } from '../linter.js'
import type { Rule } from '../rule.js'
import type { FileMatcher, LintConfig, Override, Preset, RuleSetting } from './config.js'

/** What counts for one file. */
export interface FileSettings {
  readonly rules: readonly ActiveRule[]
  readonly bucket?: string
  readonly owner?: string
}

/**
 * Tells what counts for a file: the rules of the preset, then `rules`, then each override that is for the file, in order, then `last`. It takes a
 * path relative to the configuration's folder. Files with the same overrides share what is worked out.
 */
export function settingsOf(
  config: LintConfig,
  rules: readonly Rule[],
  matches: FileMatcher,
  last: readonly RuleSetting[] = [],
): (path: string) => FileSettings {
  const known = new Map<string, FileSettings>()
  return (path) => {
    const overrides = config.overrides.filter(({ files }) => files.some((pattern) => matches(pattern, path)))
    const name = overrides.map((override) => config.overrides.indexOf(override)).join()
    const settings = known.get(name) ?? settingsWith(overrides, config, rules, last)
    known.set(name, settings)
    return settings
  }
}

function settingsWith(
  overrides: readonly Override[],
  config: LintConfig,
  rules: readonly Rule[],
  last: readonly RuleSetting[],
): FileSettings {
  const byId = groupById([...config.rules, ...overrides.flatMap((override) => override.rules), ...last])
  const bucket = lastGiven(overrides, 'bucket')
  const owner = lastGiven(overrides, 'owner')
  return {
    rules: rules.flatMap((rule) => activeRule(rule, config.preset, byId.get(rule.meta.id) ?? []) ?? []),
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
  }
}

function isInPreset({ meta }: Rule, preset: Preset): boolean {
  return preset === 'strict' || (preset === 'recommended' && meta.recommended)
}

function activeRule(rule: Rule, preset: Preset, settings: readonly RuleSetting[]): ActiveRule | undefined {
  let isOn = isInPreset(rule, preset)
  let { severity } = rule.meta
  let options: ActiveRule['options'] = {}
  for (const { level, options: given } of settings) {
    isOn = level !== 'off'
    if (level !== 'off' && level !== 'on') severity = level
    if (given !== undefined) options = given.value
  }
  return isOn ? { rule, severity, options } : undefined
}

function groupById(settings: readonly RuleSetting[]): ReadonlyMap<string, readonly RuleSetting[]> {
  const byId = new Map<string, RuleSetting[]>()
  for (const setting of settings) {
    const earlier = byId.get(setting.id)
    if (earlier === undefined) byId.set(setting.id, [setting])
    else earlier.push(setting)
  }
  return byId
}

function lastGiven(overrides: readonly Override[], name: 'bucket' | 'owner'): string | undefined {
  return overrides.findLast((override) => override[name] !== undefined)?.[name]
}
