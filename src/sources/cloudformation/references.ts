import { itemsOf, memberOf, textOf } from '../members.js'
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

function pseudoParameter(name: string, { account, region }: Scope): Referred {
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
      return region === undefined ? unknown('`AWS::Region` is the region of the deployment') : text(region)
    default:
      return unknown(`\`${name}\` is known only at deployment`)
  }
}

/** Parameters count with their default: it is what is deployed unless somebody says otherwise. */
function parameter(name: string, { template }: Scope): Referred {
  const declared = template.parameters.get(name)
  const type = textOf(declared, 'Type') ?? 'String'
  if (type.startsWith('AWS::SSM::')) return unknown(`\`${name}\` is looked up in Parameter Store`)
  const given = memberOf(declared, 'Default')
  if (given === undefined) return unknown(`\`${name}\` is a parameter without a default`)
  if (given.kind === 'boolean') return text(String(given.value))
  if (given.kind !== 'string' && given.kind !== 'number') return unknown(`\`${name}\` has a default that is no text`)
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<')
  return isList ? { kind: 'texts', texts: given.text.split(',').map((item) => item.trim()) } : text(given.text)
}

/** What `{"Fn::GetAtt": [logicalId, attribute]}` gives. */
export function getAttribute(logicalId: string, attribute: string, scope: Scope): Referred {
  const found = attributeOf(logicalId, attribute, scope)
  return found === undefined ? unknown(`\`${logicalId}.${attribute}\` is made at deployment`) : text(found)
}

/** The texts of a list of plain texts; undefined if one of them is something else. */
export function plainTexts(value: Parameters<typeof itemsOf>[0]): readonly string[] | undefined {
  const items = itemsOf(value)
  const texts = items.flatMap((item) => (item.kind === 'string' || item.kind === 'number' ? item.text : []))
  return value?.kind === 'array' && texts.length === items.length ? texts : undefined
}
