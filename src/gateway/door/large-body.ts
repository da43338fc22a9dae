import type { SignatureScheme } from '../../base/signature-scheme.ts'

/** A body that is too large to be unpacked and proven on the main thread, in one go, for a sender who may be nobody. */
export interface LargeBody {
  readonly blocks: readonly SharedArrayBuffer[]
  /** How much of the blocks is the body; the rest is anything. */
  readonly bytes: number
  /** It is gzip. */
  readonly packed: boolean
  /** Most bytes of it when it is unpacked. */
  readonly bytesMax: number
  /** How it is proven. */
  readonly verification: SignatureScheme
  readonly headers: Readonly<Record<string, string>>
  /** With the question mark; empty without a query. */
  readonly query: string
  readonly nowSeconds: number
}

/**
 * Unpacks and checks large bodies beside the main thread. Resolves with the bytes that were sent, unpacked. Throws BODY_TOO_LARGE,
 * BODY_MALFORMED, SIGNATURE_INVALID, and HUB_BUSY where the work was lost. A key is not looked at here: who sends one is asked for it
 * where keys are known.
 */
export type Examine = (body: LargeBody) => Promise<Uint8Array>
