import { operators } from '../operators/table.js'
import type { PolicyVersion, Text } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'
import { isKnownKey, suggestKey } from './known-keys.js'
import type { Report, StatementCheck } from './statement-check.js'

/** Policy variables that are not written as they must be, or stand for nothing. */
export const checkVariables: StatementCheck = ({ Resource, NotResource, Condition }, { Version }, _, report) => {
  for (const text of Resource ?? NotResource ?? []) checkTemplate(text, Version, report)
  for (const { operator, values } of Condition) {
    if (!operators[operator.name].expandsVariables) continue
    for (const text of values) checkTemplate(text, Version, report)
  }
}

function checkTemplate({ text, location }: Text, version: PolicyVersion | undefined, report: Report): void {
  for (const part of parseTemplate(text, version)) {
    if (part.kind === 'malformed') {
      const message = `\`${part.text}\` is no policy variable: ${part.problem}`
      report({ code: 'malformed-variable', location, message, help: 'a literal `$` is written `${$}`' })
    } else if (part.kind === 'variable' && part.default === undefined && !isKnownKey(part.key)) {
      const { key } = part
      const message = `\`\${${key}}\` stands for no value: there is no condition key \`${key}\``
      report({ code: 'unknown-variable', location, message, help: () => suggestKey(key) ?? NO_PLACEHOLDER })
    }
  }
}

const NO_PLACEHOLDER = 'S3 fills in condition keys only: put in the value itself'
