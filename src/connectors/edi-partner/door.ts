import { hasUnstorableCharacter } from '../../base/json.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'
import { tagOf, textOf } from '../../edi/read/segment.ts'
import type { Identity } from '../kit/connector.ts'
import { stated } from '../kit/stated.ts'

/** What is read while the sender waits at the door. A larger file is known by its bytes: nobody else may have to wait for it. */
export const readAtTheDoorMax = 1024 * 1024

/** Where the number stands that a document is about. */
const numbers: Readonly<Record<string, { readonly tag: string; readonly element: number }>> = {
  '180': { tag: 'BGN', element: 2 },
  '204': { tag: 'B2', element: 4 },
  '214': { tag: 'B10', element: 2 },
  '850': { tag: 'BEG', element: 3 },
  '855': { tag: 'BAK', element: 3 },
  '856': { tag: 'BSN', element: 2 },
  '860': { tag: 'BCH', element: 3 },
  '865': { tag: 'BCA', element: 3 },
  '940': { tag: 'W05', element: 2 },
  '944': { tag: 'W17', element: 3 },
  '945': { tag: 'W06', element: 2 },
  '990': { tag: 'B1', element: 2 },
  ORDERS: { tag: 'BGM', element: 2 },
  DESADV: { tag: 'BGM', element: 2 },
}

/**
 * What the door must know of a file, in one pass over its envelope. Identity: who sent it to whom, whether it is a test, and its control
 * number; the same number with other content is a conflict. Files of several interchanges, and what is none, are known by their bytes.
 * Order key: the number that all sets are about; what is told about one number must not overtake each other. Never throws.
 */
export function doorKeys(bytes: Uint8Array): Identity {
  if (bytes.length > readAtTheDoorMax) return {}
  const headers: InterchangeHeader[] = []
  const keys = new Set<string>()
  let at: (typeof numbers)[string] | undefined
  const reader = new EnvelopeReader({
    interchangeOpened: (header) => {
      if (headers.length < 2) headers.push(header)
    },
    setOpened: ({ identifier }) => {
      at = Object.hasOwn(numbers, identifier) ? numbers[identifier] : undefined
      // A set without a number of its own leaves the order of the file open.
      if (at === undefined) keys.add('')
    },
    segment: (segment, number) => {
      if (number === 2 && at !== undefined) keys.add(tagOf(segment) === at.tag ? textOf(segment, at.element) : '')
    },
  })
  reader.feed(bytes)
  reader.end()
  return stated({ identity: identityOf(headers), orderKey: orderKeyOf(keys) })
}

function identityOf([header, another]: readonly InterchangeHeader[]): string | undefined {
  return header === undefined || another !== undefined ? undefined : interchangeIdentity(header)
}

/** Sender, receiver, test flag and control number; `undefined` where there is no number, or one that cannot be kept. */
export function interchangeIdentity(header: InterchangeHeader): string | undefined {
  if (header.isBare || header.controlNumber === '') return undefined
  const { syntax, sender, receiver, usage, controlNumber } = header
  const party = ({ qualifier, id, routing }: typeof sender): string => [qualifier, id, routing].join(':')
  const identity = [syntax, party(sender), party(receiver), usage, controlNumber].join(' ')
  return identity.length > 200 || hasUnstorableCharacter(identity) ? undefined : identity
}

/** `undefined` where the sets are about several numbers, or the bytes do not tell. */
function orderKeyOf(keys: ReadonlySet<string>): string | undefined {
  const [key = ''] = keys
  return keys.size === 1 && key !== '' && key.length <= 200 && !hasUnstorableCharacter(key) ? key : undefined
}
