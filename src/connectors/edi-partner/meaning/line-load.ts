import type { Reading } from '../../kit/reading.ts'
import { numberOf } from './number.ts'

/** Numbers that a document may name a load by, each with its qualifiers, the surest first. */
export type LoadNumbers = Readonly<Record<string, readonly string[]>>

/**
 * The load of each line, where the lines name several and the document as a whole names none. One kind of number is taken for all of them: two
 * kinds would make two loads of one. Undefined: it is for one load.
 */
export function lineLoads(
  root: Reading,
  lines: readonly Reading[],
  numbers: LoadNumbers,
): readonly Readonly<Record<string, string>>[] | undefined {
  if (Object.values(numbers).some((qualifiers) => numberOf(root, qualifiers) !== undefined)) return undefined
  for (const [name, qualifiers] of Object.entries(numbers)) {
    const told = lines.map((line) => numberOf(line, qualifiers))
    if (new Set(told.flatMap((one) => one ?? [])).size > 1)
      return told.map((one) => (one === undefined ? {} : { [name]: one }))
  }
  return undefined
}
