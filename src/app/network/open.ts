import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { NetworkRegistry } from '../../registry/network.ts'
import { PartnerCertificates } from '../../registry/partner-certificates.ts'
import type { Queryable } from '../../registry/queryable.ts'
import type { Signals } from '../../watch/signals.ts'
import type { Settings } from '../settings/settings.ts'
import { LiveNetwork } from './live-network.ts'
import { Secrets } from './secrets.ts'

/** Opens the network of a hub: what its folders declare, and what was applied before. Throws NETWORK_INVALID, NETWORK_MOVED. */
export async function openNetwork(options: {
  readonly settings: Settings
  readonly pool: Pick<Pool, 'query'>
  /** The data directory. */
  readonly directory: string
  readonly signals: Signals
}): Promise<LiveNetwork> {
  const { settings, pool, directory, signals } = options
  const { partitions, claimSeconds, networkDirectory } = settings
  const old = join(directory, 'network.json')
  if (existsSync(old)) throw new InterlineError('NETWORK_MOVED', { path: old })
  const database: Queryable = { query: async (text, values) => pool.query(text, [...values]) }
  const live = new LiveNetwork({
    registry: new NetworkRegistry(database),
    certificates: new PartnerCertificates(database),
    secrets: new Secrets(secretsDirectoryOf(settings, directory)),
    partitions,
    claimSeconds,
    signals,
    now: () => Date.now(),
  })
  await live.start([
    { source: 'network', path: networkDirectory === '' ? join(directory, 'network') : networkDirectory },
    { source: 'simulated', path: join(directory, 'simulated') },
  ])
  return live
}

/** Where secrets lie that manifests refer to as files. */
export function secretsDirectoryOf(
  { secretsDirectory }: Pick<Settings, 'secretsDirectory'>,
  directory: string,
): string {
  return secretsDirectory === '' ? join(directory, 'secrets') : secretsDirectory
}
