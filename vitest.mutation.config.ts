import { defineConfig } from 'vitest/config'

/** The tests that judge mutants: fast ones, close to what is mutated. Child processes and packing would only cost time. */
export default defineConfig({
  test: {
    include: [
      'test/match/**/*.test.ts',
      'test/operators/**/*.test.ts',
      'test/grants/**/*.test.ts',
      'test/evaluate/**/*.test.ts',
      'test/decisions/corpus.test.ts',
    ],
    // Huge inputs show that work is linear, which takes instrumented code minutes and tells mutants apart from nothing.
    testNamePattern: /^(?!.*million)/,
    testTimeout: 60_000,
  },
})
