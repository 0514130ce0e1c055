import { parseArn } from '../../match/arn.js'
import type { CallerArn } from '../../request/caller.js'
import type { Principal } from '../../request/principal.js'
import type { CallerLabel } from '../regions/labels.js'
import type { Term, Terms } from '../regions/term.js'
import { keyLabelInWords } from './conditions.js'
import { listOf, quoted } from './lists.js'

/** `everyone`, `account 111122223333`, `access key DO00…`. */
export function callersInWords(callers: Terms<CallerLabel>): string {
  return listOf(callers.map(callersOfTerm), 'and')
}

/** Who they are, what is true of them, and who is left out. */
function callersOfTerm({ only, except }: Term<CallerLabel>): string {
  const whose = only.flatMap((label) => (label.kind === 'condition' ? keyLabelInWords(label.key, label.label) : []))
  const permitted = only.some(({ kind }) => kind === 'permitted') ? ['own permissions allow it'] : []
  const nouns = only.filter(({ kind }) => kind !== 'condition' && kind !== 'permitted').map(callerInWords)
  const who = nouns.length > 0 ? nouns.join(', that is ') : only.length > 0 ? 'callers' : 'everyone'
  const what = [...whose, ...permitted]
  const described = what.length === 0 ? who : `${who} whose ${listOf(what, 'and')}`
  return except.length === 0 ? described : `${described} except ${listOf(except.map(callerInWords), 'and')}`
}

function callerInWords(label: CallerLabel): string {
  switch (label.kind) {
    case 'kind':
      return kinds[label.principal]
    case 'named':
      return label.type === 'AWS' ? awsInWords(label.text) : `${types[label.type]} ${quoted(label.text)}`
    case 'key':
      return `access key ${quoted(label.accessKey)}`
    case 'member':
      return "callers of the bucket owner's account"
    case 'type':
      return arnTypes[label.type]
    case 'condition':
      return `callers whose ${keyLabelInWords(label.key, label.label)}`
    case 'permitted':
      return 'those whose own permissions allow it'
    case 'is':
      return `callers such as ${principalInWords(label.principal)}`
  }
}

const kinds: Readonly<Record<Principal['kind'], string>> = {
  anonymous: 'anonymous callers',
  key: 'access keys',
  aws: 'AWS users and roles',
  service: 'AWS services',
  federated: 'federated identities',
  canonicalUser: 'canonical users',
}

const arnTypes: Readonly<Record<CallerArn['type'], string>> = {
  user: 'users',
  session: 'sessions of roles',
  role: 'roles',
  'federated-user': 'federated users',
  root: 'roots of accounts',
  other: 'other callers',
}

const types = { Service: 'the service', Federated: 'the provider', CanonicalUser: 'the canonical user' } as const

function awsInWords(text: string): string {
  const parts = parseArn(text)
  if (text === '*') return 'everyone'
  if (parts === undefined) return `account ${quoted(text)}`
  return parts[5] === 'root' ? `account ${quoted(parts[4])}` : quoted(text)
}

/** One caller. */
export function principalInWords(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'an anonymous caller'
    case 'key':
      return `access key ${quoted(principal.accessKey)}`
    case 'aws':
      return quoted(principal.arn)
    case 'service':
      return `the service ${quoted(principal.service)}`
    case 'federated':
      return `an identity of ${quoted(principal.provider)}`
    case 'canonicalUser':
      return `the canonical user ${quoted(principal.id)}`
  }
}
