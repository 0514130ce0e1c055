import { describe, expect, test } from 'vitest'
import { Automaton } from '../../src/languages/automaton.js'
import * as languages from '../../src/languages/language.js'
import { allTexts } from './arbitraries.js'

const all = allTexts(['a', ':', '/', '\u{1f600}'], 4)

/** What each named language holds, as an expression. */
const named: readonly (readonly [name: string, language: languages.Language, expression: RegExp])[] = [
  ['anything', [languages.anything], /^.*$/su],
  ['something', [languages.something], /^.+$/su],
  ['withoutColon', [languages.withoutColon], /^[^:]+$/u],
  ['withoutSlash', [languages.withoutSlash], /^[^/]+$/u],
  ['withoutColonOrSlash', [languages.withoutColonOrSlash], /^[^:/]+$/u],
  ['maybeWithoutColon', [languages.maybeWithoutColon], /^[^:]*$/u],
  ['maybePath', languages.maybePath, /^(.*\/)?$/su],
  ['wildcardWithoutSlash', [languages.wildcardWithoutSlash([{ text: 'a?*', literal: false }])], /^a[^/]+$/u],
]

describe('named languages', () => {
  test.each(named)('%s', (_, language, expression) => {
    const automaton = new Automaton(language)
    const accepted = all.filter((text) => automaton.accepts(automaton.run(automaton.start, text)))
    expect(accepted).toEqual(all.filter((text) => expression.test(text)))
  })
})
