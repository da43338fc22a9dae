import { hash, randomUUID } from 'node:crypto'
import { type PostgresBackbone, postgresBackbone } from '../backbone/postgres/postgres.ts'
import type { Retired } from '../backbone/retention.ts'
import type { Connection } from '../flow/connection.ts'
import type { Intake } from '../flow/intake.ts'
import { FlowNode, type Role } from '../flow/node.ts'
import { Projector } from '../flow/project.ts'
import { Replayer } from '../flow/replay.ts'
import { Steward } from '../flow/steward.ts'
import { Stocktake } from '../flow/stocktake.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { AuditLog } from '../registry/audit.ts'
import { Translations } from '../registry/translations.ts'
import { GuardedClient } from '../transports/http/outbound.ts'
import { ownMachine } from '../transports/http/own-machine.ts'
import { signWebhook } from '../transports/signature.ts'
import { processRows } from '../views/processes.ts'
import { postgresViews } from '../views/projector.ts'
import { subjectsOf } from '../views/reference.ts'
import { stockedItems } from '../views/stock.ts'
import { taskRows } from '../views/tasks.ts'
import { transmissionRows } from '../views/transmissions.ts'
import { openTracer, type Tracer } from '../watch/tracer.ts'
import { As2Exchange } from './as2/as2-exchange.ts'
import { Checkpoints } from './audit/checkpoints.ts'
import { Examiner } from './bodies/examiner.ts'
import { type Comparisons, openComparisons } from './comparisons.ts'
import { type DataDirectory, writeRunning } from './data-directory.ts'
import type { Database } from './database.ts'
import { DropOutbound } from './files/drop-outbound.ts'
import { type DeclaredFiles, FileExchange, type FileExchangeOptions } from './files/file-exchange.ts'
import { firstKey } from './first-key.ts'
import { flowSettings, flowTimes } from './flow-settings.ts'
import { flowSignals } from './flow-signals.ts'
import { type FrontOptions, openFront } from './front.ts'
import { guardedIntake } from './guarded-intake.ts'
import {
  defineExpectationGauge,
  defineGauges,
  defineRetentionGauges,
  defineTransmissionGauge,
  defineWorkGauges,
  type Instruments,
  instruments,
} from './instruments.ts'
import { IntakeCounts } from './intake-counts.ts'
import { SmtpOutbound } from './mail/smtp-outbound.ts'
import { declaredPorts } from './network/declared.ts'
import type { LiveNetwork } from './network/live-network.ts'
import type { Network } from './network/network.ts'
import { openNetwork } from './network/open.ts'
import { notificationDesk } from './notification-desk.ts'
import { PartnerDesk } from './partner/desk.ts'
import { defineQuietGauge } from './partner/quiet.ts'
import { openPools, type Pools } from './pools.ts'
import { systemBreath, systemClock, systemRandom } from './ports.ts'
import { ServerCertificate } from './server-certificate.ts'
import { portsOf, type Settings } from './settings.ts'
import { Subscribers } from './subscribers.ts'
import { followersMilliseconds } from './tracking-desk.ts'
import { trimVisits } from './trim-visits.ts'
import { upkeep } from './upkeep.ts'
import { version } from './version.ts'
import { startWatching } from './watching.ts'
import { firstWelcome } from './welcome.ts'

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
  readonly #instance: string
  readonly #tracer: Tracer | undefined
  readonly #pools: Pools
  readonly #pool: Pools['pool']
  readonly #measured: Instruments
  readonly #subscribers: Subscribers
  readonly #translations: Translations
  readonly #counts: IntakeCounts
  readonly #outbound: GuardedClient
  readonly #as2: As2Exchange
  readonly #drops: DropOutbound
  readonly #isOwn: (address: string, port: number) => boolean
  readonly #node: FlowNode
  readonly #comparisons: Comparisons
  readonly #checkpoints: Checkpoints
  readonly #examiner = new Examiner()
  #files: FileExchange | undefined
  /** What the last upkeep of this instance found. */
  #retired: Retired | undefined
  readonly #intake: Pick<Intake, 'accept'>
  #connections: ReadonlyMap<string, Connection> = new Map()
  #draining = false
  #closeFront: () => Promise<void> = async () => {}

  static async start(options: RunningOptions): Promise<RunningHub> {
    const { settings, database } = options
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
      const network = await openNetwork({ settings, pool, directory: options.directory.path, ...measured })
      hub = new RunningHub(options, { backbone, instance, tracer, measured, pools, network })
      await hub.#begin()
      return hub
    } catch (error) {
      // Half a hub would go on working, unseen, and keep the process alive.
      if (hub !== undefined) await hub.#abandon()
      await Promise.allSettled([backbone.close(), tracer?.close(), pools?.close()])
      throw error
    }
  }

  private constructor(options: RunningOptions, { backbone, instance, tracer, measured, pools, network }: Opened) {
    const { settings, database, directory } = options
    this.#options = options
    this.#backbone = backbone
    this.#instance = instance
    this.#tracer = tracer
    this.#pools = pools
    this.#pool = pools.pool
    this.#measured = measured
    this.network = network
    this.#subscribers = new Subscribers({
      backbone,
      partitions: settings.partitions,
      allowedCidrs: settings.allowedPrivateRanges,
      now: () => Date.now(),
      subjects: (tenant, references) => subjectsOf(this.#pool, tenant, references),
    })
    // The hub never calls itself or its database, whatever a connection allows.
    const databasePort = Number(new URL(database.url).port || 5432)
    this.#isOwn = ownMachine(() => [...portsOf(settings), databasePort])
    this.#outbound = new GuardedClient({ isOwn: this.#isOwn })
    this.#checkpoints = new Checkpoints({
      ...{ settings, outbound: this.#outbound, signals: measured.signals, now: () => Date.now() },
      log: new AuditLog(this.#pool),
    })
    this.#drops = new DropOutbound({
      others: new SmtpOutbound({ others: this.#outbound, isOwn: this.#isOwn, clock: systemClock }),
      drops: network.current.drops,
      isOwn: this.#isOwn,
      directory: directory.path,
      mono: () => systemClock.mono(),
    })
    this.#as2 = new As2Exchange({
      partners: network.current.as2Partners,
      documentBytesMost: settings.as2Megabytes * 1_048_576,
      largeFiles: () => this.#files?.largeFiles,
      pool: this.#pool,
      signals: this.#measured.signals,
      outbound: this.#drops,
      isOwn: this.#isOwn,
      version,
      ...(settings.as2Certificate === '' ? {} : { certificate: new ServerCertificate(settings.as2Certificate) }),
    })
    this.#translations = new Translations(this.#pool)
    this.#counts = new IntakeCounts(backbone.stores.intake, () => Date.now())
    this.#node = this.#flow()
    this.#intake = guardedIntake(this.#node.intake, {
      directory: directory.path,
      settings,
      draining: () => this.#draining,
    })
    this.#comparisons = openComparisons({
      place: this.#node.place,
      exchange: { outbound: this.#as2.outbound, signer: { sign: signWebhook } },
      everyHours: settings.reconcileHours,
      ...{ intake: this.#intake, pool: pools.pool },
    })
  }

  /** Readiness ends, intake ends, what is under way is finished, partitions are handed over. */
  async stop(): Promise<void> {
    this.#draining = true
    await this.#node.stop(this.#options.settings.drainSeconds * 1000)
    await this.#closeFront()
    await this.#examiner.close()
    await this.#as2.close()
    await this.#files?.close()
    await this.#counts.flush()
    await this.#checkpoints.round()
    await this.#drops.close()
    await this.#outbound.close()
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
      this.#as2.close(),
      this.#files?.close(),
      this.#outbound.close(),
      this.#counts.flush(),
    ]
    await Promise.allSettled([this.#node.stop(0), ...closing])
  }

  async #begin(): Promise<void> {
    const { settings, directory } = this.#options
    await this.#refresh()
    await this.#node.start()
    defineGauges(this.#measured.registry, this.#backbone, this.#node)
    defineRetentionGauges(this.#measured.registry, () => this.#retired)
    defineTransmissionGauge(this.#measured.registry, transmissionRows(this.#pool))
    const work = { tasks: taskRows(this.#pool), processes: processRows(this.#pool), now: () => Date.now() }
    defineWorkGauges(this.#measured.registry, work)
    defineExpectationGauge(this.#measured.registry, this.#backbone, work.now)
    const projector = new Projector(this.#node.place, postgresViews(this.#pool, systemBreath))
    const checkDesk = startWatching({
      ...{ pool: this.#pool, backbone: this.#backbone, node: this.#node, network: () => this.network.current },
      ...{ ...this.#measured, ...this.#comparisons, historyDays: settings.checkHistoryDays },
    })
    this.#comparisons.start(this.#node, this.#measured.registry, settings.roles.includes('dispatch'))
    const replayer = new Replayer(this.#node.place, this.#node.intake)
    this.#node.run('views', () => projector.round(), viewsMilliseconds)
    const stocktake = new Stocktake(this.#node.place, this.#node.intake, (scope, page) =>
      stockedItems(this.#pool, scope, page),
    )
    this.#node.run('stocktakes', () => stocktake.round(), 1000)
    const steward = new Steward(this.#node.place, this.#node.intake, this.#translations)
    if (settings.roles.includes('translate'))
      this.#node.run('codes', () => steward.round(), settings.pollMilliseconds, this.#node.place.bells.codes)
    this.#node.run('replays', () => replayer.round(), settings.pollMilliseconds)
    this.#node.run('subscriptions', () => this.#refresh(), 5000)
    this.#files = await FileExchange.start(this.#exchangedFiles(), this.#declaredFiles(this.network.current))
    defineQuietGauge(this.#measured.registry, {
      partners: () => this.network.current.partners,
      intake: this.#backbone.stores.intake,
      now: () => Date.now(),
    })
    this.network.onChange((network) => this.#follow(network))
    this.#node.run('network', () => this.network.refresh(), 1000)
    this.#checkpoints.start(this.#node)
    this.#node.run('upkeep', () => this.#upkeep(), 3_600_000)
    this.#as2.start(this.#node, this.#measured.registry)
    this.#node.run('intake-counts', () => this.#counts.flush(), 5000)
    const key = await firstKey(this.#backbone.stores.keys, directory.path)
    if (key !== undefined) this.#options.firstKey(key)
    this.welcome = await firstWelcome(this.#pool, directory.path)
    if (settings.roles.includes('gateway')) {
      await this.#as2.listen(this.#node, { host: settings.host, port: settings.as2Port })
      await this.#openFront({ checkDesk })
    }
    this.#measured.signals.hubStarted({ version })
  }

  #exchangedFiles(): FileExchangeOptions {
    const { settings, directory } = this.#options
    return {
      node: this.#node,
      intake: this.#intake,
      ...this.#measured,
      isOwn: this.#isOwn,
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
    this.#drops.update(network.drops)
    await this.#as2.update(network.as2Partners)
    await this.#files?.update(this.#declaredFiles(network))
    this.#connect(network)
    this.#node.wake()
  }

  /** By whoever owns the first partition: one of all instances. */
  async #upkeep(): Promise<boolean> {
    if (this.#node.place.translate[0]?.held !== true) return false
    const { settings } = this.#options
    const { signals } = this.#measured
    const retired = (values: { readonly kind: string; readonly count: number }): void => signals.retired(values)
    await trimVisits(this.#pool)
    this.#retired = await upkeep({ backbone: this.#backbone, settings, now: Date.now(), retired })
    return false
  }

  #flow(): FlowNode {
    const { signals } = this.#measured
    const { settings } = this.#options
    return new FlowNode({
      roles: new Set<Role>(settings.roles as readonly Role[]),
      ports: {
        backbone: this.#backbone,
        clock: systemClock,
        random: systemRandom,
        breath: systemBreath,
        signals: flowSignals(signals, this.#counts, () => this.#connections),
        node: this.#instance,
        settings: flowSettings(settings),
        connections: () => this.#connections,
        lookAgain: (id) => this.#find(id),
        codes: this.#translations,
        ...declaredPorts(() => this.network.current),
        subscribers: this.#subscribers.list,
        disable: async (id, reason) => {
          await this.#subscribers.disable(id, reason)
          signals.webhookDisabled({ subscription: id, reason: 'GONE' })
        },
        trace: this.#tracer?.record,
      },
      exchange: { outbound: this.#as2.outbound, signer: { sign: signWebhook } },
      times: flowTimes(settings),
      hash: (body) => hash('sha256', body, 'hex'),
      spawn: (loop, run) => {
        run().catch((error: unknown) =>
          signals.loopFailed({ loop, code: error instanceof Error ? error.message.slice(0, 200) : 'INTERNAL' }),
        )
      },
    })
  }

  async #openFront(desks: Pick<FrontOptions, 'checkDesk'>): Promise<void> {
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
        isOwn: this.#isOwn,
        now: () => Date.now(),
      }),
      ...this.#comparisons,
      brands: () => this.network.current.trackingPages,
      ...desks,
      notificationDesk: notificationDesk((tenant) => this.network.current.notifications.get(tenant)),
      pool: this.#pool,
      outbound: this.#outbound,
      tenants: this.#pools.tenants,
      connections: () => this.#connections,
      counts: this.#counts,
      instruments: this.#measured,
      traced: this.#tracer !== undefined,
      subscriptionsChanged: async () => {
        await this.#refresh()
      },
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

/** Lists may lag behind by this; what changed ten times meanwhile is written once. */
const viewsMilliseconds = 250
