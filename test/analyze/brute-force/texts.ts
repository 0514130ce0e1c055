/** Texts that a pattern with variables matches, or just misses. */
const STARS = ['', 'a', '/b', 'ab'] as const
const NAMES = ['a', 'b', '*'] as const

/** The text with variables, escapes and defaults in several fillings; wildcards stay. */
export function expansions(text: string): readonly string[] {
  const escaped = text.replace(/\$\{([*?$])\}/g, '$1')
  if (!escaped.includes('${')) return [escaped]
  const fallback = escaped.replace(/\$\{[^}']*'([^']*)'\}/g, '$1')
  return [fallback, ...NAMES.map((name) => escaped.replace(/\$\{[^}]*\}/g, () => name))]
}

/** Texts near the ones that an operand of a condition or a resource pattern stands for. */
export function near(text: string): readonly string[] {
  const filled = expansions(text).flatMap((each) => STARS.map((star) => each.replaceAll('*', star).replaceAll('?', () => star[0] ?? 'a')))
  return [...new Set([text, ...filled, ...filled.slice(0, 1).flatMap((each) => [`${each}a`, each.slice(0, -1), swapCase(each)])])]
}

const swapCase = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase())

/** Every text over the letters of at most so many signs, the empty one too. */
export function allTexts(letters: readonly string[], most: number): readonly string[] {
  if (most === 0) return ['']
  const shorter = allTexts(letters, most - 1)
  const longest = shorter.filter((text) => text.length === most - 1)
  return [...shorter, ...longest.flatMap((text) => letters.map((letter) => text + letter))]
}

/** What the pattern matches, as an expression: its wildcards, and all else as it is. */
export function patternExpression(pattern: string, flags = 's'): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, `${flags}u`)
}

/** The first item of each kind, then the second of each, and so on up to so many. */
export function someOfEach<T>(items: readonly T[], kindOf: (item: T) => string, most: number): T[] {
  const counts = new Map<string, number>()
  const rounds: T[][] = Array.from({ length: most }, () => [])
  for (const item of items) {
    const kind = kindOf(item)
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    rounds[count]?.push(item)
  }
  return rounds.flat()
}
