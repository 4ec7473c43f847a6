// Two projects: `unit` needs no database, `database` is every other test. The closing line is for CI.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const unit = ['test/{model,engine,sql,objects,guards,types,terminal}/**/*.test.ts', 'test/**/*.unit.test.ts']
const fixtures = ['**/node_modules/**', 'test/**/fixtures/**']
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^lockstep-pg$/, replacement: file('./src/index.ts') },
      { find: /^lockstep-pg\/migrations$/, replacement: file('./src/migrations/index.ts') },
      { find: /^lockstep-pg\/testing$/, replacement: file('./src/testing/index.ts') },
    ],
  },
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    passWithNoTests: false,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: fixtures } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['test/**/*.test.ts'],
          exclude: [...fixtures, ...unit],
          globalSetup: ['./test/support/global-setup.ts'],
        },
      },
    ],
  },
})
