import { canonicalKeyName } from '../catalog/lookup.js'
import { parseRange } from '../match/cidr.js'
import { operators } from '../operators/table.js'
import type { Condition, Effect, PolicyVersion, Text } from '../policy/ast.js'
import { formatOperator } from '../policy/ast.js'
import { hasVariable, parseTemplate } from '../policy/template.js'
import type { Report, StatementCheck } from './statement-check.js'

/** Values in conditions that their operator cannot read, and conditions that are always the same. */
export const checkOperands: StatementCheck = (statement, { Version }, _, report) => {
  for (const condition of statement.Condition) {
    const { operator, key, values } = condition
    if (values.length === 0) {
      report({
        code: 'empty-operand-list',
        location: key.location,
        message: `no value matches an empty list`,
        help: 'list values, or use `Null`',
      })
    }
    if (operator.name === 'Null' && operator.prefix !== undefined) {
      const message = `${operator.prefix}:Null is always ${operator.prefix === 'ForAllValues'}`
      report({ code: 'null-with-set-operator', location: operator.location, message, help: 'use `Null`' })
    }
    for (const value of values) checkOperand(condition, value, statement.Effect, Version, report)
  }
}

function checkOperand({ operator, key }: Condition, value: Text, effect: Effect, version: PolicyVersion | undefined, report: Report): void {
  const { text, location } = value
  const { expandsVariables, expects, kind, read } = operators[operator.name]
  if (kind === 'comparison' && canonicalKeyName(key.text) === 'aws:SourceIp' && parseRange(text) === undefined) {
    report({
      code: 'invalid-ip-address',
      location,
      message: `\`${text}\` is no IP address or block`,
      help: `an example is \`203.0.113.0/24\`${expects === operators.IpAddress.expects ? '' : ', under `IpAddress` or `NotIpAddress`'}`,
    })
    return
  }
  if (expandsVariables && hasVariable(parseTemplate(text, version))) return
  if (read([{ text, literal: false }]) !== undefined) return
  report({
    code: 'malformed-operand',
    location,
    message: `${formatOperator(operator)} cannot read \`${text}\``,
    help: `it takes ${expects}; ${effect === 'Allow' ? 'as it stands, nothing is allowed by the statement' : 'as it stands, S3 may deny nothing, and grantree denies everything'}`,
  })
}
