import type { Severity } from '../finding.js'

/** SARIF knows no more than three that count. */
export const sarifLevels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  security: 'error',
  warning: 'warning',
  suggestion: 'note',
}
