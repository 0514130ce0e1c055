import { decideFile } from '../decide-file.js'
import { type ExitCode, exitCode } from '../exit-code.js'
import { loadSnapshot } from '../read-input.js'
import { renderExplanation } from '../render/explanation.js'
import { printableJson } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

export interface ExplainOptions {
  readonly snapshot: string
  readonly request: string
  readonly json?: true
}

/** Decides one request and says what every grant and statement has to do with it. */
export function explain({ snapshot, request, json }: ExplainOptions, terminal: Terminal): ExitCode {
  const explanation = decideFile(loadSnapshot(snapshot, terminal), request, terminal)
  terminal.out.write(json ? `${printableJson(explanation, 2)}\n` : renderExplanation(explanation, terminal.outColors))
  return exitCode.fine
}
