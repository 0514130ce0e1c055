import { literal, type Term } from './terms.js'

/** A regular expression of SMT-LIB, as its text. */
export type Regex = Term

const LAST = '\\u{2ffff}'
export const anyText: Regex = '(re.* re.allchar)'
export const someText: Regex = '(re.+ re.allchar)'
const characterNoColon: Regex = `(re.union (re.range "\\u{0}" "9") (re.range ";" "${LAST}"))`
const characterNoSlash: Regex = `(re.union (re.range "\\u{0}" ".") (re.range "0" "${LAST}"))`
const characterOfAccount: Regex = `(re.union (re.range "\\u{0}" ".") (re.range "0" "9") (re.range ";" "${LAST}"))`
const noColons: Regex = `(re.* ${characterNoColon})`
export const someNoSlash: Regex = `(re.+ ${characterNoSlash})`
/** The account part of an ARN. */
export const anyAccount: Regex = `(re.+ ${characterOfAccount})`
/** `name` or `path/name`. */
export const pathAndName: Regex = sequence(anyText, characterNoSlash)
/** Six parts, the first `arn`. */
export const anyArn: Regex = sequence(exactly('arn:'), ...Array.from({ length: 4 }, () => sequence(noColons, exactly(':'))), anyText)

export function exactly(text: string): Regex {
  return `(str.to_re ${literal(text)})`
}

export function sequence(...parts: readonly Regex[]): Regex {
  return parts.length === 1 ? (parts[0] as Regex) : `(re.++ ${parts.join(' ')})`
}

export function union(...parts: readonly Regex[]): Regex {
  return parts.length < 2 ? (parts[0] ?? 're.none') : `(re.union ${parts.join(' ')})`
}

export function both(left: Regex, right: Regex): Regex {
  return `(re.inter ${left} ${right})`
}

/** A pattern of `*` and `?`, one for each of its pieces of text. */
export function glob(pattern: string, character: Regex = 're.allchar'): Regex {
  const pieces = pattern.match(/[*?]|[^*?]+/g) ?? ['']
  return sequence(...pieces.map((piece) => (piece === '*' ? `(re.* ${character})` : piece === '?' ? character : exactly(piece))))
}

/** A pattern whose wildcards stay inside one of the first five parts of an ARN. */
export const partGlob = (pattern: string): Regex => glob(pattern, characterNoColon)

/** The six parts of an ARN or a pattern of one, cut at the first five colons. */
export function splitArn(text: string): readonly string[] | undefined {
  return /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text)?.slice(1)
}

/** Whether a pattern of `*` and `?` matches a text that is known here. */
export function globMatches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[*?]|[^*?]/gsu, (piece) =>
    piece === '*' ? '.*' : piece === '?' ? '.' : `\\u{${piece.codePointAt(0)?.toString(16)}}`,
  )
  return new RegExp(`^${source}$`, 'su').test(text)
}

export const hasWildcard = (text: string): boolean => /[*?]/.test(text)
