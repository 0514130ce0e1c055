import type { SourceProblem } from '../../sources/found.js'
import type { Undecided } from '../finding.js'
import type { LintReport, UnusedSuppression } from '../report.js'
import type { FormatOptions } from './format.js'
import { sarifMessage } from './sarif-message.js'
import { physicalLocation } from './sarif-place.js'

/** What was not looked at, or not decided, and what is wrong with the configuration. */
export function sarifNotifications(report: LintReport, options: FormatOptions, ruleIndices: ReadonlyMap<string, number>): object {
  return {
    toolExecutionNotifications: [
      ...report.problems.map((problem) => problemNotification(problem, options)),
      ...report.undecided.map((undecided) => undecidedNotification(undecided, options, ruleIndices.get(undecided.rule))),
    ],
    toolConfigurationNotifications: report.unusedSuppressions.map(unusedNotification),
  }
}

function problemNotification({ file, message, location, help }: SourceProblem, options: FormatOptions): object {
  return {
    level: 'error',
    message: sarifMessage(message, help && `help: ${help}`),
    locations: [{ physicalLocation: physicalLocation(file, location?.span, options) }],
  }
}

function undecidedNotification({ rule, file, location, reason }: Undecided, options: FormatOptions, index: number | undefined): object {
  return {
    level: 'note',
    message: sarifMessage(`not decided, because ${reason}`),
    locations: [{ physicalLocation: physicalLocation(file, location.span, options) }],
    associatedRule: { id: rule, index },
  }
}

function unusedNotification({ description }: UnusedSuppression): object {
  return { level: 'warning', message: sarifMessage(`this suppression suppresses nothing: ${description}`) }
}
