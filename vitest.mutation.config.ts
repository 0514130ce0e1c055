import { defineConfig } from 'vitest/config'

/**
 * The tests that judge mutants: those next to what is mutated. Huge and exhaustive inputs show that work is linear and that nothing is
 * overlooked; on instrumented code they take minutes and tell no mutant apart that the tables do not.
 */
const slow = ['million', 'every short pattern', 'code point', 'code unit', 'without case', 'minimatch', 'filling its wildcards']

export default defineConfig({
  test: {
    include: ['test/match/**/*.test.ts', 'test/operators/**/*.test.ts', 'test/grants/**/*.test.ts', 'test/evaluate/**/*.test.ts'],
    testNamePattern: new RegExp(`^(?!.*(${slow.join('|')}))`),
    testTimeout: 60_000,
  },
})
