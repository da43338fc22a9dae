import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Pool } from 'pg'
import type { Backbone } from '../../backbone/backbone.ts'
import { releaseHeld } from '../../backbone/postgres/held.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { FlowDesk } from '../../gateway/desks/flow-desk.ts'
import { FlowControls } from '../../registry/flow-controls.ts'
import { type InstanceStory, Instances } from '../../registry/hub-instances.ts'
import { sampleFlow } from '../../watch/flow-samples.ts'
import type { Settings } from '../settings/settings.ts'
import { version } from '../version.ts'
import { openFlowDesk, targetsOf } from './flow-desk.ts'
import { KnownPauses } from './flow-pauses.ts'

/** At most so many held messages are let go in one statement. */
const releasedAtOnce = 500
const tellMs = 5000
const sampleMs = 60_000

/** What people have stopped, what the instances say of themselves, and the past of the flow. */
export class FlowWatch {
  readonly pauses: KnownPauses
  readonly instances: Instances
  readonly #pool: Pool
  readonly #settings: Settings
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  #node: FlowNode | undefined

  constructor(pool: Pool, { settings, instance }: { readonly settings: Settings; readonly instance: string }) {
    this.#pool = pool
    this.#settings = settings
    this.pauses = new KnownPauses(new FlowControls(pool))
    this.instances = new Instances(pool, { instance, startedAt: Date.now(), tell: () => this.#tell() })
  }

  /** Pauses are known before anything flows, and in force within a second wherever they were said. */
  async begin(node: FlowNode): Promise<void> {
    this.#node = node
    await this.pauses.refresh()
    await node.start()
    this.#delay.enable()
    node.run('pauses', () => this.#follow(node), 1000)
    node.run('instances', () => this.instances.round(), tellMs)
    node.run('flow-samples', () => this.#sample(node), sampleMs)
  }

  desk(
    own: Pick<Pool, 'query'>,
    { backbone, node }: { readonly backbone: Backbone; readonly node: FlowNode },
  ): FlowDesk {
    return openFlowDesk(own, { backbone, node, instances: this.instances, changed: () => this.pauses.refresh() })
  }

  async stop(): Promise<void> {
    this.#delay.disable()
    await this.instances.leave()
  }

  /** Whoever owns a partition lets go what was held back in it. */
  async #follow(node: FlowNode): Promise<boolean> {
    await this.pauses.refresh()
    const own = node.place.translate.filter(({ held }) => held).map(({ partition }) => partition)
    const released = await releaseHeld(this.#pool, own, releasedAtOnce)
    if (released > 0) {
      node.place.lookForReleased()
      node.wake()
    }
    return released === releasedAtOnce
  }

  /** By whoever owns the first partition: one of all instances. */
  async #sample(node: FlowNode): Promise<boolean> {
    if (node.place.translate[0]?.held === true) await sampleFlow(this.#pool)
    return false
  }

  #tell(): InstanceStory {
    const { rss, heapUsed } = process.memoryUsage()
    const eventLoopDelayMs = Math.round(this.#delay.percentile(99) / 1e5) / 10
    this.#delay.reset()
    return {
      version,
      host: hostname(),
      process: process.pid,
      roles: this.#settings.roles,
      memoryBytes: rss,
      heapBytes: heapUsed,
      eventLoopDelayMs,
      targets: this.#node === undefined ? {} : targetsOf(this.#node),
    }
  }
}
