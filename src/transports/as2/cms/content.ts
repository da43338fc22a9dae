import { Ber } from './ber.ts'
import { explicit, objectIdentifier, octets, sequence } from './der.ts'
import { identifiers } from './object-identifiers.ts'

/** A CMS structure and what it is (ContentInfo, RFC 5652 §3). */
export interface CmsContent {
  readonly type: string
  readonly value: Ber
}

/** Throws when the bytes hold no ContentInfo. */
export function readContent(bytes: Uint8Array): CmsContent {
  const whole = Ber.read(bytes)
  return { type: whole.at(0).objectIdentifier, value: whole.at(1, 0x80).at(0) }
}

/** A CMS structure of that type. */
export function writeContent(type: string, value: Uint8Array): Buffer {
  return sequence(objectIdentifier(type), explicit(0, value))
}

/** EncapsulatedContentInfo (RFC 5652 §5.2); without content where the signature is detached. */
export function encapsulated(content: Uint8Array | undefined): Buffer {
  const type = objectIdentifier(identifiers.data)
  return content === undefined ? sequence(type) : sequence(type, explicit(0, octets(content)))
}
