import { choice, secret } from '../../base/fields.ts'
import type { SignatureScheme } from '../../base/signature-scheme.ts'

/** Settings of a system without a signature of its own: it has a key of the hub, or signs as the hub describes. */
export const proofOfSender = {
  signature: choice('How the system proves its own messages.', ['api-key', 'hmac'], { default: 'api-key' }),
  webhookSecret: secret('Secret of the signature header x-signature, when signature is hmac.', { default: '' }),
}

/** What those settings say: `x-signature: sha256=` and the HMAC of the body in hex, or a key. */
export function provenBy({
  signature,
  webhookSecret,
}: {
  readonly signature: 'api-key' | 'hmac'
  readonly webhookSecret: string
}): SignatureScheme {
  if (signature === 'api-key') return { scheme: 'api-key' }
  return {
    scheme: 'hmac',
    algorithm: 'sha256',
    header: 'x-signature',
    encoding: 'hex',
    prefix: 'sha256=',
    secret: webhookSecret,
  }
}
