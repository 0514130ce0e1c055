import type { Engine } from '../../decision-test/engine.js'
import { parseDecisionTests } from '../../decision-test/parse-decision-tests.js'
import { runDecisionTests } from '../../decision-test/run-decision-tests.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { startProgress } from '../progress.js'
import { readTextFile, showDiagnostics, showQuarantine } from '../read-input.js'
import { decisionRecord } from '../render/decision.js'
import { printable, printableJson } from '../render/printable.js'
import { renderTestReport } from '../render/test-report.js'
import type { Terminal } from '../terminal.js'

export interface TestOptions {
  readonly json?: true
  readonly engine: Engine
}

/** Runs files of decision tests. A file that cannot be read spoils the run, but not the other files. */
export function test(files: readonly string[], options: TestOptions, terminal: Terminal): ExitCode {
  const progress = startProgress(files.length, terminal)
  const outcomes = files.map((file, index) => {
    const outcome = testFile(file, options, terminal)
    progress.update(index + 1)
    return outcome
  })
  progress.stop()
  return Math.max(...outcomes) as ExitCode
}

function testFile(file: string, { json, engine }: TestOptions, terminal: Terminal): ExitCode {
  try {
    const { tests, diagnostics } = parseDecisionTests(readTextFile(file))
    showDiagnostics(file, diagnostics, 'other', terminal)
    if (tests === undefined) throw new InputError(`\`${file}\` is no file of decision tests`)
    if (tests.snapshot !== undefined) showQuarantine(file, tests.snapshot, terminal)
    const report = runDecisionTests(tests, { engine })
    const { coverage, results } = report
    const records = results.map(({ case: { name, expect, why }, passed, decision, errors }) => ({
      name,
      expect,
      ...(why !== undefined && { why }),
      passed,
      ...(decision && { decision: decisionRecord(decision) }),
      ...(errors.length > 0 && { errors: errors.map(({ code, message }) => ({ code, message })) }),
    }))
    const text = json ? `${printableJson({ file, results: records, coverage })}\n` : renderTestReport(file, report, terminal.outColors)
    terminal.out.write(text)
    return results.every(({ passed }) => passed) ? exitCode.fine : exitCode.no
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    terminal.err.write(`${terminal.errColors.red('error')}: ${printable(error.message)}\n`)
    return exitCode.wrongInput
  }
}
