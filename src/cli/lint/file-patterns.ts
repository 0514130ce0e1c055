import { Minimatch } from 'minimatch'
import type { FileMatcher } from '../../lint/config/config.js'

/** Each star of a part of a path multiplies the work by the length of the name, and names can be made to cost the most. */
const MOST_STARS = 3
const MOST_GLOBSTARS = 3
const MOST_ALTERNATIVES = 100
const MAX_LENGTH = 1000

const options = {
  dot: true,
  nonegate: true,
  nocomment: true,
  noext: true,
  braceExpandMax: MOST_ALTERNATIVES,
  maxGlobstarRecursion: MOST_GLOBSTARS,
  platform: 'linux',
} as const

const compiled = new Map<string, Minimatch>()

/** Whether a path, with slashes, is meant by a pattern. A pattern without stars that is a folder means all below it. */
export const matchesFile: FileMatcher = (pattern, path) => {
  let matcher = compiled.get(pattern)
  if (matcher === undefined) {
    matcher = new Minimatch(plainPattern(pattern), options)
    compiled.set(pattern, matcher)
  }
  return matcher.match(path)
}

/** Why a pattern cannot be used, if it cannot. */
export function checkPattern(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `a pattern has at most ${MAX_LENGTH} characters`
  if (pattern.startsWith('!')) return `\`${pattern}\` begins with \`!\`: a pattern says which files are meant, not which are not`
  if (pattern.startsWith('/')) return `\`${pattern}\` begins with a slash: patterns are relative to the folder of the configuration`
  const parts = pattern.split('/')
  if (parts.filter((part) => part === '**').length > MOST_GLOBSTARS) return `\`${pattern}\` has more than ${MOST_GLOBSTARS} times \`**\``
  const isHeavy = parts.some((part) => part !== '**' && part.split('*').length - 1 > MOST_STARS)
  return isHeavy ? `\`${pattern}\` has more than ${MOST_STARS} stars between two slashes` : undefined
}

export function hasGlob(text: string): boolean {
  return /[*?[{]/.test(text)
}

function plainPattern(pattern: string): string {
  const below = pattern.startsWith('./') ? pattern.slice(2) : pattern
  return below.endsWith('/') ? `${below}**` : below
}
