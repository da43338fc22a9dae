import { createHmac, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Pool } from 'pg'
import type { Backbone } from '../backbone/backbone.ts'
import { InterlineError } from '../base/errors.ts'
import { traceparentOf } from '../base/traceparent.ts'
import type { Connection } from '../flow/connection.ts'
import type { FlowNode } from '../flow/node.ts'
import type { Reconciler } from '../flow/reconcile.ts'
import type { StockComparer } from '../flow/stock-comparison.ts'
import { routes } from '../gateway/all.ts'
import { asyncapi } from '../gateway/asyncapi.ts'
import { cursorSigner } from '../gateway/cursor.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { openapi } from '../gateway/openapi.ts'
import { Passwords } from '../gateway/password.ts'
import { Keys } from '../gateway/principal.ts'
import { quotas } from '../gateway/quota.ts'
import type { Route } from '../gateway/route.ts'
import { createGateway } from '../gateway/server.ts'
import { ShipmentTexts } from '../gateway/shipment-texts.ts'
import type { Broadcast } from '../gateway/stream/broadcast.ts'
import { tellFollowers } from '../gateway/tracking/tell-followers.ts'
import { MasterData } from '../registry/master-data.ts'
import { MasterImport } from '../registry/master-import.ts'
import { People } from '../registry/people.ts'
import { Sessions } from '../registry/sessions.ts'
import { Welcomes } from '../registry/welcomes.ts'
import { inflateBeside } from '../transports/http/inflate.ts'
import { verifySignature } from '../transports/signature.ts'
import { documentRows } from '../views/documents.ts'
import { listingRows } from '../views/listings.ts'
import { notificationRows } from '../views/notifications.ts'
import { overview } from '../views/overview.ts'
import { postingRows } from '../views/postings.ts'
import { processRows } from '../views/processes.ts'
import { findReferences } from '../views/reference.ts'
import { shipmentRows } from '../views/shipments.ts'
import { stockRows } from '../views/stock.ts'
import { comparisonRows } from '../views/stock-comparisons.ts'
import { taskRows } from '../views/tasks.ts'
import { transmissionRows } from '../views/transmissions.ts'
import { traceIds } from '../watch/traces.ts'
import { openBroadcast } from './broadcast.ts'
import { diskRoom } from './disk.ts'
import { openDocumentation } from './documentation.ts'
import type { Instruments } from './instruments.ts'
import type { IntakeCounts } from './intake-counts.ts'
import { openPages } from './pages.ts'
import type { Settings } from './settings.ts'
import { type Brands, trackingDesk } from './tracking-desk.ts'
import { retentionAt } from './upkeep.ts'
import { version } from './version.ts'
import { welcomeSeconds } from './welcome.ts'

export interface FrontOptions {
  readonly settings: Settings
  readonly directory: string
  readonly backbone: Backbone
  readonly node: FlowNode
  readonly intake: Gateway['intake']
  readonly examine: Gateway['examine']
  readonly pickUps: Gateway['pickUps']
  readonly reconciler: Reconciler
  readonly stockComparer: StockComparer
  readonly network: Gateway['network']
  readonly notificationDesk: Gateway['notificationDesk']
  readonly brands: Brands
  readonly pool: Pool
  readonly connections: () => ReadonlyMap<string, Connection>
  readonly counts: IntakeCounts
  readonly instruments: Instruments
  /** Traces go to a collector. */
  readonly traced: boolean
  readonly subscriptionsChanged: () => Promise<void>
  readonly draining: () => boolean
  /** Secret that signs page cursors; the same on all instances. */
  readonly secret: string
}

/** The HTTP side, listening. */
export interface Front {
  readonly url: string
  readonly keysUsed: () => Promise<boolean>
  /** Tells those who follow shipments; true where more may be due. */
  readonly tellFollowers: () => Promise<boolean>
  readonly close: () => Promise<void>
}

