import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LintConfig, Plugin } from '../../lint/config/config.js'
import { severities } from '../../lint/finding.js'
import { categories, type Rule } from '../../lint/rule.js'
import { InputError } from '../exit-code.js'

/** The rules of the modules that a configuration names. @param file the configuration's, an absolute path */
export async function loadPlugins({ plugins }: LintConfig, file: string): Promise<readonly Rule[]> {
  const rules = new Map<string, Rule>()
  for (const plugin of plugins) {
    for (const rule of await rulesOf(plugin, file)) {
      if (rules.has(rule.meta.id)) throw new InputError(`two plugins have a rule \`${rule.meta.id}\``)
      rules.set(rule.meta.id, rule)
    }
  }
  return [...rules.values()]
}

async function rulesOf({ module, location }: Plugin, file: string): Promise<readonly Rule[]> {
  const refuse = (why: string): never => {
    const { line, column } = location.span.start
    throw new InputError(`${file}:${line}:${column}: the plugin \`${module}\` ${why}`)
  }
  let rules: unknown
  try {
    const exported = (await import(urlOf(module, file))) as { readonly rules?: unknown }
    rules = exported.rules
  } catch (error) {
    return refuse(`cannot be loaded: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!Array.isArray(rules)) return refuse('exports no list `rules`')
  for (const [index, rule] of rules.entries()) {
    const problem = problemOf(rule)
    if (problem !== undefined) refuse(`has a rule (${index}) that is none: ${problem}`)
  }
  return rules as readonly Rule[]
}

function urlOf(module: string, file: string): string {
  const isPath = module.startsWith('.') || module.startsWith('/')
  return pathToFileURL(isPath ? resolve(file, '..', module) : createRequire(file).resolve(module)).href
}

/** Modules are not checked by the compiler: what the linter relies on is looked at. */
function problemOf(rule: unknown): string | undefined {
  const { meta, create } = (rule ?? {}) as { readonly meta?: unknown; readonly create?: unknown }
  if (typeof create !== 'function') return 'it has no function `create`'
  if (typeof meta !== 'object' || meta === null) return 'it has no object `meta`'
  const { id, severity, category, summary, messages, explains = [] } = meta as Readonly<Record<string, unknown>>
  if (typeof id !== 'string') return '`meta.id` must be text'
  const slash = id.indexOf('/')
  if (slash < 1 || slash === id.length - 1) return `its id \`${id}\` must begin with a name and a slash, such as \`acme/${id}\``
  if (!severities.some((known) => known === severity)) return `\`meta.severity\` of \`${id}\` must be one of ${severities.join(', ')}`
  if (!categories.some((known) => known === category)) return `\`meta.category\` of \`${id}\` must be one of ${categories.join(', ')}`
  if (typeof summary !== 'string') return `\`meta.summary\` of \`${id}\` must be text`
  if (!Array.isArray(explains)) return `\`meta.explains\` of \`${id}\` must be a list of rules`
  return typeof messages === 'object' && messages !== null ? undefined : `\`meta.messages\` of \`${id}\` must be an object`
}
