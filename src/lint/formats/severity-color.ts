import type { Severity } from '../finding.js'
import type { ColorFunctions } from './colors.js'

export function severityColor(severity: Severity, colors: ColorFunctions): (text: string) => string {
  switch (severity) {
    case 'error':
      return colors.red
    case 'security':
      return colors.magenta
    case 'warning':
      return colors.yellow
    case 'suggestion':
      return colors.cyan
  }
}
