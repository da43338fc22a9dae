import { hasUnstorableCharacter } from '../../base/json.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import { type Segment, tagOf, textOf } from '../../edi/read/segment.ts'
import { readAtTheDoorMax } from './identity.ts'

/** Where the number stands that a document is about. */
const numbers: Readonly<Record<string, { readonly tag: string; readonly element: number }>> = {
  '204': { tag: 'B2', element: 4 },
  '214': { tag: 'B10', element: 2 },
  '856': { tag: 'BSN', element: 2 },
  '944': { tag: 'W17', element: 3 },
  '945': { tag: 'W06', element: 2 },
  '990': { tag: 'B1', element: 2 },
  DESADV: { tag: 'BGM', element: 2 },
}

/**
 * The number that all sets of a file are about: what is told about one number must not overtake each other. `undefined` where they are
 * about several, or the bytes do not tell. Never throws.
 */
export function orderKeyOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > readAtTheDoorMax) return undefined
  const keys = new Set<string>()
  let at: (typeof numbers)[string] | undefined
  const reader = new EnvelopeReader({
    setOpened: ({ identifier }) => {
      at = Object.hasOwn(numbers, identifier) ? numbers[identifier] : undefined
      // A set without a number of its own leaves the order of the file open.
      if (at === undefined) keys.add('')
    },
    segment: (segment: Segment, number: number) => {
      if (number === 2 && at !== undefined) keys.add(tagOf(segment) === at.tag ? textOf(segment, at.element) : '')
    },
  })
  reader.feed(bytes)
  reader.end()
  const [key = ''] = keys
  return keys.size === 1 && key !== '' && key.length <= 200 && !hasUnstorableCharacter(key) ? key : undefined
}
