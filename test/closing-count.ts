import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Ends a run in one line that counts its tests: it is what somebody looks for after a long scroll. */
export class ClosingCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module): TestCase[] => [...module.children.allTests()])
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const parts = [
      `${count('passed')} passed`,
      `${count('skipped')} skipped`,
      `${count('failed')} failed`,
      ...(broken === 0 ? [] : [`${broken} errors outside of tests`]),
    ]
    process.stdout.write(`${tests.length} tests in ${modules.length} files: ${parts.join(', ')}\n`)
  }
}
