import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { postgresBackbone } from '../backbone/postgres/postgres.ts'
import { FlowNode, type Role } from '../flow/node.ts'
import { Projector } from '../flow/project.ts'
import { Replayer } from '../flow/replay.ts'
import { postingTimes } from '../flow/verdict.ts'
import { flowDefaults } from '../flow/workplace.ts'
import { GuardedClient } from '../transports/http/outbound.ts'
import { signWebhook } from '../transports/signature.ts'
import { postgresViews } from '../views/projector.ts'
import { type DataDirectory, openDataDirectory, writeRunning } from './data-directory.ts'
import { type Database, openDatabase } from './database.ts'
import { keepBallast } from './disk.ts'
import { firstKey } from './first-key.ts'
import { flowSignals } from './flow-signals.ts'
import { openFront } from './front.ts'
import { defineGauges, instruments } from './instruments.ts'
import { IntakeCounts } from './intake-counts.ts'
import { loadNetwork } from './network.ts'
import { systemClock, systemRandom } from './ports.ts'
import type { SupervisorEvent } from './postgres/embedded.ts'
import type { Settings } from './settings.ts'
import { Subscribers } from './subscribers.ts'
import { version } from './version.ts'

/** A running hub. */
export interface Hub {
  /** Where it answers; undefined without the role gateway. */
  readonly url: string | undefined
  readonly databaseUrl: string
  /** Drains, hands over and stops what was started, in the opposite order. */
  stop(): Promise<void>
}

export type HubEvent =
  | SupervisorEvent
  | { readonly event: 'database_ready'; readonly milliseconds: number; readonly migrations: number }
  | { readonly event: 'ballast_failed'; readonly detail: string }
  | { readonly event: 'first_key'; readonly key: string }
  | { readonly event: 'hub_ready'; readonly url: string; readonly connections: number; readonly milliseconds: number }

/** The composition root: everything that runs is made and wired here, and nowhere else. */
export async function startHub(settings: Settings, report: (event: HubEvent) => void): Promise<Hub> {
  const from = performance.now()
  const directory = openDataDirectory(settings.dataDirectory)
  try {
    const database = await openDatabase(settings, directory, report)
    report({
      event: 'database_ready',
      milliseconds: Math.round(performance.now() - from),
      migrations: database.migrated.length,
    })
    // Not awaited: it only keeps room for an emergency, and must not delay readiness.
    const ballast = keepBallast(directory.path, settings.ballastMegabytes, settings).catch((error: unknown) => {
      report({ event: 'ballast_failed', detail: error instanceof Error ? error.message : String(error) })
    })
    try {
      const running = await run({ settings, directory, database, report })
      report({
        event: 'hub_ready',
        url: running.url ?? '',
        connections: running.connections,
        milliseconds: Math.round(performance.now() - from),
      })
      const stop = async (): Promise<void> => {
        await running.stop()
        await ballast
        await database.stop()
        directory.release()
      }
      return { url: running.url, databaseUrl: database.url, stop }
    } catch (error) {
      await database.stop()
      throw error
    }
  } catch (error) {
    directory.release()
    throw error
  }
}

interface Parts {
  readonly settings: Settings
  readonly directory: DataDirectory
  readonly database: Database
  readonly report: (event: HubEvent) => void
}

