import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mutants } from './mutants.js'

const folder = new URL('../../../src/', import.meta.url)

describe('the mutants of the analyser', () => {
  test('have names of their own', () => {
    const names = mutants.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test.each(mutants)('$name: its text stands in $file', ({ file, text, by }) => {
    const source = readFileSync(new URL(file, folder), 'utf8')
    expect(source).toContain(text)
    expect(source.replace(text, () => by)).not.toBe(source)
  })
})
