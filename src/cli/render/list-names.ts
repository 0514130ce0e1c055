const MOST_LISTED = 10

/** Some names for a sentence: "`a`, `b` and 7 more", or "none". */
export function listNames(names: Iterable<string>): string {
  const all = [...names]
  if (all.length === 0) return 'none'
  const listed = all.slice(0, MOST_LISTED).map((name) => `\`${name}\``)
  const more = all.length - listed.length
  return `${listed.join(', ')}${more === 0 ? '' : ` and ${more} more`}`
}
