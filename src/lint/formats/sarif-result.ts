import { formatPath } from '../../policy/json-path.js'
import { readable } from '../../sources/unknown-text.js'
import type { Fix } from '../finding.js'
import type { ReportedFinding, Suppression } from '../report.js'
import type { FormatOptions } from './format.js'
import type { LineTables } from './line-tables.js'
import { sarifLevels } from './sarif-levels.js'
import { sarifMessage } from './sarif-message.js'
import { artifactLocation, editedRegion, physicalLocation } from './sarif-place.js'

/** The name has a version: what a fingerprint is made of may change only with it. */
const FINGERPRINT = 'grantree/v1'

/** What a result takes from the run that it is in. */
export interface ResultContext {
  readonly fingerprint: string
  /** Among the driver's rules. */
  readonly ruleIndex: number | undefined
  readonly lineTables: LineTables
}

export function sarifResult(
  finding: ReportedFinding,
  { fingerprint, ruleIndex, lineTables }: ResultContext,
  options: FormatOptions,
): object {
  const { rule, severity, message, help, witness, file, location, fix, suppressed } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: sarifLevels[severity],
    message: sarifMessage(message, help && `help: ${help}`, witness && `example: ${witness}`),
    locations: [{ physicalLocation: physicalLocation(file, location.span, options) }],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    // All results have the list or none: an empty one says that nothing suppresses this one.
    suppressions: suppressed === undefined ? [] : [sarifSuppression(suppressed)],
    ...(fix !== undefined && { fixes: [sarifFix(fix, file, lineTables, options)] }),
    properties: propertiesOf(finding),
  }
}

function propertiesOf({ messageId, severity, address, location, sid }: ReportedFinding): object {
  return { messageId, severity, address, path: formatPath(location.path), sid: sid && readable(sid) }
}

function sarifSuppression({ reason, by, expires }: Suppression): object {
  return { kind: 'external', justification: reason, properties: { by, expires } }
}

function sarifFix({ description, edits }: Fix, file: string, lineTables: LineTables, options: FormatOptions): object {
  const lines = lineTables(file)
  const replacements = edits.map((edit) => ({ deletedRegion: editedRegion(edit, lines), insertedContent: { text: edit.text } }))
  return {
    description: sarifMessage(description),
    artifactChanges: [{ artifactLocation: artifactLocation(file, options), replacements }],
  }
}
