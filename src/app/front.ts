import { createHmac, randomBytes } from 'node:crypto'
import { Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Pool } from 'pg'
import type { Backbone } from '../backbone/backbone.ts'
import { tenantBackbone } from '../backbone/postgres/tenant-backbone.ts'
import type { TenantPool } from '../backbone/postgres/tenant-pool.ts'
import { InterlineError } from '../base/errors.ts'
import { failureCode } from '../base/failure-code.ts'
import { traceparentOf } from '../base/traceparent.ts'
import type { Connection } from '../flow/connection.ts'
import type { Reconciler } from '../flow/dispatch/reconcile.ts'
import { registerWebhook } from '../flow/intake/webhook-registration.ts'
import type { FlowNode } from '../flow/node.ts'
import type { StockComparer } from '../flow/stock/stock-comparison.ts'
import { Keys } from '../gateway/access/principal.ts'
import { quotas } from '../gateway/access/quota.ts'
import { within } from '../gateway/access/within.ts'
import { routes } from '../gateway/all.ts'
import { asyncapi } from '../gateway/contract/asyncapi.ts'
import { openapi } from '../gateway/contract/openapi.ts'
import { cursorSigner } from '../gateway/cursor.ts'
import { ConnectionRoom } from '../gateway/door/connection-room.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { Peers } from '../gateway/oauth/peer.ts'
import type { Route } from '../gateway/route.ts'
import { createGateway } from '../gateway/server.ts'
import { ShipmentTexts } from '../gateway/shown/shipment-texts.ts'
import type { Broadcast } from '../gateway/stream/broadcast.ts'
import { tellFollowers } from '../gateway/tracking/tell-followers.ts'
import { AuditLog } from '../registry/audit.ts'
import { Clients } from '../registry/clients.ts'
import { MasterData } from '../registry/master-data.ts'
import { MasterImport } from '../registry/master-import.ts'
import { PartnerCertificates } from '../registry/partner-certificates.ts'
import { People } from '../registry/people.ts'
import { SavedViews } from '../registry/saved-views.ts'
import { Trials } from '../registry/trials.ts'
import { inflateBeside } from '../transports/http/inflate.ts'
import type { GuardedClient } from '../transports/http/outbound.ts'
import { verifySignature } from '../transports/signature.ts'
import { traceIds } from '../watch/traces.ts'
import { openEntrance } from './access/entrance.ts'
import { type OpenedOAuth, openOAuth } from './access/oauth.ts'
import { TlsDoor } from './access/tls-door.ts'
import { trustedProxies } from './access/trusted-proxies.ts'
import type { Vault } from './access/vault.ts'
import { openBroadcast } from './broadcast.ts'
import type { HubContracts } from './contracts/desk.ts'
import { openDocumentation } from './documentation.ts'
import { viewSegments } from './edi/segment-view.ts'
import { sendExample } from './example-delivery.ts'
import type { FlowWatch } from './flow/flow-watch.ts'
import { openLists } from './lists.ts'
import { openPages } from './pages.ts'
import { partnersIn } from './partner/partners-in.ts'
import { QuotasInForce } from './quotas-in-force.ts'
import type { Settings } from './settings/settings.ts'
import { openConnectionRoom } from './start/connection-room.ts'
import { diskRoom } from './start/disk.ts'
import { boundName, httpDoors, opened } from './start/door.ts'
import { retentionAt } from './start/upkeep.ts'
import { openSystemDesk } from './system-desk.ts'
import { type Brands, trackingDesk } from './tracking-desk.ts'
import { version } from './version.ts'
import type { OpenAlertDesk } from './watching/alerting.ts'
import type { Instruments } from './watching/instruments.ts'
import type { IntakeCounts } from './watching/intake-counts.ts'
import type { OpenSlaDesk } from './watching/service-levels.ts'
import type { OpenCheckDesk, OpenExceptionDesk } from './watching/watching.ts'