/** Opens the main port, and one for operations where the settings name it. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const { host, port, operationsPort } = options.settings
  const used = new Set<string>()
  const broadcast = openBroadcast(options)
  const gateway = gatewayOf(options, used, broadcast)
  const forOperations = (route: Route): boolean => route.tag === 'health'
  const apart = operationsPort !== 0
  const main = createGateway(gateway, apart ? routes.filter((route) => !forOperations(route)) : routes)
  const operations = apart ? createGateway(gateway, routes.filter(forOperations)) : undefined
  await main.listen({ host, port })
  await operations?.listen({ host, port: operationsPort })
  const bound = main.server.address() as AddressInfo
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  const keysUsed = async (): Promise<boolean> => {
    const ids = [...used]
    used.clear()
    if (ids.length > 0) await options.backbone.stores.keys.touch(ids)
    return false
  }
  const close = async (): Promise<void> => {
    broadcast.close()
    await main.close()
    await operations?.close()
  }
  return { url: `http://${name}:${bound.port}`, keysUsed, tellFollowers: () => tellFollowers(gateway), close }
}

function gatewayOf(options: FrontOptions, used: Set<string>, broadcast: Broadcast): Gateway {
  const { settings, backbone, node, pool, connections, counts, instruments } = options
  const now = (): number => Date.now()
  const publicUrl = settings.publicUrl === '' ? `http://${settings.host}:${settings.port}` : settings.publicUrl
  return {
    backbone,
    node,
    intake: options.intake,
    connections,
    keys: new Keys({ find: (hash) => backbone.stores.keys.byHash(hash), used: (id) => used.add(id) }),
    entrance: entrance(pool, settings),
    pages: openPages(),
    documentation: openDocumentation(),
    quotas: quotas({
      store: backbone.stores.budgets,
      perSecond: settings.clientRequestsPerSecond,
      burst: settings.clientRequestsPerSecond * 2,
      now,
      failed: () => instruments.signals.loopFailed({ loop: 'quota', code: 'BUDGET_STORE' }),
    }),
    traces: { next: traceIds((count) => randomBytes(count)), parent: options.traced ? traceparentOf : undefined },
    broadcast,
    signals: instruments.signals,
    ...lists(pool, now),
    tracking: trackingDesk(pool, options.brands),
    masterData: masterDesk(pool),
    retention: async () => ({
      keepDays: {
        messages: settings.retentionDays,
        facts: settings.factRetentionDays,
        effects: settings.effectRetentionDays,
        replays: settings.replayRetentionDays,
      },
      retired: await backbone.retire(retentionAt(settings, now(), true)),
    }),
    reconciler: options.reconciler,
    stockComparer: options.stockComparer,
    pickUps: options.pickUps,
    network: options.network,
    notificationDesk: options.notificationDesk,
    cursors: cursorSigner(createHmac('sha256', options.secret).update('cursor').digest()),
    verify: (verification, input) => verifySignature(verification, input),
    examine: options.examine,
    inflate: inflateBeside,
    refused: (connection, error) => {
      const code = error instanceof InterlineError ? error.code : 'INTERNAL'
      instruments.signals.messageRefused({ connection: connection ?? 'none', code })
      if (connection !== undefined)
        counts.add({ tenant: connections().get(connection)?.tenant ?? '', connection, outcome: 'refused', count: 1 })
      if (code === 'INTERNAL')
        instruments.signals.loopFailed({
          loop: 'gateway',
          code: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'INTERNAL',
        })
    },
    allowedOrigins: settings.allowedOrigins,
    now,
    publicUrl: settings.publicUrl.replace(/\/+$/, ''),
    randomBytes: (count) => randomBytes(count),
    subscriptionsChanged: options.subscriptionsChanged,
    health: { started: () => true, ready: () => readiness(options) },
    metrics: () => instruments.registry.metrics(),
    documents: {
      openapi: () => openapi(routes, { version, url: publicUrl }),
      asyncapi: () => asyncapi({ version }),
    },
  }
}

function entrance(pool: Pool, settings: Settings): Gateway['entrance'] {
  return {
    people: new People(pool),
    sessions: new Sessions(pool),
    welcomes: new Welcomes(pool),
    passwords: new Passwords(),
    idleSeconds: settings.sessionIdleSeconds,
    sessionSeconds: settings.sessionSeconds,
    welcomeSeconds,
  }
}

/** What is read of the lists that people search. */
function lists(pool: Pool, now: () => number) {
  return {
    references: { find: (input: Parameters<typeof findReferences>[1]) => findReferences(pool, input) },
    shipments: shipmentRows(pool),
    shipmentTexts: new ShipmentTexts(),
    stock: stockRows(pool),
    businessDocuments: documentRows(pool),
    postings: postingRows(pool),
    transmissions: transmissionRows(pool),
    tasks: taskRows(pool),
    processes: processRows(pool),
    overview: overview(pool, now),
    stockComparisons: comparisonRows(pool),
    listings: listingRows(pool),
    notifications: notificationRows(pool),
  }
}

function masterDesk(pool: Pool): Gateway['masterData'] {
  const data = new MasterData(pool)
  const bulk = new MasterImport(data)
  return {
    get: (tenant, kind, key) => data.get(tenant, kind, key),
    list: (filter) => data.list(filter),
    versions: (tenant, kind, key) => data.versions(tenant, kind, key),
    write: (write) => data.write(write),
    import: (write) => bulk.run(write),
  }
}

async function readiness(options: FrontOptions): Promise<readonly { check: string; ok: boolean; detail: string }[]> {
  const from = performance.now()
  const database = await options.backbone.heads().then(
    () => ({ ok: true, detail: `answered in ${Math.round(performance.now() - from)} ms` }),
    () => ({ ok: false, detail: 'does not answer' }),
  )
  const room = await diskRoom(options.directory, options.settings)
  return [
    { check: 'database', ...database },
    { check: 'disk', ok: !room.low, detail: `${room.freePercent} % free` },
    { check: 'draining', ok: !options.draining(), detail: options.draining() ? 'the hub is stopping' : 'no' },
  ]
}
