import { foldAscii } from '../match/case.js'

/** Longer names are no typing errors, and the distance costs length times length. */
const MAX_LENGTH = 64

/** `did you mean \`…\`?` for the candidate that is at most a third of its letters away, or undefined. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`
}

function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  const folded = foldAscii(name)
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const most = Math.min(least - 1, Math.ceil(candidate.length / 3))
    // Each letter more or less is a change.
    if (Math.abs(candidate.length - name.length) > most) continue
    const distance = editDistance(folded, foldAscii(candidate))
    if (distance <= most) {
      nearest = candidate
      least = distance
    }
  }
  return nearest
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    previous = row
  }
  return previous[b.length] as number
}