/** Everything that the gateway answers from, opened already. */
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
  readonly providers: Gateway['entrance']['providers']
  readonly checkDesk: OpenCheckDesk
  readonly exceptionDesk: OpenExceptionDesk
  readonly slaDesk: OpenSlaDesk
  readonly vault: Vault
  readonly contracts: HubContracts
  readonly alertDesk: OpenAlertDesk
  readonly flowWatch: FlowWatch
  /** Who people are, within a tenant where one is named. */
  readonly privacy: (tenant?: string) => Gateway['privacy']
  readonly pool: Pool
  /** The one client for everything that leaves. */
  readonly outbound: Pick<GuardedClient, 'send'>
  /** Connections that see one tenant at a time. */
  readonly tenants: TenantPool
  readonly connections: () => ReadonlyMap<string, Connection>
  readonly counts: IntakeCounts
  readonly instruments: Instruments
  /** Traces go to a collector. */
  readonly traced: boolean
  readonly subscriptionsChanged: () => Promise<unknown>
  readonly draining: () => boolean
  /** Only of tests. */
  readonly firstWall?: Gateway['firstWall']
  /** Secret that signs page cursors; the same on all instances. */
  readonly secret: string
}

/** The HTTP side, listening. */
export interface Front {
  readonly url: string
  /** Writes down when keys and clients were used last; hears of other quotas; shows a certificate that was replaced. */
  readonly round: () => Promise<boolean>
  /** Tells those who follow shipments; true where more may be due. */
  readonly tellFollowers: () => Promise<boolean>
  readonly close: () => Promise<void>
}

/** Opens the main port, one for operations where the settings name it, and one for TLS where they name a certificate. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const { host, port, operationsPort, tlsPort, publicUrl } = options.settings
  const bound: { main?: string; tls?: string } = {}
  const peers = new Peers(trustedProxies(options.settings.trustedProxies))
  const oauth = openOAuth({
    ...options,
    sealing: options.vault.keys,
    peers,
    address: () => (publicUrl || (bound.main ?? '')).replace(/\/+$/, ''),
    tlsAddress: () => bound.tls,
    failed: (error) => options.instruments.signals.loopFailed({ loop: 'oauth', code: failureCode(error) }),
  })
  const used = new Set<string>()
  const { clientRequestsPerSecond: perSecond } = options.settings
  const limits = new QuotasInForce(options.pool, {
    everybody: { perSecond, burst: perSecond * 2 },
    budgets: options.backbone.stores.budgets,
    now: () => Date.now(),
  })
  await limits.refresh()
  const broadcast = openBroadcast(options)
  const gateway = gatewayOf({ ...options, limits }, { used, peers, broadcast, ...oauth })
  const forOperations = (route: Route): boolean => route.tag === 'health'
  const apart = operationsPort !== 0
  const served = apart ? routes.filter((route) => !forOperations(route)) : routes
  const room = openConnectionRoom(options.settings, options.instruments.registry)
  const main = createGateway(gateway, { room, routes: served })
  const operations = apart
    ? createGateway(gateway, { room: new ConnectionRoom(probesMost), routes: routes.filter(forOperations) })
    : undefined
  const door = TlsDoor.of(options.settings)
  const tls = door === undefined ? undefined : createGateway(gateway, { room, routes: served, tls: door.options() })
  const doors = httpDoors(options.settings)
  await opened(doors.main, () => main.listen({ host, port }))
  bound.main = `http://${boundName(main.server.address() as AddressInfo)}`
  if (operations !== undefined) await opened(doors.operations, () => operations.listen({ host, port: operationsPort }))
  if (tls !== undefined) await opened(doors.tls, () => tls.listen({ host, port: tlsPort }))
  if (tls !== undefined) bound.tls = tlsUrl(publicUrl, tls.server.address() as AddressInfo)
  const round = async (): Promise<boolean> => {
    const ids = [...used]
    used.clear()
    if (ids.length > 0) await options.backbone.stores.keys.touch(ids)
    await oauth.flush()
    await limits.flush()
    await limits.refresh()
    const renewed = door?.refresh()
    if (renewed !== undefined && tls?.server instanceof HttpsServer) tls.server.setSecureContext(renewed)
    return false
  }
  const close = async (): Promise<void> => {
    broadcast.close()
    await main.close()
    await operations?.close()
    await tls?.close()
    await limits.flush()
  }
  return { url: bound.main, round, tellFollowers: () => tellFollowers(gateway), close }
}

/** Connections of probes at once. */
const probesMost = 100

