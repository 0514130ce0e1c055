import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
const sources = files.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))

test('the oracle imports nothing from src, so it cannot share a mistake', () => {
  expect(
    sources.flatMap((source) => [...source.matchAll(/from '([^']+)'/g)].map(([, path]) => path)).filter((path) => path?.includes('/src/')),
  ).toEqual([])
})

test('the oracle stays under 300 lines of code, imports aside: small enough to be checked against docs/semantics.md by eye', () => {
  const code = sources
    .flatMap((source) => source.replace(/^import [^']*'.*'$/gm, '').split('\n'))
    .filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*\*|\*)/.test(line))
  expect(code.length).toBeLessThan(300)
})
