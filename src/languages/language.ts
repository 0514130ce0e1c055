import { foldSimple } from '../match/case.js'
import type { Piece } from '../match/wildcard.js'

/** What one place of a pattern takes. */
export type Token =
  /** One code point; with `folded`, any that folds to this one. */
  | { readonly kind: 'letter'; readonly code: number; readonly folded: boolean }
  /** Any one code point, or any number of them, but none of `except`. */
  | { readonly kind: 'one' | 'many'; readonly except: readonly number[] }

/** A set of texts: those that one of the patterns matches whole. */
export type Language = readonly (readonly Token[])[]

const COLON = 58
const SLASH = 47

const nothing: readonly number[] = []

/** Any text. */
export const anything: readonly Token[] = [{ kind: 'many', except: nothing }]

/** Any text but the empty one. */
export const something: readonly Token[] = [{ kind: 'one', except: nothing }, ...anything]

/** Text without colons, and not empty. */
export const withoutColon: readonly Token[] = stretch([COLON])

/** Text without slashes, and not empty. */
export const withoutSlash: readonly Token[] = stretch([SLASH])

/** Text with neither, and not empty: what accounts are called. */
export const withoutColonOrSlash: readonly Token[] = stretch([COLON, SLASH])

/** Text that may be empty and has no colon. */
export const maybeWithoutColon: readonly Token[] = [{ kind: 'many', except: [COLON] }]

/** Anything that ends in a slash, or nothing: the path before a name. */
export const maybePath: readonly (readonly Token[])[] = [[], [...anything, ...literal('/')]]

function stretch(except: readonly number[]): readonly Token[] {
  return [
    { kind: 'one', except },
    { kind: 'many', except },
  ]
}

/** Exactly this text. */
export function literal(text: string): Token[] {
  return Array.from(text, (letter) => letterToken(letter))
}

/** Every text that folds to the same as this one. */
export function foldedLiteral(text: string): Token[] {
  return Array.from(foldSimple(text), (letter) => ({ kind: 'letter', code: codeOf(letter), folded: true }))
}

/** A letter, in any case. */
export function foldedToken(token: Token): Token {
  if (token.kind !== 'letter') return token
  return foldedLiteral(String.fromCodePoint(token.code))[0] ?? token
}

/** What a wildcard pattern matches. @param except code points that its stars and question marks do not take */
export function wildcardTokens(pieces: readonly Piece[], except: readonly number[] = nothing): Token[] {
  return pieces.flatMap(({ text, literal: isLiteral }) =>
    Array.from(text, (letter): Token => {
      if (!isLiteral && letter === '*') return { kind: 'many', except }
      return !isLiteral && letter === '?' ? { kind: 'one', except } : letterToken(letter)
    }),
  )
}

/** A wildcard pattern in which neither star nor question mark takes a colon. */
export function wildcardWithoutColon(pieces: readonly Piece[]): Token[] {
  return wildcardTokens(pieces, [COLON])
}

/** A wildcard pattern in which neither star nor question mark takes a slash. */
export function wildcardWithoutSlash(pieces: readonly Piece[]): Token[] {
  return wildcardTokens(pieces, [SLASH])
}

/** The shortest text of a pattern, and one in which every star stands for something. */
export function plainTexts(tokens: readonly Token[]): readonly string[] {
  const spell = (many: string) =>
    tokens.map((token) => (token.kind === 'letter' ? String.fromCodePoint(token.code) : token.kind === 'one' ? '_' : many)).join('')
  return [spell(''), spell('_')]
}

function letterToken(letter: string): Token {
  return { kind: 'letter', code: codeOf(letter), folded: false }
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) as number
}