/** By the name that others know, where there is one. */
function tlsUrl(publicUrl: string, bound: AddressInfo): string {
  return `https://${publicUrl === '' ? boundName(bound) : `${new URL(publicUrl).hostname}:${bound.port}`}`
}

/** With what each client may send. */
interface OpenedFront extends FrontOptions {
  readonly limits: QuotasInForce
}

interface Doors extends Pick<OpenedOAuth, 'oauth' | 'tokens'> {
  readonly used: Set<string>
  readonly peers: Peers
  readonly broadcast: Broadcast
}

function gatewayOf(options: OpenedFront, { used, peers, broadcast, oauth, tokens }: Doors): Gateway {
  const { settings, backbone, node, pool, connections, counts, instruments } = options
  const now = (): number => Date.now()
  const publicUrl = settings.publicUrl === '' ? `http://${settings.host}:${settings.port}` : settings.publicUrl
  const hub: Gateway = {
    within: (caller) => tenantGateway(options, hub, caller),
    ...partnersIn(options.network),
    firstWall: options.firstWall ?? ((caller) => caller),
    backbone,
    node,
    registerWebhook: (wish) => registerWebhook(node.place, wish),
    intake: options.intake,
    connections,
    keys: new Keys({ find: (hash) => backbone.stores.keys.byHash(hash), used: (id) => used.add(id), tokens }),
    oauth,
    peers,
    entrance: openEntrance(options),
    sealing: options.vault.keys,
    secrets: options.vault.keeper,
    pages: openPages(),
    documentation: openDocumentation(),
    ...limited(options, now),
    traces: { next: traceIds((count) => randomBytes(count)), parent: options.traced ? traceparentOf : undefined },
    broadcast,
    signals: instruments.signals,
    ...openLists(pool, now),
    tracking: trackingDesk(pool, options.brands),
    savedViews: new SavedViews(pool),
    shipmentTexts: new ShipmentTexts(),
    ...registers(pool),
    retention: () => retentionNow(options),
    reconciler: options.reconciler,
    stockComparer: options.stockComparer,
    pickUps: options.pickUps,
    network: options.network,
    notificationDesk: options.notificationDesk,
    ...watched(options, pool),
    contractsInForce: options.contracts,
    flow: options.flowWatch.desk(pool, options),
    system: openSystemDesk({ ...options, instances: options.flowWatch.instances }),
    cursors: cursorSigner(createHmac('sha256', options.secret).update('cursor').digest()),
    verify: (verification, input) => verifySignature(verification, input),
    examine: options.examine,
    viewSegments,
    inflate: inflateBeside,
    refused: (connection, error) => {
      const code = error instanceof InterlineError ? error.code : 'INTERNAL'
      instruments.signals.messageRefused({ connection: connection ?? 'none', code })
      if (connection !== undefined)
        counts.add({ tenant: connections().get(connection)?.tenant ?? '', connection, outcome: 'refused', count: 1 })
      if (codesOfOurs.has(code)) instruments.signals.loopFailed({ loop: 'gateway', code: failureCode(error) })
    },
    allowedOrigins: settings.allowedOrigins,
    now,
    publicUrl: settings.publicUrl.replace(/\/+$/, ''),
    randomBytes: (count) => randomBytes(count),
    subscriptionsChanged: options.subscriptionsChanged,
    sendExample: exampleSender(options),
    health: { started: () => true, ready: () => readiness(options) },
    metrics: () => instruments.registry.metrics(),
    documents: documentsAt(publicUrl),
  }
  return hub
}

function exampleSender({ connections, outbound }: FrontOptions): Gateway['sendExample'] {
  return async (subscription, example) => {
    const connection = connections().get(`subscription:${subscription}`)
    if (connection === undefined) throw new InterlineError('NOT_FOUND', { what: 'subscription that can be read' })
    return sendExample(outbound, connection, example)
  }
}

