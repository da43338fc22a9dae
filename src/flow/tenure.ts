import type { Backbone, Ownership } from '../backbone/backbone.ts'
import type { Consumer, Fence } from '../backbone/step.ts'
import type { Clock, FlowSignals } from './ports.ts'

/**
 * One partition of one consumer, as its owner sees it. The lease only saves effort; the compare-and-set in each step decides.
 * `planned` runs ahead of `committed` while steps are in flight; after any failure both are read again and everything cached
 * goes (`generation`), so the steps that were planned on top fail at their fence and are planned anew.
 */
export class Tenure {
  readonly consumer: Consumer
  readonly partition: number
  epoch = -1
  committed = -1
  planned = -1
  generation = 0
  held = false
  /** Local monotonic instant after which the lease may be gone. */
  until = 0
  /** Called when what was cached about the partition must go. */
  onLoss: () => void = () => {}

  constructor(consumer: Consumer, partition: number) {
    this.consumer = consumer
    this.partition = partition
  }

  take(ownership: Ownership, until: number): void {
    this.epoch = ownership.epoch
    this.committed = ownership.offset
    this.planned = ownership.offset
    this.until = until
    this.held = true
    this.generation++
    this.onLoss()
  }

  lose(): void {
    this.held = false
    this.generation++
    this.onLoss()
  }

  usable(mono: number): boolean {
    return this.held && mono < this.until && !Number.isNaN(this.planned)
  }

  /** The fence of a step that moves the offset on by `count`. Moves `planned`. */
  plan(count: number): Fence {
    const from = this.planned
    this.planned = from + count
    const fence = { consumer: this.consumer, partition: this.partition, epoch: this.epoch, from, to: this.planned }
    plannedIn.set(fence, this.generation)
    return fence
  }

  /** The fence of a step over these rows; undefined when they are not, or no longer, what comes next: they were read on a plan that failed. */
  planRows(rows: readonly { readonly offset: number }[]): Fence | undefined {
    return rows[0]?.offset === this.planned + 1 ? this.plan(rows.length) : undefined
  }

  /** False when what the fence was planned on has been thrown away since. */
  stands(fence: Fence): boolean {
    return plannedIn.get(fence) === this.generation
  }

  confirm(fence: Fence): void {
    this.committed = fence.to
  }
}

const plannedIn = new WeakMap<Fence, number>()

/** Who holds partitions, in whose name (`node`), and for how long without renewing. */
export interface TenureKeeper {
  readonly backbone: Backbone
  readonly clock: Clock
  readonly signals: FlowSignals
  readonly node: string
  readonly leaseSeconds: number
}

/** Reads what is true after a fence or an unknown outcome: the stored offset, or that somebody else has the partition. */
export async function reconsider(keeper: TenureKeeper, tenure: Tenure): Promise<void> {
  tenure.generation++
  tenure.planned = Number.NaN
  tenure.onLoss()
  const { generation } = tenure
  const stored = await keeper.backbone.position(tenure.consumer, tenure.partition)
  if (tenure.generation !== generation) return
  if (stored.epoch !== tenure.epoch) {
    keeper.signals.fenced({ consumer: tenure.consumer, partition: tenure.partition })
    tenure.held = false
    return
  }
  tenure.committed = stored.offset
  tenure.planned = stored.offset
}

/** One round: renews what is held, takes what is free. Called every third of the lease. */
export async function keepTenures(keeper: TenureKeeper, tenures: readonly Tenure[]): Promise<void> {
  const before = keeper.clock.mono()
  for (const tenure of tenures) {
    const until = before + keeper.leaseSeconds * 1000 - 1000
    if (tenure.held) {
      const ownership = { ...identity(tenure, keeper.node), offset: tenure.committed }
      if (await keeper.backbone.renewOwner(ownership, keeper.leaseSeconds)) {
        tenure.until = until
        // The question where it stands was not answered: ask again, or the partition would stand still for ever.
        if (Number.isNaN(tenure.planned)) await reconsider(keeper, tenure)
      } else {
        keeper.signals.fenced({ consumer: tenure.consumer, partition: tenure.partition })
        tenure.lose()
      }
    }
    if (!tenure.held) {
      const taken = await keeper.backbone.takeOwner(tenure.consumer, tenure.partition, keeper.node, keeper.leaseSeconds)
      if (taken !== undefined) tenure.take(taken, until)
    }
  }
}

/** Gives everything back before a node stops, so that the next one need not wait until the leases run out. */
export async function releaseTenures(keeper: TenureKeeper, tenures: readonly Tenure[]): Promise<void> {
  for (const tenure of tenures) {
    if (!tenure.held) continue
    tenure.lose()
    await keeper.backbone.releaseOwner({ ...identity(tenure, keeper.node), offset: tenure.committed })
  }
}

function identity(tenure: Tenure, owner: string): Omit<Ownership, 'offset'> {
  return { consumer: tenure.consumer, partition: tenure.partition, owner, epoch: tenure.epoch }
}
