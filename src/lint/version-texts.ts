import type { Policy, Text } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'

/** The texts that hold a policy variable under version 2012-10-17, such as `${aws:username}`: of resources and of condition values. */
export function textsWithVariable({ Statement }: Policy): readonly Text[] {
  return Statement.flatMap(({ Resource, NotResource, Condition }) =>
    [...(Resource ?? NotResource ?? []), ...Condition.flatMap(({ values }) => values)].filter(({ text }) => holdsVariable(text)),
  )
}

/** Variables have the name of a condition key, and those have a colon: `${user}` may well be a text. */
function holdsVariable(text: string): boolean {
  return parseTemplate(text, '2012-10-17').some((part) => part.kind === 'variable' && part.key.includes(':'))
}
