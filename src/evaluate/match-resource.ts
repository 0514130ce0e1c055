import { type ArnParts, arnPatternOf, matchesArn, parseArn } from '../match/arn.js'
import { not, or, type Truth } from '../operators/truth.js'
import type { PolicyVersion, Statement, Text } from '../policy/ast.js'
import { type Expansion, parseTemplate } from '../policy/template.js'
import type { EvaluationContext } from '../request/evaluation-context.js'
import { expandTemplate } from '../request/variables.js'

/** Resource and NotResource: docs/semantics.md, S6 and S7. */
export function matchResource(
  { Resource, NotResource = [] }: Statement,
  version: PolicyVersion | undefined,
  arn: string,
  context: EvaluationContext,
): Truth {
  const parts = parseArn(arn) as ArnParts
  const covers = (text: Text) => coversArn(text, version, parts, context)
  if (Resource !== undefined) return or(Resource.map((text) => valueOr(covers(text), false)))
  return not(or(NotResource.map((text) => valueOr(covers(text), 'unknown'))))
}

/** Unset: a variable in the text has no value, so the text names nothing. */
function coversArn({ text }: Text, version: PolicyVersion | undefined, arn: ArnParts, context: EvaluationContext): Truth | 'unset' {
  if (text === '*') return true
  const template = parseTemplate(text, version)
  if (!isResourceArn(template)) return 'unknown'
  const expansion: Expansion = expandTemplate(template, context)
  if (expansion.kind !== 'text') return expansion.kind
  const pattern = arnPatternOf(expansion.pieces)
  return pattern === undefined ? 'unknown' : matchesArn(pattern, arn)
}

function valueOr(truth: Truth | 'unset', unset: Truth): Truth {
  return truth === 'unset' ? unset : truth
}

/** An ARN whose first five parts have no variable: text that starts with `arn:` and holds five colons before the first one. */
function isResourceArn(template: ReturnType<typeof parseTemplate>): boolean {
  const [first] = template
  return first?.kind === 'text' && parseArn(first.text) !== undefined
}
