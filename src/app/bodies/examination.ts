import { InterlineError } from '../../base/errors.ts'
import type { WrittenError } from '../../flow/translate/written-error.ts'
import { joined } from '../../gateway/door/blocks.ts'
import type { LargeBody } from '../../gateway/door/large-body.ts'
import { inflate } from '../../transports/http/inflate.ts'
import { verifySignature } from '../../transports/signature.ts'

/** What the thread says of a body: nothing but `id` where it is fine as it came. */
export interface Examined {
  readonly id: number
  readonly unpacked?: Uint8Array<ArrayBuffer>
  readonly refused?: WrittenError
  readonly failed?: string
}

/** The unpacked bytes; undefined where they are what was sent. Throws BODY_TOO_LARGE, BODY_MALFORMED, SIGNATURE_INVALID. */
export function examined(large: LargeBody): Uint8Array | undefined {
  const { packed, bytesMax, verification, headers, query, nowSeconds } = large
  const needsBody = verification.scheme === 'hmac' || verification.scheme === 'standard-webhooks'
  const body = packed ? inflate(joined(large), bytesMax) : needsBody ? joined(large) : new Uint8Array()
  if (verification.scheme !== 'api-key') {
    const signed = { headers, query: new URLSearchParams(query), body, nowSeconds }
    const verdict = verifySignature(verification, signed)
    if (verdict !== 'ok') throw new InterlineError('SIGNATURE_INVALID', { problem: verdict })
  }
  return packed ? body : undefined
}
