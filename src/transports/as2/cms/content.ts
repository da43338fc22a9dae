import { Ber } from './ber.ts'
import { derAround, objectIdentifier } from './der.ts'
import { identifiers } from './object-identifiers.ts'
import type { Pieces } from './pieces.ts'

/** A CMS structure and what it is (ContentInfo, RFC 5652 §3). */
export interface CmsContent {
  readonly type: string
  readonly value: Ber
}

/** Throws when the bytes hold no ContentInfo. */
export function readContent(bytes: Uint8Array): CmsContent {
  const whole = Ber.read(bytes)
  const value = whole.at(1, 0x80).at(0)
  if (whole.tag !== 0x30 || value.tag !== 0x30) throw new Error('a sequence was expected')
  return { type: whole.at(0).objectIdentifier, value }
}

/** The string of octets that a structure carries; undefined where there is none. Throws when something else stands in its place. */
export function octetsOf({ type, value }: CmsContent): Ber | undefined {
  const holder = value.members.find((one) => one.tag === 0x30 && one.find(0x80) !== undefined)
  const tagged = holder?.find(0x80)
  const isImplicit = type === identifiers.envelopedData || type === identifiers.authEnvelopedData
  if (tagged === undefined || isImplicit) return tagged
  return tagged.at(0, 0x04)
}

/** A CMS structure of that type. */
export function writeContent(type: string, value: Pieces): Pieces {
  return derAround(0x30, [objectIdentifier(type), ...derAround(0xa0, value)])
}

/** EncapsulatedContentInfo (RFC 5652 §5.2); without content where the signature is detached. */
export function encapsulated(content: Pieces | undefined): Pieces {
  const held = content === undefined ? [] : derAround(0xa0, derAround(0x04, content))
  return derAround(0x30, [objectIdentifier(identifiers.data), ...held])
}
