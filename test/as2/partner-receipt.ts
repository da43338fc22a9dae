import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import type { Disposition } from '../../src/transports/as2/disposition.ts'
import type { MadeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { As2Answer } from '../../src/transports/as2/listener.ts'
import type { Mic } from '../../src/transports/as2/mic.ts'
import { sealReceipt } from '../../src/transports/as2/receipt.ts'
import type { As2Request } from '../../src/transports/as2/request.ts'

/** The answer of the partner ACME to a message of HUB: a receipt by our own implementation, unsigned without a signer. */
export function receipt(
  request: As2Request,
  said: { mic?: Mic; disposition?: Disposition; signer?: MadeIdentity | undefined; id?: string },
): As2Answer {
  const { signer, mic, disposition = { kind: 'processed' }, id = request.messageId } = said
  const sealed = sealReceipt(
    {
      from: 'ACME',
      to: 'HUB',
      originalMessageId: id,
      originalRecipient: 'ACME',
      disposition,
      spelling: 'old',
      text: 'x',
      ...(mic === undefined ? {} : { mic }),
    },
    {
      messageId: '<r@acme>',
      at: 0,
      product: 'test',
      ...(signer === undefined
        ? {}
        : { sign: { signer, digest: digestNamed('sha256'), form: 'detached', spelling: 'old', at: 0 } }),
    },
  )
  return { status: 200, ...sealed }
}
