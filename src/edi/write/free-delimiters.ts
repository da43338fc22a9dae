import type { Delimiters } from '../bytes/delimiters.ts'
import { repetitionsOf, type WrittenSegment } from './written.ts'

/** What stands in for a delimiter that a value uses, in this order. Printable first: people look at these files. */
const alternatives = ['*', '|', '~', '>', '^', '!', '\\', '<', '}', '{', '`', '\u001d', '\u001f', '\u001e', '\u001c']

/**
 * Delimiters that no value contains, as near to the wanted ones as can be. X12 has no release character, so a value that holds
 * a delimiter can only be kept by choosing another delimiter before anything is written.
 */
export function freeDelimiters(segments: Iterable<WrittenSegment>, wanted: Delimiters): Delimiters {
  const used = new Uint8Array(128)
  for (const { elements } of segments)
    for (const element of elements)
      for (const components of repetitionsOf(element)) for (const value of components) note(value, used)
  const taken = new Set<number>()
  const free = (byte: number): number => {
    if (byte < 0) return byte
    const isFree = (one: number): boolean => used[one] !== 1 && !taken.has(one)
    const chosen = isFree(byte) ? byte : (alternatives.map((one) => one.charCodeAt(0)).find(isFree) ?? byte)
    taken.add(chosen)
    return chosen
  }
  return {
    ...wanted,
    segment: free(wanted.segment),
    element: free(wanted.element),
    component: free(wanted.component),
    repetition: free(wanted.repetition),
  }
}

function note(value: string, used: Uint8Array): void {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 128) used[code] = 1
  }
}
