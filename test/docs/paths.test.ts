import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

/** What a document names that looks like a path of the repository: `src/match/`, `docs/testing.md`, `fixtures/photography`. */
function pathsIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, quote]) => quote ?? '')
  const linked = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, link]) => link ?? '').filter((link) => !link.includes(':'))
  const words = quoted.flatMap((quote) => quote.split(/\s+/)).filter((word) => /^(src|schemas|bench|test|fixtures|docs|\.ci)\//.test(word))
  return [...new Set([...words.map((word) => word.replace(/[.,;:]$/, '')), ...linked])]
}

const documents = ['README.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
)

describe.each(documents)('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8')
  const base = name.startsWith('docs/') ? join(root, 'docs') : root

  test('names only paths that exist', () => {
    const isThere = (path: string) =>
      path.includes('*') || path.includes('<') || existsSync(join(root, path)) || existsSync(join(base, path))
    expect(pathsIn(text).filter((path) => !isThere(path))).toEqual([])
  })

  test('speaks of the project alone: no path of a machine', () => {
    expect(text).not.toMatch(/(^|[\s`"'(])\/(work|root|home|tmp)\//m)
  })
})
