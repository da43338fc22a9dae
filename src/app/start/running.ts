import { randomUUID } from 'node:crypto'
import { type PostgresBackbone, postgresBackbone } from '../../backbone/postgres/postgres.ts'
import type { Retired } from '../../backbone/retention.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { AuditLog } from '../../registry/audit.ts'
import { Sessions } from '../../registry/sessions.ts'
import { Translations } from '../../registry/translations.ts'
import { signWebhook } from '../../transports/signature.ts'
import { openTracer, type Tracer } from '../../watch/tracer.ts'
import { openVault, secretsMilliseconds, type Vault } from '../access/vault.ts'
import { trimAudit } from '../audit/audit-retention.ts'
import { Checkpoints } from '../audit/checkpoints.ts'
import { Examiner } from '../bodies/examiner.ts'
import { type Comparisons, openComparisons } from '../comparisons.ts'
import { HubContracts } from '../contracts/desk.ts'
import { ThreadReader } from '../documents/thread-reader.ts'
import { type DeclaredFiles, FileExchange, type FileExchangeOptions } from '../files/file-exchange.ts'
import { messageReadings } from '../files/message-reading.ts'
import { openFlow } from '../flow/flow-node.ts'
import { FlowWatch } from '../flow/flow-watch.ts'
import { guardedIntake } from '../flow/guarded-intake.ts'
import { openFront } from '../front.ts'
import type { LiveNetwork } from '../network/live-network.ts'
import type { Network } from '../network/network.ts'
import { openNetwork } from '../network/open.ts'
import { notificationDesk } from '../notification-desk.ts'
import { PartnerDesk } from '../partner/desk.ts'
import { openPools, type Pools } from '../pools.ts'
import { HubPrivacy } from '../privacy/desk.ts'
import { ErasureRounds } from '../privacy/erasure-rounds.ts'
import { startReaders } from '../readers.ts'
import type { Settings } from '../settings/settings.ts'
import { openSubscribers, type Subscribers } from '../subscribers.ts'
import { followersMilliseconds } from '../tracking-desk.ts'
import { trimVisits } from '../trim-visits.ts'
import { version } from '../version.ts'
import { defineHubGauges } from '../watching/hub-gauges.ts'
import { type Instruments, instruments } from '../watching/instruments.ts'
import { IntakeCounts } from '../watching/intake-counts.ts'
import { startWatching, type WatchDesks } from '../watching/watching.ts'
import { WaysOut } from '../ways-out.ts'
import { type DataDirectory, writeRunning } from './data-directory.ts'
import type { Database } from './database.ts'
import { firstKey } from './first-key.ts'
import { upkeep } from './upkeep.ts'
import { firstWelcome } from './welcome.ts'

/** What a hub is built upon: its settings, its locked folder, its migrated database. */
export interface RunningOptions {
  readonly settings: Settings
  readonly directory: DataDirectory
  readonly database: Database
  /** The text of the first key, when this start made it. */
  readonly firstKey: (text: string) => void
  /** Only of tests, see the gateway. */
  readonly firstWall?: Gateway['firstWall']
}

interface Opened {
  readonly backbone: PostgresBackbone
  /** Unique per start. */
  readonly instance: string
  readonly tracer: Tracer | undefined
  readonly pools: Pools
  readonly vault: Vault
  readonly measured: Instruments
  readonly network: LiveNetwork
}

/** Everything of the hub above its database, wired together. */
export class RunningHub {
  readonly network: LiveNetwork
  url: string | undefined
  /** Where the first administrator begins; undefined once there is one. */
  welcome: string | undefined
  readonly #options: RunningOptions
  readonly #backbone: PostgresBackbone
  readonly #tracer: Tracer | undefined
  readonly #pools: Pools
  readonly #pool: Pools['pool']
  readonly #measured: Instruments
  readonly #vault: Vault
  readonly #subscribers: Subscribers
  readonly #translations: Translations
  readonly #counts: IntakeCounts
  readonly #waysOut: WaysOut
  readonly #node: FlowNode
  readonly #comparisons: Comparisons
  readonly #contracts: HubContracts
  readonly #flowWatch: FlowWatch
  readonly #checkpoints: Checkpoints
  readonly #examiner = new Examiner()
  readonly #documents = new ThreadReader()
  #files: FileExchange | undefined
  /** What the last upkeep of this instance found. */
  #retired: Retired | undefined
  readonly #intake: Pick<Intake, 'accept'>
  #connections: ReadonlyMap<string, Connection> = new Map()
  #draining = false
  #closeFront: () => Promise<void> = async () => {}

