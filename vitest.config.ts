import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need a gateway and proxies: `npm run test:e2e`.
    exclude: [...configDefaults.exclude, 'test/e2e/**'],
    // One for each core: by default a machine with two cores would use one.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})
