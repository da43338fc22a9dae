import { createHash, timingSafeEqual } from 'node:crypto'
import { type Digest, digestNamed, readDigest } from './cms/digests.ts'
import type { Pieces } from './cms/pieces.ts'
import { As2Failure } from './failure.ts'

/** Message integrity check: the digest of what was received (RFC 4130 §7.3.1). */
export interface Mic {
  readonly digest: Digest
  readonly value: Buffer
}

/** The digest of exactly these bytes. */
export function micOf(bytes: Uint8Array | Pieces, digest: Digest): Mic {
  const hash = createHash(digest.name)
  for (const one of bytes instanceof Uint8Array ? [bytes] : bytes) hash.update(one)
  return { digest, value: hash.digest() }
}

/** `base64, algorithm`. Some peers know only the old spelling, without the hyphen. */
export function writeMic({ digest, value }: Mic, spelling: 'new' | 'old' = 'new'): string {
  return `${value.toString('base64')}, ${spelling === 'old' ? digest.name : digest.micalg}`
}

/** Undefined when it cannot be read or its algorithm is not known. */
export function readMic(text: string): Mic | undefined {
  const [value = '', name = ''] = text.split(',').map((one) => one.trim())
  const digest = readDigest(name)
  return digest === undefined || value === '' ? undefined : { digest, value: Buffer.from(value, 'base64') }
}

/** Compares algorithm and value. */
export function sameMic(a: Mic, b: Mic): boolean {
  return a.digest.name === b.digest.name && a.value.length === b.value.length && timingSafeEqual(a.value, b.value)
}

/**
 * The digest for an unsigned message: the first one that the partner lists and we have, SHA-256 when it lists none. Throws when
 * none of the listed ones is offered: a partner must not get one that it did not list.
 */
export function digestWanted(listed: readonly string[], { allowLegacy }: { readonly allowLegacy: boolean }): Digest {
  if (listed.length === 0) return digestNamed('sha256')
  const found = listed.map(readDigest).find((one) => one !== undefined && (allowLegacy || !one.legacy))
  if (found === undefined)
    throw new As2Failure('unsupported MIC-algorithms', `wanted ${listed.join(', ').slice(0, 100)}`)
  return found
}
