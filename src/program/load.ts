import type { Decision, StatementReference } from '../decision/decision.js'
import * as layout from './layout.js'
import type { LoadedPolicy, PolicyProgram, PrincipalNames } from './policy-program.js'

/** Makes a program ready for decisions. */
export function loadPolicy({ words, strings }: PolicyProgram): LoadedPolicy {
  return { words, strings, names: namesOf(words, strings), decisions: decisionsOf(words, strings) }
}

/** Most policies name nobody of a kind: they share one empty map. */
const none: Map<string, number> = new Map()

function namesOf(words: Int32Array, strings: readonly string[]): PrincipalNames {
  const byKind = new Map<number, Map<string, number>>()
  const table = words[layout.HEADER_PRINCIPALS] as number
  const add = (kind: number, text: number | undefined, principal: number): void => {
    const names = byKind.get(kind) ?? new Map<string, number>()
    byKind.set(kind, names.set(strings[text as number] as string, principal))
  }
  // Backwards, so that the first of several users with one name is the one that is found.
  for (let principal = (words[table + layout.PRINCIPALS_END] as number) - 1; principal > 0; principal--) {
    const row = table + layout.PRINCIPALS_ROWS + (principal - 1) * layout.PRINCIPAL_SIZE
    const kind = words[row + layout.PRINCIPAL_KIND] as number
    if (kind === layout.KIND_USER) add(kind, words[row + layout.PRINCIPAL_NAME], principal)
    add(kind === layout.KIND_USER ? layout.KIND_ARN : kind, words[row + layout.PRINCIPAL_TEXT], principal)
  }
  return {
    arns: byKind.get(layout.KIND_ARN) ?? none,
    users: byKind.get(layout.KIND_USER) ?? none,
    services: byKind.get(layout.KIND_SERVICE) ?? none,
    providers: byKind.get(layout.KIND_PROVIDER) ?? none,
    canonicalIds: byKind.get(layout.KIND_CANONICAL) ?? none,
  }
}

function decisionsOf(words: Int32Array, strings: readonly string[]): readonly Decision[] {
  const table = words[layout.HEADER_STATEMENTS] as number
  const decisions: Decision[] = []
  for (let index = 0; index < (words[table] as number); index++) {
    const row = table + 1 + index * layout.STATEMENT_SIZE
    const sid = words[row + layout.STATEMENT_SID] as number
    const statement: StatementReference = Object.freeze({ index, ...(sid >= 0 && { sid: strings[sid] as string }) })
    const denies = words[row + layout.STATEMENT_EFFECT] === layout.DENY
    decisions.push(
      Object.freeze<Decision>(
        denies ? { verdict: 'ExplicitDeny', reason: 'policy-denies', statement } : { verdict: 'Allow', reason: 'policy-allows', statement },
      ),
      Object.freeze<Decision>({ verdict: 'Allow', reason: 'both-allow', statement }),
    )
  }
  return decisions
}
