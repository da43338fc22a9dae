import { expect } from 'vitest'

/** Fails with every violation on a line of its own: the list is the message, nobody has to read a diff. */
export function expectNone(violations: readonly string[]): void {
  expect(violations, `\n${violations.join('\n')}\n`).toEqual([])
}
