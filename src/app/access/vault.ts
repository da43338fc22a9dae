import type { Pool } from 'pg'
import type { Backbone } from '../../backbone/backbone.ts'
import { DataKeys } from '../../registry/data-keys.ts'
import type { Queryable } from '../../registry/queryable.ts'
import type { Signals } from '../../watch/signals.ts'
import { systemEnvironment, variableOf } from '../environment.ts'
import type { Settings } from '../settings/settings.ts'
import { MasterKeySource, olderSealing } from './master-key.ts'
import { SecretKeeper } from './secret-keeper.ts'

/** The keys of a hub, and who looks after them. */
export interface Vault {
  readonly keys: DataKeys
  readonly keeper: SecretKeeper
}

/** Where a vault is, and how it is asked. */
export interface VaultOptions {
  readonly settings: Pick<Settings, 'masterKey' | 'sealKey'>
  readonly pool: Pick<Pool, 'query'>
  readonly directory: string
  readonly backbone: Pick<Backbone, 'stores'>
  readonly instance: string
  readonly signals: Pick<Signals, 'secretsSealed' | 'loopFailed'>
}

const masterKeyFile = `${variableOf('masterKey')}_FILE`
/** Keys are changed seldom. */
export const secretsMilliseconds = 2000

/**
 * Opens every data key, so that a hub with the wrong master key does not start at all. What an older master key of the settings or the
 * file has sealed is sealed by the first one from here on. Throws MASTER_KEY_MISSING, MASTER_KEY_UNFIT, MASTER_KEY_UNUSABLE.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { settings, pool, directory, backbone, instance: node, signals } = options
  const now = (): number => Date.now()
  const database: Queryable = { query: async (text, values) => pool.query(text, [...values]) }
  const source = new MasterKeySource(settings.masterKey, directory, systemEnvironment()[masterKeyFile])
  const masters = await source.open(database)
  const keys = new DataKeys(database, {
    masters,
    mastersNow: () => source.now(),
    older: olderSealing(settings.sealKey, directory),
    now,
  })
  await keys.prove()
  await keys.rewrap(masters)
  if (source.isOwn) source.trim()
  const keeper = new SecretKeeper({
    database,
    keys,
    source,
    jobs: backbone.stores.jobs,
    node,
    now,
    sealed: (count) => signals.secretsSealed({ count }),
    unreadable: () => signals.loopFailed({ loop: 'secrets', code: 'SECRET_UNREADABLE' }),
  })
  return { keys, keeper }
}
