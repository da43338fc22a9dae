/** A violation that is put into a copy of the tree on purpose, and the guard that must see it. */
export interface Plant {
  readonly name: string
  /** Where it is put. An existing file is replaced. */
  readonly path: string
  readonly text: string
  /**
   * The guard: the compiler, the linter, or a test by its name. `tsc program` is what the compiler finds before it looks at types:
   * with one of those in the tree it says nothing else, so they are planted later.
   */
  readonly guard: 'tsc' | 'tsc program' | 'oxlint' | (string & {})
  /** What the guard must say in the line about the file. */
  readonly says: RegExp
}

/** A violation by what it is, where it is put, what it says, and who must see it in which words. */
export function plant(name: string, path: string, text: string, guard: string, says: RegExp): Plant {
  return { name, path, text: `${text}\n`, guard, says }
}

/** A file that is one line too long. */
export const manyLines: string = Array.from(
  { length: 401 },
  (_, index) => `/** ${index} */\nexport const line${index} = ${index}`,
).join('\n')
