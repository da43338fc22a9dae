import { defineConfig } from 'vitest/config'
import { ClosingCount } from './test/closing-count.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.build/**', 'test/planted/samples/**'],
    globalSetup: ['test/postgres/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of the long ones wait for a hub or a database: on two cores one at a time leaves both idle.
    maxWorkers: 2,
    passWithNoTests: false,
    // Said, so that nobody is advised at the end of each run to give it up: tests of one file must not meet those of another.
    isolate: true,
    reporters: ['default', new ClosingCount()],
  },
})
