import { hashKey } from './principal.ts'

/** A new API key: 200 random bits behind a prefix that secret scanners know. Only the hash is stored. */
export function newKey(randomBytes: (count: number) => Uint8Array): {
  readonly id: string
  readonly text: string
  readonly hash: string
} {
  const text = `interline_live_${base32(randomBytes(25))}`
  return { id: newId('key', randomBytes), text, hash: hashKey(text) }
}

/** A new secret of a client, by the same rules. */
export function newSecret(randomBytes: (count: number) => Uint8Array): {
  readonly text: string
  readonly hash: string
} {
  const text = `interline_secret_${base32(randomBytes(25))}`
  return { text, hash: hashKey(text) }
}

/** An id that nobody guesses, behind what it is of: `key_`, `usr_`. */
export function newId(kind: string, randomBytes: (count: number) => Uint8Array): string {
  return `${kind}_${base32(randomBytes(10))}`
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

function base32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
    held &= 0xff
  }
  return text
}
