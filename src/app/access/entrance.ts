import type { Pool } from 'pg'
import { Passwords } from '../../gateway/access/password.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { Issuers } from '../../gateway/oidc/issuers.ts'
import { Assertions } from '../../registry/assertions.ts'
import { People } from '../../registry/people.ts'
import { SecondFactors } from '../../registry/second-factors.ts'
import { Sessions } from '../../registry/sessions.ts'
import { Welcomes } from '../../registry/welcomes.ts'
import type { GuardedClient } from '../../transports/http/outbound.ts'
import type { Settings } from '../settings/settings.ts'
import { welcomeSeconds } from '../start/welcome.ts'
import { issuerFetch } from './issuer-fetch.ts'
import type { Vault } from './vault.ts'

/** What the entrance of a hub is built of. */
export interface EntranceOptions {
  readonly settings: Settings
  readonly pool: Pool
  readonly vault: Vault
  readonly outbound: Pick<GuardedClient, 'send'>
  readonly providers: Gateway['entrance']['providers']
}

/** How people come in: with a password and a second factor, or from an identity provider. */
export function openEntrance({ pool, settings, outbound, providers, vault }: EntranceOptions): Gateway['entrance'] {
  return {
    providers,
    issuers: new Issuers({ fetch: issuerFetch(outbound, settings), now: () => Date.now() }),
    once: new Assertions(pool),
    people: new People(pool),
    sessions: new Sessions(pool),
    welcomes: new Welcomes(pool),
    passwords: new Passwords(),
    secondFactors: new SecondFactors(pool, vault.keys),
    secondFactorRoles: settings.secondFactorRoles,
    idleSeconds: settings.sessionIdleSeconds,
    sessionSeconds: settings.sessionSeconds,
    welcomeSeconds,
  }
}
