/** How content is encrypted, as CMS and Node name it. `legacy` is taken only from partners that are declared to need it. */
export interface Cipher {
  readonly name: 'aes128-cbc' | 'aes192-cbc' | 'aes256-cbc' | '3des' | 'aes128-gcm' | 'aes192-gcm' | 'aes256-gcm'
  readonly identifier: string
  readonly node: string
  readonly keyBytes: number
  readonly nonceBytes: number
  /** Authenticated ciphers travel as AuthEnvelopedData (RFC 5083), never as EnvelopedData. */
  readonly authenticated: boolean
  readonly legacy: boolean
}

/** Ciphers for content by object identifier (RFC 3370, RFC 3565, RFC 5084). RC2, RC4 and DES are not among them: they protect nothing. */
export const ciphers: readonly Cipher[] = [
  cbc('aes128-cbc', '2.16.840.1.101.3.4.1.2', 'aes-128-cbc', 16),
  cbc('aes192-cbc', '2.16.840.1.101.3.4.1.22', 'aes-192-cbc', 24),
  cbc('aes256-cbc', '2.16.840.1.101.3.4.1.42', 'aes-256-cbc', 32),
  { ...cbc('3des', '1.2.840.113549.3.7', 'des-ede3-cbc', 24), nonceBytes: 8, legacy: true },
  gcm('aes128-gcm', '2.16.840.1.101.3.4.1.6', 'aes-128-gcm', 16),
  gcm('aes192-gcm', '2.16.840.1.101.3.4.1.26', 'aes-192-gcm', 24),
  gcm('aes256-gcm', '2.16.840.1.101.3.4.1.46', 'aes-256-gcm', 32),
]

/** What the settings call a cipher. */
export type CipherName = Cipher['name']

/** All ciphers, for settings. */
export const cipherNames: readonly CipherName[] = ciphers.map(({ name }) => name)

/** The cipher that a setting names. Throws for any other text. */
export function cipherNamed(name: CipherName): Cipher {
  const found = ciphers.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no cipher ${name}`)
  return found
}

/** By object identifier; undefined for one that is not offered. */
export function cipherOf(identifier: string): Cipher | undefined {
  return ciphers.find((one) => one.identifier === identifier)
}

function cbc(name: CipherName, identifier: string, node: string, keyBytes: number): Cipher {
  return { name, identifier, node, keyBytes, nonceBytes: 16, authenticated: false, legacy: false }
}

function gcm(name: CipherName, identifier: string, node: string, keyBytes: number): Cipher {
  return { name, identifier, node, keyBytes, nonceBytes: 12, authenticated: true, legacy: false }
}
