import { hasUnstorableCharacter } from '../../base/json.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'

/**
 * An interchange is known by who sent it to whom, whether it is a test, and its control number: the same number with other content is
 * a conflict. Files of several interchanges, and what is none, are known by their bytes. Never throws.
 */
export function identityOf(bytes: Uint8Array): string | undefined {
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
