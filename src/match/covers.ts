/**
 * One place of a pattern: `*` and `?` are wildcards, anything else stands for itself. A character that is no wildcard although it is
 * written as one, or a variable, is a symbol of more than one character: `${*}`, `${aws:username}`.
 */
export type PatternSymbol = string

/** The symbols of a pattern without variables. */
export function patternSymbols(pattern: string): readonly PatternSymbol[] {
  return Array.from(pattern)
}

/**
 * Whether the pattern `outer` matches everything that `inner` matches. What it affirms is certain. A variable counts as any text, which only a
 * star and the same variable cover.
 */
export function coversPattern(outer: readonly PatternSymbol[], inner: readonly PatternSymbol[]): boolean {
  const covering = ordered(outer)
  const covered = ordered(inner)
  if (!canBegin(covering, covered)) return false
  // reached[j]: the symbols of `outer` so far cover the first j of `inner`.
  let reached = covered.map(() => false)
  reached = [true, ...reached]
  for (const symbol of covering) reached = symbol === '*' ? fromFirst(reached) : stepOver(symbol, covered, reached)
  return reached[covered.length] === true
}

/** `*?` and `?*` match the same: with the question marks first, one star after them is enough. */
function ordered(symbols: readonly PatternSymbol[]): readonly PatternSymbol[] {
  const result: PatternSymbol[] = []
  let hasStar = false
  for (const symbol of symbols) {
    if (symbol === '*') {
      hasStar = true
      continue
    }
    if (hasStar && symbol !== '?') {
      result.push('*')
      hasStar = false
    }
    result.push(symbol)
  }
  if (hasStar) result.push('*')
  return result
}

/** Most pairs of patterns differ before the first wildcard already. */
function canBegin(outer: readonly PatternSymbol[], inner: readonly PatternSymbol[]): boolean {
  for (const [index, symbol] of outer.entries()) {
    if (symbol === '*' || symbol === '?') return true
    if (inner[index] !== symbol) return false
  }
  return outer.length === inner.length
}

/** A star covers whatever follows, wildcards too. */
function fromFirst(reached: readonly boolean[]): boolean[] {
  const first = reached.indexOf(true)
  return reached.map((_, index) => first >= 0 && index >= first)
}

function stepOver(symbol: PatternSymbol, inner: readonly PatternSymbol[], reached: readonly boolean[]): boolean[] {
  return reached.map((_, index) => index > 0 && reached[index - 1] === true && isCoveredBy(inner[index - 1] as PatternSymbol, symbol))
}

function isCoveredBy(inner: PatternSymbol, outer: PatternSymbol): boolean {
  if (outer !== '?') return inner === outer
  return inner !== '*' && (inner === '?' || !isVariable(inner))
}

/** An escape is one character, `${*}`; any other variable may be empty or long. */
function isVariable(symbol: PatternSymbol): boolean {
  return symbol.startsWith('${') && !(symbol.length === 4 && symbol.endsWith('}'))
}