  static async start(options: RunningOptions): Promise<RunningHub> {
    const { settings, database } = options
    const directory = options.directory.path
    const backbone = await postgresBackbone({ url: database.url, partitions: settings.partitions })
    const instance = randomUUID()
    const { otlpEndpoint: endpoint } = settings
    const tracer = await openTracer(endpoint === '' ? undefined : { endpoint, service: 'interline', version, instance })
    const measured = instruments({ logLevel: settings.logLevel, version })
    let hub: RunningHub | undefined
    let pools: Pools | undefined
    try {
      pools = await openPools(database.url, settings, measured.signals)
      const { pool } = pools
      const vault = await openVault({ settings, pool, directory, backbone, instance, ...measured })
      const network = await openNetwork({ settings, pool, directory, ...measured })
      hub = new RunningHub(options, { backbone, instance, tracer, measured, pools, vault, network })
      await hub.#begin()
      return hub
    } catch (error) {
      // Half a hub would go on working, unseen, and keep the process alive.
      if (hub !== undefined) await hub.#abandon()
      await Promise.allSettled([backbone.close(), tracer?.close(), pools?.close()])
      throw error
    }
  }

  private constructor(
    options: RunningOptions,
    { backbone, instance, tracer, measured, pools, vault, network }: Opened,
  ) {
    const { settings, database, directory } = options
    const { pool } = pools
    this.#options = options
    this.#backbone = backbone
    this.#tracer = tracer
    this.#pools = pools
    this.#pool = pool
    this.#measured = measured
    this.network = network
    this.#vault = vault
    this.#contracts = new HubContracts({
      pool: this.#pool,
      connections: () => this.#connections,
      agreements: () => network.current.agreements,
      isOurs: () => this.#isFirst(),
      now: () => Date.now(),
    })
    this.#subscribers = openSubscribers({ settings, backbone, pool, vault, contracts: this.#contracts, ...measured })
    this.#waysOut = new WaysOut({
      settings,
      databaseUrl: database.url,
      directory: directory.path,
      pool: this.#pool,
      signals: measured.signals,
      network: network.current,
      largeFiles: () => this.#files?.largeFiles,
    })
    this.#checkpoints = new Checkpoints({
      settings,
      outbound: this.#waysOut.http,
      signals: measured.signals,
      now: () => Date.now(),
      log: new AuditLog(this.#pool),
    })
    this.#translations = new Translations(this.#pool)
    this.#counts = new IntakeCounts(backbone.stores.intake, () => Date.now())
    this.#flowWatch = new FlowWatch(this.#pool, { settings, instance })
    this.#node = openFlow({
      settings,
      backbone,
      instance,
      signals: measured.signals,
      counts: this.#counts,
      network: () => this.network.current,
      connections: () => this.#connections,
      lookAgain: (id) => this.#find(id),
      codes: this.#translations,
      ...{ documents: this.#documents, inParts: messageReadings(directory.path, settings) },
      subscribers: this.#subscribers,
      pauses: this.#flowWatch.pauses,
      trace: tracer?.record,
      outbound: this.#waysOut.as2.outbound,
    })
    this.#intake = guardedIntake(this.#node.intake, {
      directory: directory.path,
      settings,
      draining: () => this.#draining,
    })
    this.#comparisons = openComparisons({
      place: this.#node.place,
      exchange: { outbound: this.#waysOut.as2.outbound, signer: { sign: signWebhook } },
      everyHours: settings.reconcileHours,
      intake: this.#intake,
      pool: this.#pool,
    })
  }

  /** Readiness ends, intake ends, what is under way is finished, partitions are handed over. */
  async stop(): Promise<void> {
    this.#draining = true
    await this.#node.stop(this.#options.settings.drainSeconds * 1000)
    await this.#closeFront()
    await Promise.all([this.#examiner.close(), this.#documents.close()])
    await this.#waysOut.as2.close()
    await this.#files?.close()
    await this.#counts.flush()
    await this.#contracts.round()
    await this.#flowWatch.stop()
    await this.#checkpoints.round()
    await this.#waysOut.close()
    await this.#tracer?.close()
    await this.#backbone.close()
    await this.#pools.close()
    this.#measured.signals.hubStopped({ version })
  }

  /** Whatever of a stop works without the database, which may be why the start failed. */
  async #abandon(): Promise<void> {
    const closing = [
      this.#closeFront(),
      this.#examiner.close(),
      this.#documents.close(),
      this.#waysOut.as2.close(),
      this.#files?.close(),
    ]
    await Promise.allSettled([this.#node.stop(0), this.#waysOut.close(), this.#counts.flush(), ...closing])
  }

  async #begin(): Promise<void> {
    const { settings, directory } = this.#options
    await this.#refresh()
    await this.#flowWatch.begin(this.#node)
    defineHubGauges({
      registry: this.#measured.registry,
      backbone: this.#backbone,
      node: this.#node,
      pool: this.#pool,
      retired: () => this.#retired,
      partners: () => this.network.current.partners,
      now: () => Date.now(),
    })
    const desks = startWatching({
      ...this.#measured,
      ...this.#comparisons,
      pool: this.#pool,
      backbone: this.#backbone,
      node: this.#node,
      network: () => this.network.current,
      historyDays: settings.checkHistoryDays,
      effectDays: settings.effectRetentionDays,
      telling: {
        intake: this.#intake,
        partitions: settings.partitions,
        publicUrl: settings.publicUrl.replace(/\/+$/, ''),
      },
    })
    this.#comparisons.start(this.#node, this.#measured.registry, settings.roles.includes('dispatch'))
    startReaders(this.#node, { settings, pool: this.#pool, translations: this.#translations })
    this.#node.run('subscriptions', () => this.#refresh(), 5000)
    this.#node.run('contracts', this.#contracts.round, 5000)
    this.#files = await FileExchange.start(this.#exchangedFiles(), this.#declaredFiles(this.network.current))
    this.network.onChange((network) => this.#follow(network))
    await this.#endUnvouched(this.network.current)
    this.#node.run('network', () => this.network.refresh(), 1000)
    this.#checkpoints.start(this.#node)
    const erasures = new ErasureRounds({ database: this.#pools.searching, backbone: this.#backbone, node: this.#node })
    this.#node.run('erasures', () => erasures.round(), 1000)
    this.#node.run('secrets', () => this.#vault.keeper.round(), secretsMilliseconds)
    this.#node.run('upkeep', () => this.#upkeep(), 3_600_000)
    this.#waysOut.as2.start(this.#node, this.#measured.registry)
    this.#node.run('intake-counts', () => this.#counts.flush(), 5000)
    const key = await firstKey(this.#backbone.stores.keys, directory.path)
    if (key !== undefined) this.#options.firstKey(key)
    this.welcome = await firstWelcome(this.#pool, directory.path)
    if (settings.roles.includes('gateway')) {
      await this.#waysOut.as2.listen(this.#node, { host: settings.host, port: settings.as2Port })
      await this.#openFront(desks)
    }
    this.#measured.signals.hubStarted({ version })
  }

  #exchangedFiles(): FileExchangeOptions {
    const { settings, directory } = this.#options
    return {
      node: this.#node,
      intake: this.#intake,
      ...this.#measured,
      isOwn: this.#waysOut.isOwn,
      abandonedMs: 4 * settings.leaseSeconds * 1000,
      watermark: settings,
      directory: directory.path,
      host: settings.host,
      port: settings.mailboxPort,
    }
  }

  #declaredFiles({ pickUps, mailboxes }: Network): DeclaredFiles {
    return { pickUps, mailboxes: this.#options.settings.roles.includes('gateway') ? mailboxes : [] }
  }

  /** Changes over: what is new can be found before anything comes for it, what is gone ends before it cannot be found any more. */
  async #follow(network: Network): Promise<void> {
    this.#connections = new Map([...this.#connections, ...network.connections])
    await this.#waysOut.update(network)
    await this.#files?.update(this.#declaredFiles(network))
    this.#connect(network)
    await this.#endUnvouched(network)
    this.#node.wake()
  }

  /** Who came in by an identity provider that is gone is asked anew who they are. */
  async #endUnvouched({ identityProviders }: Network): Promise<void> {
    const note = { actor: 'the hub', reason: 'The identity provider is not declared any more.' }
    await new Sessions(this.#pool).endUnvouched([...identityProviders.keys()], note)
  }

  /** By one of all instances. */
  async #upkeep(): Promise<boolean> {
    if (!this.#isFirst()) return false
    const { settings } = this.#options
    const { signals } = this.#measured
    const retired = (values: { readonly kind: string; readonly count: number }): void => signals.retired(values)
    await trimVisits(this.#pool)
    const [log, now] = [new AuditLog(this.#pool), Date.now()]
    await trimAudit({ days: settings.auditRetentionDays, log, checkpoints: this.#checkpoints, now, signals })
    this.#retired = await upkeep({ backbone: this.#backbone, settings, now: Date.now(), retired })
    return false
  }

  /** Whether this is the one of all instances that owns the first partition. */
  #isFirst(): boolean {
    return this.#node.place.translate[0]?.held === true
  }

  async #openFront(desks: WatchDesks): Promise<void> {
    const { settings, directory, database } = this.#options
    const front = await openFront({
      settings,
      directory: directory.path,
      backbone: this.#backbone,
      node: this.#node,
      intake: this.#intake,
      examine: this.#examiner.examine,
      pickUps: () => this.#files?.status() ?? [],
      network: new PartnerDesk({
        live: this.network,
        registry: this.network.registry,
        intake: this.#backbone.stores.intake,
        isOwn: this.#waysOut.isOwn,
        now: () => Date.now(),
        documents: this.#documents,
      }),
      ...this.#comparisons,
      flowWatch: this.#flowWatch,
      brands: () => this.network.current.trackingPages,
      providers: () => this.network.current.identityProviders,
      ...desks,
      vault: this.#vault,
      contracts: this.#contracts,
      notificationDesk: notificationDesk((tenant) => this.network.current.notifications.get(tenant)),
      privacy: (only) => HubPrivacy.of(this.#pools.searching, this.#backbone.stores.jobs, only),
      pool: this.#pool,
      outbound: this.#waysOut.http,
      tenants: this.#pools.tenants,
      connections: () => this.#connections,
      counts: this.#counts,
      instruments: this.#measured,
      traced: this.#tracer !== undefined,
      subscriptionsChanged: this.#refresh.bind(this),
      draining: () => this.#draining,
      secret: database.url,
      ...(this.#options.firstWall === undefined ? {} : { firstWall: this.#options.firstWall }),
    })
    this.url = front.url
    this.#closeFront = front.close
    writeRunning(directory.path, { pid: process.pid, url: front.url })
    this.#node.run('keys', front.round, 10_000)
    this.#node.run('followers', front.tellFollowers, followersMilliseconds)
  }

  async #refresh(): Promise<boolean> {
    await this.#subscribers.refresh()
    this.#connect(this.network.current)
    return false
  }

  /** What was taken in is translated by what was declared then, also when its connection is gone by now. */
  async #find(id: string): Promise<Connection | undefined> {
    await this.network.refresh()
    return this.#connections.get(id) ?? (await this.network.removed(id))
  }

  #connect({ connections }: Network): void {
    const subscribers = this.#subscribers.list().map(({ id, connection }) => [id, connection] as const)
    this.#connections = new Map([...connections, ...subscribers])
  }
}
