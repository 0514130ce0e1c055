import { matchesWildcard, type Piece, type Wildcard, wildcardOf } from './wildcard.js'

/** The six parts of an ARN: `arn`, partition, service, region, account, and the resource, which may hold colons itself. */
export type ArnParts = readonly [string, string, string, string, string, string]

/** A pattern for each of the six parts. */
export type ArnPattern = readonly Wildcard[]

const PARTS = 6

/** The parts of an ARN, or undefined if the text has fewer than six or does not start with `arn:`. */
export function parseArn(text: string): ArnParts | undefined {
  const parts: string[] = []
  let from = 0
  while (parts.length < PARTS - 1) {
    const colon = text.indexOf(':', from)
    if (colon < 0) return undefined
    parts.push(text.slice(from, colon))
    from = colon + 1
  }
  parts.push(text.slice(from))
  return parts[0] === 'arn' ? (parts as unknown as ArnParts) : undefined
}

/** The pattern of an ARN, part by part; undefined if there are fewer than six parts. */
export function arnPatternOf(pieces: readonly Piece[]): ArnPattern | undefined {
  return splitArnPattern(pieces)?.map(wildcardOf)
}

/**
 * The pieces of an ARN's pattern, cut at the first five colons that stand in its own text: colons inside literal pieces (the value
 * of a variable) never make a part. Undefined if there are fewer than six parts.
 */
export function splitArnPattern(pieces: readonly Piece[]): readonly (readonly Piece[])[] | undefined {
  const parts: Piece[][] = []
  let part: Piece[] = []
  for (const { text, literal } of pieces) {
    let from = 0
    while (!literal && parts.length < PARTS - 1) {
      const colon = text.indexOf(':', from)
      if (colon < 0) break
      part.push({ text: text.slice(from, colon), literal })
      parts.push(part)
      part = []
      from = colon + 1
    }
    part.push({ text: text.slice(from), literal })
  }
  parts.push(part)
  return parts.length === PARTS ? parts : undefined
}

/** Whether every part matches its pattern; a star never crosses one of the first five colons. */
export function matchesArn(pattern: ArnPattern, parts: ArnParts): boolean {
  return pattern.every((part, index) => matchesWildcard(part, parts[index] as string))
}