async function run({
  settings,
  directory,
  database,
  report,
}: Parts): Promise<{ url: string | undefined; connections: number; stop: () => Promise<void> }> {
  const backbone = await postgresBackbone({ url: database.url, partitions: settings.partitions })
  const pool = new pg.Pool({
    connectionString: database.url,
    max: 4,
    query_timeout: 10_000,
    connectionTimeoutMillis: 5000,
  })
  const measured = instruments({ logLevel: settings.logLevel, version })
  pool.on('error', () => measured.signals.outcomeUnknown({ place: 'views' }))
  const network = loadNetwork(directory.path, settings.partitions)
  const subscribers = new Subscribers({
    backbone,
    partitions: settings.partitions,
    allowedCidrs: settings.allowedPrivateRanges,
    now: () => Date.now(),
    subjects: (tenant, references) => subjectsOf(pool, tenant, references),
  })
  await subscribers.refresh()
  const connections = () =>
    new Map([...network.connections, ...subscribers.list().map(({ id, connection }) => [id, connection] as const)])
  let known = connections()
  const counts = new IntakeCounts(backbone.stores.intake, () => Date.now())
  const outbound = new GuardedClient()
  const node = new FlowNode({
    roles: new Set<Role>(settings.roles as readonly Role[]),
    ports: {
      backbone,
      clock: systemClock,
      random: systemRandom,
      signals: flowSignals(measured.signals, counts, () => known),
      node: randomUUID(),
      settings: flowSettings(settings),
      connections: () => known,
      routes: () => network.routes,
      subscribers: subscribers.list,
      disable: (id, reason) => subscribers.disable(id, reason),
    },
    exchange: { outbound, signer: { sign: signWebhook }, clock: systemClock },
    times: postingTimes,
    hash: (body) => createHash('sha256').update(body).digest('hex'),
    spawn: (name, loop) => {
      loop().catch((error: unknown) =>
        measured.signals.loopFailed({
          loop: name,
          code: error instanceof Error ? error.message.slice(0, 200) : 'INTERNAL',
        }),
      )
    },
  })
  const refresh = async (): Promise<boolean> => {
    await subscribers.refresh()
    known = connections()
    return false
  }
  await node.start()
  defineGauges(measured.registry, backbone, node)
  const projector = new Projector(node.place, postgresViews(pool))
  const replayer = new Replayer(node.place, node.intake)
  node.run('views', () => projector.round(), 500)
  node.run('replays', () => replayer.round(), settings.pollMilliseconds)
  node.run('subscriptions', refresh, 5000)
  node.run('intake-counts', () => counts.flush(), 5000)
  const key = await firstKey(backbone.stores.keys, directory.path)
  if (key !== undefined) report({ event: 'first_key', key })
  let draining = false
  const front = settings.roles.includes('gateway')
    ? await openFront({
        settings,
        directory: directory.path,
        backbone,
        node,
        pool,
        connections: () => known,
        counts,
        instruments: measured,
        subscriptionsChanged: async () => {
          await refresh()
        },
        draining: () => draining,
        secret: database.url,
      })
    : undefined
  if (front !== undefined) {
    writeRunning(directory.path, { pid: process.pid, url: front.url })
    node.run('keys', front.keysUsed, 10_000)
  }
  measured.signals.hubStarted({ version })
  const stop = async (): Promise<void> => {
    draining = true
    await node.stop(settings.drainSeconds * 1000)
    await front?.app.close()
    await counts.flush()
    await outbound.close()
    await backbone.close()
    await pool.end()
    measured.signals.hubStopped({ version })
  }
  return { url: front?.url, connections: network.connections.size, stop }
}

function flowSettings(settings: Settings): typeof flowDefaults {
  const {
    batchMessages,
    batchBytes,
    queueMessages,
    queueBytes,
    leaseSeconds,
    waitingHours,
    statesMax,
    identifiersMax,
    inline,
  } = settings
  return {
    batchMessages,
    batchBytes,
    queueMessages,
    queueBytes,
    leaseSeconds,
    waitingHours,
    statesMax,
    identifiersMax,
    inline,
    pollMs: settings.pollMilliseconds,
  }
}

async function subjectsOf(pool: pg.Pool, tenant: string, references: readonly string[]): Promise<readonly string[]> {
  const found = await pool.query<{ subject: string }>(
    `SELECT DISTINCT subject FROM view_reference WHERE tenant = $1 AND scheme || ':' || value = ANY($2::text[])`,
    [tenant, references],
  )
  return found.rows.map(({ subject }) => subject)
}
