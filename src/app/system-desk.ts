import type { Pool } from 'pg'
import type { Backbone } from '../backbone/backbone.ts'
import { migrationsTable } from '../backbone/postgres/migrate.ts'
import type { DatabaseStory, PartitionStanding, SystemDesk } from '../gateway/desks/system-desk.ts'
import type { Instances } from '../registry/hub-instances.ts'
import type { Settings } from './settings/settings.ts'
import { shownSettings } from './settings/shown-settings.ts'
import { version } from './version.ts'

/** What the desk of the system is made of. */
export interface SystemDeskOptions {
  /** Connections that see everything. */
  readonly pool: Pool
  readonly backbone: Backbone
  readonly settings: Settings
  readonly instances: Pick<Instances, 'seen'>
}

/** The hub as whoever runs it has to know it. */
export function openSystemDesk({ pool, backbone, settings, instances }: SystemDeskOptions): SystemDesk {
  return {
    version,
    instances: () => instances.seen(),
    database: () => databaseStory(pool),
    partitions: () => partitions(pool, backbone),
    settings: () => shownSettings(settings),
  }
}

async function databaseStory(pool: Pool): Promise<DatabaseStory> {
  const [about, tables] = await Promise.all([
    pool.query<Omit<DatabaseStory, 'tables'>>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes,
              (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
              current_setting('max_connections')::int AS "connectionsMost",
              (SELECT count(*)::int FROM ${migrationsTable}) AS migrations, (SELECT name FROM ${migrationsTable} ORDER BY id DESC LIMIT 1) AS migration`,
    ),
    pool.query<DatabaseStory['tables'][number]>(
      // Partitions count for the table that they are of.
      `SELECT coalesce(i.inhparent, c.oid)::regclass::text AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
        WHERE c.relkind = 'r' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`,
    ),
  ])
  const [row] = about.rows
  if (row === undefined) throw new Error('the database says nothing of itself')
  return { ...row, tables: tables.rows }
}

async function partitions(pool: Pool, backbone: Backbone): Promise<readonly PartitionStanding[]> {
  const [heads, { rows }] = await Promise.all([
    backbone.heads(),
    pool.query<{ stage: 'translate' | 'advance'; partition: number; instance: string; epoch: number; off: number }>(
      `SELECT consumer AS stage, part::int AS partition, CASE WHEN until > now() THEN owner ELSE '' END AS instance, epoch::float8 AS epoch, off::float8 AS off
         FROM owner WHERE consumer IN ('translate', 'advance') ORDER BY consumer DESC, part`,
    ),
  ])
  return rows.map(({ stage, partition, instance, epoch, off }) => {
    const head = (stage === 'translate' ? heads.inbox : heads.facts)[partition] ?? -1
    return { stage, partition, instance, epoch, waiting: Math.max(0, head - off) }
  })
}
