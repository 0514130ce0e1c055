import { resolveCaller } from '../../evaluate/evaluate.js'
import type { PolicyVersion } from '../../policy/ast.js'
import { parseTemplate } from '../../policy/template.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { evaluationContextOf } from '../../request/evaluation-context.js'
import type { Snapshot } from '../../snapshot/snapshot.js'

/**
 * Keys below a prefix that a policy or a grant may treat in a way of its own: one for each way in which a resource pattern can go on after the
 * prefix. `uploads/*.exe` after `uploads/anna/` is `anna/.exe`.
 * @param question about any key below it
 */
export function keysToTry(snapshot: Snapshot, question: AuthorizationRequest, prefix: string): readonly string[] {
  const { principal, bucket = '' } = question
  const stored = snapshot.buckets.get(bucket)
  const policy = stored?.policy?.policy
  const caller = resolveCaller(snapshot, question)
  if (caller === undefined) return []
  const context = evaluationContextOf(question, caller, stored?.owner)
  const known = (name: string): string | undefined => {
    const values = context.valuesOf(name)
    return values !== 'unknown' && values.length === 1 ? values[0] : undefined
  }
  const patterns = policy?.Statement.flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource]) ?? []
  const start = `arn:aws:s3:::${bucket}/${prefix}`
  const rests = patterns.flatMap(({ text }) => restsAfter(tokensOf(text, policy?.Version, known), start))
  const grants = (principal.kind === 'key' ? snapshot.keys.get(principal.accessKey)?.grants : undefined) ?? []
  const further = grants.flatMap((grant) => (grant.prefix?.startsWith(prefix) ? [`${grant.prefix.slice(prefix.length)}x`] : []))
  return [...new Set([...rests, ...further])].map((rest) => prefix + rest).filter((key) => key !== '')
}

/** Any text, and any one character. */
const ANY = Symbol('any')
const ONE = Symbol('one')
type Token = string | typeof ANY | typeof ONE

const wildcards: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['*', ANY],
  ['?', ONE],
])

/** A pattern character by character. A variable without a value may stand for anything here: what it does stand for is decided afterwards. */
function tokensOf(pattern: string, version: PolicyVersion | undefined, known: (name: string) => string | undefined): readonly Token[] {
  return parseTemplate(pattern, version).flatMap((part): readonly Token[] => {
    if (part.kind === 'text') return [...part.text].map((character) => wildcards.get(character) ?? character)
    if (part.kind !== 'variable') return [...part.text]
    const value = known(part.key) ?? part.default
    return value === undefined ? [ANY] : [...value]
  })
}

/** What may follow the start in a text that the pattern matches: the shortest for each place that the pattern may have got to. */
function restsAfter(tokens: readonly Token[], start: string): readonly string[] {
  let places = pastStars(tokens, [0])
  for (const character of start) {
    const reached = [...places].flatMap((at) => {
      const token = tokens[at]
      if (token === ANY) return [at]
      return token === ONE || token === character ? [at + 1] : []
    })
    places = pastStars(tokens, reached)
  }
  return [...places].map((at) => tokens.slice(at).map(shortest).join(''))
}

function shortest(token: Token): string {
  return token === ANY ? '' : token === ONE ? 'x' : token
}

/** A star may stand for nothing. */
function pastStars(tokens: readonly Token[], from: readonly number[]): ReadonlySet<number> {
  const places = new Set(from)
  for (const at of places) if (tokens[at] === ANY) places.add(at + 1)
  return places
}
