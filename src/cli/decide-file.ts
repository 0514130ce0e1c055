import { derivedKeyErrors } from '../evaluate/derived-key-errors.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { Explanation } from '../evaluate/explanation.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { InputError } from './exit-code.js'
import { loadRequest, showDiagnostics } from './read-input.js'
import type { Terminal } from './terminal.js'

/** Decides the request in a file. */
export function decideFile(snapshot: Snapshot, path: string, terminal: Terminal): Explanation {
  const request = loadRequest(path, terminal)
  const start = { offset: 0, line: 1, column: 1 }
  const errors = derivedKeyErrors(snapshot, request, { path: ['context'], span: { start, end: start } })
  showDiagnostics(path, errors, 'other', terminal)
  if (errors.length > 0) throw new InputError(`\`${path}\` is no valid request for this snapshot`)
  return evaluate(snapshot, request)
}
