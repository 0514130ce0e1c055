import { expect } from 'vitest'
import type { Diagnostic } from '../../src/index.js'

/** A million characters; the largest documents have ten times as many. */
export const SIZE = 2 ** 20

/** As many copies as fit the size, between commas, each with its number in place of `#`. */
export function filled(size: number, item: string): string {
  const count = Math.floor(size / (item.length + 1))
  if (!item.includes('#')) return `${item},`.repeat(count).slice(0, -1)
  return Array.from({ length: count }, (_, index) => item.replaceAll('#', String(index))).join(',')
}

/** What was cut off at the limit is said to be: by an error, so that nothing is decided by what is left. */
export function expectCapped(diagnostics: readonly Diagnostic[]): void {
  expect(diagnostics).toHaveLength(1001)
  expect(diagnostics.filter(({ code }) => code === 'too-many-problems')).toMatchObject([{ severity: 'error' }])
}

export function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))].toSorted()
}
