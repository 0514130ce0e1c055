import { anything, type Language, literal, maybeWithoutColon, wildcardTokens, wildcardWithoutColon } from '../../languages/language.js'
import { splitArnPattern } from '../../match/arn.js'
import { matchesWildcard, type Piece, wildcardOf } from '../../match/wildcard.js'

const colon = literal(':')

/** Every text that can be read as an ARN. */
export const anyArn: Language = [[...literal('arn:'), ...[1, 2, 3, 4].flatMap(() => [...maybeWithoutColon, ...colon]), ...anything]]

/** What an ARN's pattern matches, part by part; undefined if it has too few parts. */
export function arnLanguage(pieces: readonly Piece[]): Language | undefined {
  const parts = splitArnPattern(pieces)
  if (parts === undefined) return undefined
  const [first, ...heads] = parts.slice(0, 5)
  // The first part of every ARN is `arn`, and no value has a colon inside one of its first five.
  if (first === undefined || !matchesWildcard(wildcardOf(first), 'arn')) return []
  if (heads.some((part) => part.some(({ text }) => text.includes(':')))) return []
  const tokens = heads.flatMap((part) => [...wildcardWithoutColon(part), ...colon])
  return [[...literal('arn:'), ...tokens, ...wildcardTokens(parts[5] as readonly Piece[])]]
}
