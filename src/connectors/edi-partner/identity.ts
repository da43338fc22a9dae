import { hasUnstorableCharacter } from '../../base/json.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'

/** What is read while the sender waits at the door. A larger file is known by its bytes: nobody else may have to wait for it. */
export const readAtTheDoorMax = 1024 * 1024

/**
 * An interchange is known by who sent it to whom, whether it is a test, and its control number: the same number with other content is
 * a conflict. Files of several interchanges, and what is none, are known by their bytes. Never throws.
 */
export function identityOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > readAtTheDoorMax) return undefined
  const headers: InterchangeHeader[] = []
  const reader = new EnvelopeReader({
    interchangeOpened: (header) => {
      if (headers.length < 2) headers.push(header)
    },
  })
  reader.feed(bytes)
  reader.end()
  const [header] = headers
  if (header === undefined || headers.length > 1 || header.isBare || header.controlNumber === '') return undefined
  const { syntax, sender, receiver, usage, controlNumber } = header
  const party = ({ qualifier, id, routing }: typeof sender): string => [qualifier, id, routing].join(':')
  const identity = [syntax, party(sender), party(receiver), usage, controlNumber].join(' ')
  return identity.length > 200 || hasUnstorableCharacter(identity) ? undefined : identity
}
