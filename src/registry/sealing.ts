import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'

/** Keeps small secrets in the database that nobody reads who has only the database. */
export interface Sealing {
  /** `place` says what it is of, such as `signing_key/key_1`: moved to another place, it does not open. */
  seal(text: string, place: string): string
  /** Undefined when it was sealed with another key, for another place, or was changed. */
  open(sealed: string, place: string): string | undefined
}

const format = 'v1'

/** Seals by AES-256-GCM with one key of 32 bytes. The name of the key stands in what is sealed. */
export function sealingWith(key: Uint8Array): Sealing {
  if (key.length !== 32) throw new Error(`a sealing key has 32 bytes, this one has ${key.length}`)
  const name = hash('sha256', key, 'base64url').slice(0, 8)
  return {
    seal: (text, place) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return [format, name, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
    },
    open: (sealed, place) => {
      const [version, by, nonce = '', content = ''] = sealed.split('.')
      if (version !== format || by !== name) return undefined
      const bytes = Buffer.from(content, 'base64url')
      const tagAt = bytes.length - 16
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(tagAt))
        return Buffer.concat([decipher.update(bytes.subarray(0, tagAt)), decipher.final()]).toString('utf8')
      } catch {
        // Whoever changed it, or moved it, gets nothing out of it.
        return undefined
      }
    },
  }
}