/** The second is as much a fault of ours: the first wall has let something through. */
const codesOfOurs: ReadonlySet<string> = new Set(['INTERNAL', 'ROW_OF_ANOTHER'])

function documentsAt(url: string): Gateway['documents'] {
  return { openapi: () => openapi(routes, { version, url }), asyncapi: () => asyncapi({ version }) }
}

async function retentionNow({ settings, backbone }: FrontOptions): ReturnType<Gateway['retention']> {
  return {
    keepDays: {
      messages: settings.retentionDays,
      facts: settings.factRetentionDays,
      effects: settings.effectRetentionDays,
      replays: settings.replayRetentionDays,
      audit: settings.auditRetentionDays,
    },
    retired: await backbone.retire(retentionAt(settings, Date.now(), true)),
  }
}

/** Those of tenants that called lately. */
const tenantGateways = new WeakMap<Gateway, Map<string, Gateway>>()
const tenantsMost = 1000

function tenantGateway(
  options: OpenedFront,
  hub: Gateway,
  { tenant, partner }: Parameters<Gateway['within']>[0],
): Gateway {
  const { tenants, backbone, brands } = options
  const connections = partner === undefined ? undefined : hub.connectionsOf(tenant, partner)
  const parts = partner === undefined ? [] : hub.partsOf(tenant, partner)
  const owner = { tenant, ...(connections === undefined ? {} : { connections }), parts }
  const name = JSON.stringify([tenant, partner, parts])
  const known = tenantGateways.get(hub) ?? new Map<string, Gateway>()
  tenantGateways.set(hub, known)
  const found = known.get(name)
  if (found !== undefined) return found
  const own = tenants.within(owner)
  const made = within(
    hub,
    { tenant, ...(partner === undefined ? {} : { partner: { id: partner, connections: new Set(connections) } }) },
    {
      backbone: tenantBackbone(backbone, tenants.database(owner), owner),
      ...openLists(own, hub.now),
      tracking: trackingDesk(own, brands),
      ...watched(options, own, tenant),
      savedViews: new SavedViews(own),
      quotaDesk: options.limits.desk(own),
      ...registers(own),
      flow: options.flowWatch.desk(own, options),
      entrance: { ...hub.entrance, people: new People(own) },
      oauth: { ...hub.oauth, clients: new Clients(own) },
    },
  )
  if (known.size >= tenantsMost) known.clear()
  known.set(name, made)
  return made
}

/** What is seen of those who watch, and of those who look people up. */
function watched(
  { alertDesk, checkDesk, exceptionDesk, slaDesk, contracts, privacy }: FrontOptions,
  pool: Pick<Pool, 'query'>,
  only?: string,
) {
  return {
    alertDesk: alertDesk(pool),
    checkDesk: checkDesk(pool, only),
    slaDesk: slaDesk(pool, only),
    exceptionDesk: exceptionDesk(pool, only),
    contractDesk: contracts.desk(pool),
    privacy: privacy(only),
  }
}

/** How much everybody may ask. */
function limited(
  { backbone, limits, instruments, pool }: OpenedFront,
  now: () => number,
): Pick<Gateway, 'quotas' | 'quotaRefused' | 'quotaDesk'> {
  const failed = (): void => instruments.signals.loopFailed({ loop: 'quota', code: 'BUDGET_STORE' })
  return {
    quotas: quotas({ store: backbone.stores.budgets, quotaOf: limits.of, now, failed }),
    quotaRefused: limits.refused,
    quotaDesk: limits.desk(pool),
  }
}

/** What people keep. */
function registers(pool: Pick<Pool, 'query'>): Pick<Gateway, 'masterData' | 'audit' | 'trials' | 'certificates'> {
  const certificates = new PartnerCertificates(pool)
  return { masterData: masterDesk(pool), audit: new AuditLog(pool), trials: new Trials(pool), certificates }
}

function masterDesk(pool: Pick<Pool, 'query'>): Gateway['masterData'] {
  const data = new MasterData(pool)
  const bulk = new MasterImport(data)
  return {
    get: (tenant, kind, key) => data.get(tenant, kind, key),
    some: (tenant, kind, keys) => data.some(tenant, kind, keys),
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
