import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { AccessTokens } from '../../gateway/oauth/access-tokens.ts'
import { AuthorizationServer } from '../../gateway/oauth/authorization-server.ts'
import { ClientDirectory } from '../../gateway/oauth/client-directory.ts'
import { KeyRing } from '../../gateway/oauth/key-ring.ts'
import type { OAuth } from '../../gateway/oauth/oauth.ts'
import { ownIssuer } from '../../gateway/oauth/own-issuer.ts'
import type { Peers } from '../../gateway/oauth/peer.ts'
import { Assertions } from '../../registry/assertions.ts'
import { Clients } from '../../registry/clients.ts'
import type { Sealing } from '../../registry/sealing.ts'
import { SigningKeys } from '../../registry/signing-keys.ts'
import type { GuardedClient } from '../../transports/http/outbound.ts'
import type { Settings } from '../settings/settings.ts'
import { externalIssuer } from './external-issuer.ts'

/** What tokens need of the rest of the hub. */
export interface OAuthOptions {
  readonly settings: Settings
  readonly pool: Pool
  readonly sealing: Sealing
  readonly peers: Peers
  readonly address: () => string
  readonly tlsAddress: () => string | undefined
  readonly outbound: Pick<GuardedClient, 'send'>
  readonly failed: (error: unknown) => void
}

/** Tokens of clients: who gives them, who proves them, and who used them lately. */
export interface OpenedOAuth {
  readonly oauth: OAuth
  readonly tokens: AccessTokens
  /** Writes down when clients were used last. */
  readonly flush: () => Promise<void>
}

/** Wires everything that gives and proves tokens; nothing of it is loaded before somebody asks for one. */
export function openOAuth({ settings, pool, sealing, peers, ...rest }: OAuthOptions): OpenedOAuth {
  const now = (): number => Date.now()
  const random = (count: number): Uint8Array => randomBytes(count)
  const clients = new Clients(pool)
  const used = new Set<string>()
  const directory = new ClientDirectory(clients, (id) => used.add(id))
  const ring = new KeyRing({ keys: new SigningKeys(pool), sealing, now, randomBytes: random })
  const server = new AuthorizationServer({
    clients: directory,
    assertions: new Assertions(pool),
    ring,
    peers,
    address: rest.address,
    tokenSeconds: settings.tokenSeconds,
    now,
    randomBytes: random,
    failed: rest.failed,
  })
  const external = externalIssuer(settings, rest.outbound, rest.address)
  const flush = async (): Promise<void> => {
    const ids = [...used]
    used.clear()
    if (ids.length > 0) await clients.touch(ids)
  }
  return {
    oauth: { server, clients, ring, address: rest.address, tlsAddress: rest.tlsAddress },
    tokens: new AccessTokens([ownIssuer(ring, rest.address), ...(external === undefined ? [] : [external])], directory),
    flush,
  }
}
