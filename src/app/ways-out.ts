import type { Pool } from 'pg'
import { GuardedClient } from '../transports/http/outbound.ts'
import type { Signals } from '../watch/signals.ts'
import { ownAddresses } from './access/own-addresses.ts'
import { ServerCertificate } from './access/server-certificate.ts'
import { As2Exchange, type As2ExchangeOptions } from './as2/as2-exchange.ts'
import { DropOutbound } from './files/drop-outbound.ts'
import { SmtpOutbound } from './mail/smtp-outbound.ts'
import type { Network } from './network/network.ts'
import { systemClock } from './ports.ts'
import type { Settings } from './settings/settings.ts'
import { version } from './version.ts'

/** What the ways out of a hub are built of. */
export interface WaysOutOptions {
  readonly settings: Settings
  /** Where the database is: nothing is ever sent there. */
  readonly databaseUrl: string
  /** The data directory. */
  readonly directory: string
  readonly pool: Pool
  readonly signals: Signals
  readonly network: Network
  readonly largeFiles: As2ExchangeOptions['largeFiles']
}

/** How anything leaves the hub: one guarded client, and mail, folders and AS2 in front of it, each of which takes what is its own. */
export class WaysOut {
  readonly isOwn: (address: string, port: number) => boolean
  readonly http: GuardedClient
  readonly as2: As2Exchange
  readonly #drops: DropOutbound

  constructor({ settings, databaseUrl, directory, pool, signals, network, largeFiles }: WaysOutOptions) {
    this.isOwn = ownAddresses(settings, databaseUrl)
    this.http = new GuardedClient({ isOwn: this.isOwn })
    this.#drops = new DropOutbound({
      others: new SmtpOutbound({ others: this.http, isOwn: this.isOwn, clock: systemClock }),
      drops: network.drops,
      isOwn: this.isOwn,
      directory,
      mono: () => systemClock.mono(),
    })
    this.as2 = new As2Exchange({
      partners: network.as2Partners,
      documentBytesMost: settings.as2Megabytes * 1_048_576,
      largeFiles,
      disk: { directory, watermark: settings },
      pool,
      signals,
      outbound: this.#drops,
      isOwn: this.isOwn,
      version,
      ...(settings.as2Certificate === '' ? {} : { certificate: new ServerCertificate(settings.as2Certificate) }),
    })
  }

  /** From now on with the drops and partners of this network. */
  async update(network: Network): Promise<void> {
    this.#drops.update(network.drops)
    await this.as2.update(network.as2Partners)
  }

  /** When nothing is sent any more; the door of AS2 closes earlier, by itself. */
  async close(): Promise<void> {
    this.as2.hangUp()
    await this.#drops.close()
    await this.http.close()
  }
}
