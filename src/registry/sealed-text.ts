import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A key with the name that stands in what it has sealed. */
export interface NamedKey {
  readonly name: string
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

/** What a text begins with that was sealed by a data key; `v1` was sealed by the one key of earlier releases. */
export const sealedFormat = 'v2'
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM. `place` says what it is of: moved to another place, it does not open. */
export function sealText(key: NamedKey, text: string, place: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [sealedFormat, key.name, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/** Undefined when it was sealed with another key, for another place, or was changed. */
export function openText(key: NamedKey, sealed: string, place: string): string | undefined {
  const [, name, nonce = '', content = ''] = sealed.split('.')
  if (name !== key.name) return undefined
  const bytes = Buffer.from(content, 'base64url')
  const tagAt = bytes.length - tagBytes
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64url'), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(tagAt))
    return Buffer.concat([decipher.update(bytes.subarray(0, tagAt)), decipher.final()]).toString('utf8')
  } catch {
    // Whoever changed it, or moved it, gets nothing out of it.
    return undefined
  }
}

/** Name of the key that sealed a text; undefined for a text that is not sealed. */
export function keyNameOf(text: string): string | undefined {
  return /^v[12]\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.exec(text)?.[1]
}
