import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type DocumentKind, kinds } from './documents.js'
import { expectAgreement } from './expect-agreement.js'
import { parserAnswer } from './parsers.js'
import { samples } from './samples.js'

const fixtures = new URL('../../fixtures/', import.meta.url).pathname
const corpus = new URL('../../../shared/corpus/', import.meta.url).pathname

function jsonFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
    .sort()
}

/** A fixture's kind, told by its place. */
function kindOfFixture(name: string): DocumentKind | undefined {
  if (name.startsWith('decisions/') || name.endsWith('/tests.json')) return 'decision-test'
  if (name.endsWith('/snapshot.json')) return 'snapshot'
  if (name.includes('/requests/')) return 'request'
  return name.startsWith('policies/') ? 'policy' : undefined
}

describe('schema and parser agree on the fixtures', () => {
  const files = jsonFilesIn(fixtures).flatMap((path) => {
    const name = relative(fixtures, path)
    const kind = kindOfFixture(name)
    return kind === undefined ? [] : [{ name, kind, path }]
  })

  test.each(files.map(({ name, kind, path }) => [name, kind, path] as const))('%s, a %s', (_, kind, path) =>
    expectAgreement(kind, JSON.parse(readFileSync(path, 'utf8'))),
  )

  test('there are fixtures of three kinds', () => {
    expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(['decision-test', 'snapshot', 'request']))
  })
})

const isThere = existsSync(corpus)

describe.skipIf(!isThere)('schema and parser agree on policies that others wrote (skipped where ../shared/corpus is not there)', () => {
  const files = isThere ? jsonFilesIn(corpus).map((path) => [relative(corpus, path), path]) : [['each of them', '']]

  test.each(files)('%s', (_, path = '') => expectAgreement('policy', JSON.parse(readFileSync(path, 'utf8'))))
})

describe('schema and parser agree on the samples, and find nothing wrong with them', () => {
  test.each(kinds)('%s', (kind) => {
    for (const sample of samples[kind]) {
      expect(parserAnswer(kind, sample), JSON.stringify(sample)).toBe('fine')
      expectAgreement(kind, sample)
    }
  })
})
