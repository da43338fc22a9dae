import type { Clients } from '../../registry/clients.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import type { KeyRing } from './key-ring.ts'

/** Everything about tokens that routes need. */
export interface OAuth {
  readonly server: Pick<AuthorizationServer, 'serve'>
  readonly clients: Clients
  readonly ring: Pick<KeyRing, 'published'>
  /** Where others reach the hub: issuer and audience of every token. */
  readonly address: () => string
  /** Where clients that show a certificate come to; undefined without a TLS port of our own. */
  readonly tlsAddress: () => string | undefined
}
