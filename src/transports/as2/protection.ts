import type { Certificate, Identity } from './certificate.ts'
import type { Cipher } from './cms/ciphers.ts'
import type { Digest } from './cms/digests.ts'
import type { KeyTransport } from './cms/key-transport.ts'

/** How a document is wrapped on its way out. */
export interface Protection {
  readonly compress: 'no' | 'before-signing' | 'after-signing'
  readonly sign?: {
    readonly signer: Identity
    readonly digest: Digest
    readonly form: 'detached' | 'opaque'
    readonly spelling: 'new' | 'old'
    /** Milliseconds since 1970. */
    readonly at: number
  }
  readonly encrypt?: {
    readonly recipients: readonly Certificate[]
    readonly cipher: Cipher
    readonly keyTransport: KeyTransport
  }
  /** For the MIC when nothing is signed. */
  readonly digest: Digest
}
