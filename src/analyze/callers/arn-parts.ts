import { anything, type Language, literal, maybeWithoutColon, type Token } from '../../languages/language.js'

const COLON = 58
const SLASH = 47
const colon = literal(':')
const slash = literal('/')

/** `arn:…:…:…:`, what stands before the account. */
const beforeAccount = [...literal('arn:'), ...[1, 2, 3].flatMap(() => [...maybeWithoutColon, ...colon])]

/** The ARNs whose account is in the language. */
export function arnsByAccount(accounts: Language): Language {
  return within(accounts, [COLON, SLASH]).map((tokens) => [...beforeAccount, ...tokens, ...colon, ...anything])
}

/** The ARNs whose name, the last part of the path, is in the language. */
export function arnsByName(names: Language): Language {
  return within(names, [SLASH]).map((tokens) => [...beforeAccount, ...maybeWithoutColon, ...colon, ...anything, ...slash, ...tokens])
}

/** The ARNs whose account and name, with a colon between them, are in the language: the ids of federated users. */
export function arnsByAccountAndName(ids: Language): Language {
  return ids.flatMap((tokens) =>
    tokens.flatMap((token, at) => {
      const before = tokens.slice(0, at)
      const after = tokens.slice(at + 1)
      if (token.kind === 'letter') return token.code === COLON ? pair(before, after) : []
      if (token.except.includes(COLON)) return []
      return token.kind === 'one' ? pair(before, after) : pair([...before, token], [token, ...after])
    }),
  )
}

function pair(account: readonly Token[], name: readonly Token[]): Language {
  return within([account], [COLON, SLASH]).flatMap((accountTokens) =>
    within([name], [SLASH]).map((nameTokens) => [...beforeAccount, ...accountTokens, ...colon, ...anything, ...slash, ...nameTokens]),
  )
}

/** The texts of the language in which none of the code points occurs. */
function within(language: Language, except: readonly number[]): Language {
  const possible = language.filter((tokens) => !tokens.some((token) => token.kind === 'letter' && except.includes(token.code)))
  return possible.map((tokens) =>
    tokens.map((token) => (token.kind === 'letter' ? token : { ...token, except: [...new Set([...token.except, ...except])] })),
  )
}

/** The ARNs whose last part begins with this, or is it where it ends in no slash. */
export function arnsOfType(start: string): Language {
  const end = start.endsWith('/') ? anything : []
  return [[...beforeAccount, ...maybeWithoutColon, ...colon, ...literal(start), ...end]]
}
