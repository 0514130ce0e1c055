import { readFileSync } from 'node:fs'
import type { Rule } from '../../lint/rule.js'
import { findRule } from '../../lint/rules/all-rules.js'
import { suggest } from '../../policy/suggestion.js'
import { InputError } from '../exit-code.js'
import { printableLines } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

/** A rule's page: what it finds, why, and what to do. */
export function explainRule(id: string, rules: readonly Rule[], { out, outColors }: Terminal): void {
  const rule = rules.find(({ meta }) => meta.id === id)
  if (rule === undefined) {
    const ids = rules.map(({ meta }) => meta.id)
    throw new InputError(`there is no rule \`${id}\`; ${suggest(id, ids) ?? '`grantree lint --list-rules` shows all rules'}`)
  }
  const page = findRule(id) === rule ? pageOf(id) : `# ${id}\n\n${rule.meta.summary}.\n`
  const lines = printableLines(page).split('\n')
  out.write(lines.map((line) => (line.startsWith('#') ? outColors.bold(line) : line)).join('\n'))
}

function pageOf(id: string): string {
  return readFileSync(new URL(`../../../docs/rules/${id}.md`, import.meta.url), 'utf8')
}

/** Every rule, a line each: id, severity, whether it is recommended and fixes, and what it finds. */
export function listRules(rules: readonly Rule[], { out, outColors }: Terminal): void {
  const width = Math.max(...rules.map(({ meta }) => meta.id.length))
  for (const { meta } of rules) {
    const marks = `${meta.recommended ? 'recommended' : 'strict'}${meta.fixable ? ', fixable' : ''}`
    const line = `${meta.id.padEnd(width)}  ${meta.severity.padEnd('suggestion'.length)}  ${marks.padEnd('recommended, fixable'.length)}  `
    out.write(`${printableLines(line)}${outColors.dim(printableLines(meta.summary))}\n`)
  }
}
