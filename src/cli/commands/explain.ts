import { evaluate } from '../../evaluate/evaluate.js'
import { type ExitCode, exitCode } from '../exit-code.js'
import { loadRequest, loadSnapshot } from '../read-input.js'
import { renderExplanation } from '../render/explanation.js'
import { printableJson } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

export interface ExplainOptions {
  readonly snapshot: string
  readonly request: string
  readonly json?: true
}

/** Decides one request and says what every grant and statement has to do with it. */
export function explain({ snapshot: path, request, json }: ExplainOptions, terminal: Terminal): ExitCode {
  const snapshot = loadSnapshot(path, terminal)
  const explanation = evaluate(snapshot, loadRequest(request, snapshot, terminal))
  terminal.out.write(json ? `${printableJson(explanation, 2)}\n` : renderExplanation(explanation, terminal.outColors))
  return exitCode.fine
}
