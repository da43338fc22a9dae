import type { Ber } from './cms/ber.ts'
import type { Decipher } from './cms/enveloped-data.ts'
import type { EntityOf } from './mime/entity.ts'

/** A CMS structure and the string of octets that it carries; that is absent where a signature is detached. */
export interface CmsOf<O> {
  readonly type: string
  readonly value: Ber
  readonly octets: O | undefined
}

/**
 * What is done with bytes while a message is opened, wherever they are: `B` in memory or on disk, `O` the octets that a CMS structure
 * carries there. Both ways say the same of the same message; a test holds them together.
 */
export interface Handling<B, O extends { readonly length: number }> {
  /** Throws when what stands before the empty line is no header. */
  entity(whole: B): Promise<EntityOf<B>>
  /** The content behind a Content-Transfer-Encoding. */
  decode(content: B, encoding: string | undefined): Promise<B>
  parts(content: B, boundary: string): Promise<readonly B[]>
  cms(content: B): Promise<CmsOf<O>>
  /** Rejects with what the cipher throws. */
  decrypt(octets: O, cipher: Decipher): Promise<B>
  /** Throws `decompression-failed`, also when it unpacks to more. */
  inflate(octets: O, most: number): Promise<B>
  /** The octets as bytes of their own. */
  plain(octets: O): Promise<B>
  /** Every line ended by CRLF; undefined where every one is so already. */
  canonical(bytes: B): Promise<B | undefined>
  /** Hands all bytes over, in order. */
  feed(bytes: B, take: (piece: Uint8Array) => void): Promise<void>
}
