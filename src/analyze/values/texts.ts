import { contains, explore } from '../../languages/explore.js'
import { type Language, plainTexts } from '../../languages/language.js'
import type { Probe } from '../conditions/probe.js'
import type { ValueChoice } from './value-choice.js'

export interface TextDomain {
  /** The texts that there are. */
  readonly language: Language
  /** Texts to take where they will do. */
  readonly liked: readonly string[]
}

/** Texts for every way to be in some of the probes' languages and not in others. */
export function chooseTexts({ language, liked }: TextDomain, probes: readonly Probe[], steps: number): ValueChoice {
  const languages = new Map<string, Language>()
  for (const probe of probes) if (probe.kind === 'language') languages.set(probe.name, probe.language)
  const { representatives, isComplete } = explore(language, [...languages.values()], { liked, steps })
  const found = representatives.map(({ text }) => text)
  // Where not all ways can be followed, at least the plainest text of every pattern is tried.
  const plain = isComplete
    ? []
    : [...languages.values()].flatMap((patterns) => patterns.flatMap(plainTexts)).filter((text) => contains(language, text))
  const values = [...new Set([...found, ...plain])]
  return isComplete ? { values } : { values, incomplete: `there are too many ways in which the ${languages.size} patterns overlap` }
}
