import type { PolicyVersion, Statement } from '../../policy/ast.js'
import type { EvaluationContext } from '../../request/evaluation-context.js'
import { type ConditionTest, conditionTest } from './condition-test.js'
import { type ResourceTest, resourceTest } from './resource-test.js'

/** A statement's tests, its variables replaced by their values. */
export interface CompiledStatement {
  readonly resource: ResourceTest
  readonly conditions: readonly ConditionTest[]
}

export function compileStatement(
  statement: Statement,
  version: PolicyVersion | undefined,
  variables: EvaluationContext,
): CompiledStatement {
  return {
    resource: resourceTest(statement, version, variables),
    conditions: statement.Condition.map((condition) => conditionTest(condition, version, variables)),
  }
}
