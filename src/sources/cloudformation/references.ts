import type { PositionedValue } from '../../policy/positioned-value.js'
import { itemsOf, memberOf, textOf } from '../members.js'
import type { Assignment } from './assignments.js'
import { attributeOf, nameOf } from './resource-names.js'
import type { Scope } from './scope.js'

/** What a reference gives: a text, several, nothing at all, or why it is not known. */
export type Referred =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly reason: string }

const text = (given: string): Referred => ({ kind: 'text', text: given })
const unknown = (reason: string): Referred => ({ kind: 'unknown', reason })

/** What `{"Ref": name}` gives. */
export function refer(name: string, scope: Scope): Referred {
  if (name.startsWith('AWS::')) return pseudoParameter(name, scope)
  if (scope.template.parameters.has(name)) return parameter(name, scope)
  if (!scope.template.resources.has(name)) return unknown(`\`${name}\` is neither a parameter nor a resource of the template`)
  const found = nameOf(name, scope)
  return found === undefined ? unknown(`\`${name}\` is made at deployment`) : text(found)
}

function pseudoParameter(name: string, { account, region, assignment }: Scope): Referred {
  switch (name) {
    case 'AWS::AccountId':
      return text(account)
    case 'AWS::Partition':
      return text('aws')
    case 'AWS::URLSuffix':
      return text('amazonaws.com')
    case 'AWS::NoValue':
      return { kind: 'nothing' }
    case 'AWS::Region':
      return regionOf(region, assignment)
    default:
      return unknown(`\`${name}\` is known only at deployment`)
  }
}

/** In a way in which a condition says what the region is, it is that. */
function regionOf(region: string | undefined, assignment: Assignment): Referred {
  const said = equalText('AWS::Region', assignment) ?? region
  return said === undefined ? unknown('`AWS::Region` is the region of the deployment') : text(said)
}

/** The text that a condition of this way says a reference is equal to. */
function equalText(name: string, { comparisons }: Assignment): string | undefined {
  const subject = JSON.stringify({ Ref: name })
  return comparisons.find((comparison) => comparison.subject === subject && comparison.holds)?.text
}

/** Parameters count with their default: it is what is deployed unless somebody says otherwise. */
function parameter(name: string, scope: Scope): Referred {
  const declared = scope.template.parameters.get(name)
  const type = textOf(declared, 'Type') ?? 'String'
  if (type.startsWith('AWS::SSM::')) return unknown(`\`${name}\` is looked up in Parameter Store`)
  const given = parameterText(name, declared, scope)
  if (given.kind !== 'text') return given
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<')
  return isList ? { kind: 'texts', texts: given.text.split(',').map((item) => item.trim()) } : given
}

function parameterText(name: string, declared: PositionedValue | undefined, { assignment }: Scope): Referred {
  const subject = JSON.stringify({ Ref: name })
  const decided = assignment.comparisons.filter((comparison) => comparison.subject === subject)
  const equal = equalText(name, assignment)
  if (equal !== undefined) return text(equal)
  const given = memberOf(declared, 'Default')
  if (given === undefined) return unknown(`\`${name}\` is a parameter without a default`)
  const spelled =
    given.kind === 'boolean' ? String(given.value) : given.kind === 'string' || given.kind === 'number' ? given.text : undefined
  if (spelled === undefined) return unknown(`\`${name}\` has a default that is no text`)
  // The condition of this way says that the parameter is not its default.
  if (decided.some((comparison) => comparison.text === spelled)) return unknown(`\`${name}\` is a parameter`)
  // An empty default says that somebody has to give the parameter.
  return spelled === '' ? unknown(`\`${name}\` is a parameter with an empty default`) : text(spelled)
}

/** What `{"Fn::GetAtt": [logicalId, attribute]}` gives. */
export function getAttribute(logicalId: string, attribute: string, scope: Scope): Referred {
  const found = attributeOf(logicalId, attribute, scope)
  return found === undefined ? unknown(`\`${logicalId}.${attribute}\` is made at deployment`) : text(found)
}

/** The texts of a list of plain texts; undefined if one of them is something else. */
export function plainTexts(value: PositionedValue | undefined): readonly string[] | undefined {
  const items = itemsOf(value)
  const texts = items.flatMap((item) => (item.kind === 'string' || item.kind === 'number' ? item.text : []))
  return value?.kind === 'array' && texts.length === items.length ? texts : undefined
}
