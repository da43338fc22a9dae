import { identifiers } from './object-identifiers.ts'

/** A digest as CMS, MIME and Node name it. `legacy` is taken only from partners that are declared to need it. */
export interface Digest {
  readonly name: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** In `micalg` and receipts (RFC 5751 §3.4.3.2). */
  readonly micalg: string
  readonly identifier: string
  readonly legacy: boolean
}

/** Weakest last. MD5 is not among them: a signature with it is refused. */
export const digests: readonly Digest[] = [
  { name: 'sha256', micalg: 'sha-256', identifier: '2.16.840.1.101.3.4.2.1', legacy: false },
  { name: 'sha384', micalg: 'sha-384', identifier: '2.16.840.1.101.3.4.2.2', legacy: false },
  { name: 'sha512', micalg: 'sha-512', identifier: '2.16.840.1.101.3.4.2.3', legacy: false },
  { name: 'sha1', micalg: 'sha1', identifier: '1.3.14.3.2.26', legacy: true },
]

/** What Node calls a digest. */
export type DigestName = Digest['name']

/** The digest that Node calls so. Throws for any other text. */
export function digestNamed(name: DigestName): Digest {
  const found = digests.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no digest ${name}`)
  return found
}

/** By object identifier: of the digest, or of an algorithm that signs with it. */
export function digestOf(identifier: string): Digest | undefined {
  const name = signers[identifier]
  return digests.find((one) => one.identifier === identifier || one.name === name)
}

/** Any spelling: `sha256`, `SHA-256`, `"sha-256"`, `rsa-sha256`. Undefined for what is not offered. */
export function readDigest(text: string): Digest | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll(/["\s-]/g, '')
    .replace(/^rsa/, '')
  return digests.find(({ name }) => name === plain)
}

/** What a signature by RSA v1.5 names. */
export const rsaEncryption = identifiers.rsaEncryption
/** What a signature by ECDSA names, per digest. */
export const ecdsaWith: Readonly<Record<DigestName, string>> = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
}

const signers: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  ...Object.fromEntries(Object.entries(ecdsaWith).map(([name, identifier]) => [identifier, name as DigestName])),
}
