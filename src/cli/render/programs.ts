import type { AccessKey } from '../../grants/access-key.js'
import { viewPolicy } from '../../print/policy-view.js'
import { drawKeys, drawPolicyProgram } from '../../print/print-mermaid.js'
import { printKeys, printPolicyProgram } from '../../print/print-text.js'
import type { PolicyProgram } from '../../program/policy-program.js'

export type PrintForm = 'text' | 'mermaid'

export interface PrintRow {
  policy(bucket: string, program: PolicyProgram): string
  keys(keys: readonly AccessKey[]): string
  /** One text of one or more. */
  together(parts: readonly string[]): string
}

/** A row per form that programs are shown in. */
export const printForms: Readonly<Record<PrintForm, PrintRow>> = {
  text: {
    policy: (bucket, program) => printPolicyProgram(bucket, viewPolicy(program)),
    keys: printKeys,
    together: (parts) => parts.join('\n\n'),
  },
  mermaid: {
    policy: (bucket, program) => drawPolicyProgram(bucket, viewPolicy(program)),
    keys: drawKeys,
    // A file of mermaid's language holds one chart; several need Markdown around them.
    together: (charts) => (charts.length === 1 ? charts.join() : charts.map((chart) => `\`\`\`mermaid\n${chart}\n\`\`\``).join('\n\n')),
  },
}
