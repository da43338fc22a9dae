import type { Identity } from './certificate.ts'
import { digestNamed } from './cms/digests.ts'
import type { Unwrapping } from './unwrap.ts'

/** How the receiver opens what the sender wraps: unsigned messages too, nothing that is only for old partners, up to a million bytes. */
export function unwrappingOf(
  { sender, receiver }: { readonly sender: Identity; readonly receiver: Identity },
  more: Partial<Unwrapping> = {},
): Unwrapping {
  return {
    own: [receiver],
    trusted: [sender.certificate],
    allowLegacy: false,
    bytesMost: 1_000_000,
    signatureNeeded: false,
    digest: () => digestNamed('sha256'),
    ...more,
  }
}
