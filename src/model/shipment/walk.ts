import { shortHash } from '../../base/sha256.ts'
import { deliveredLike, type ExceptionCategory, effectOf, provesCustody, type ShipmentStatus } from './codes.ts'
import { exceptionRules } from './exceptions.ts'
import type { Ranked } from './ladder.ts'
import { type Mover, move } from './lifecycle.ts'
import type { OpenException, PlanEntry, Said, StoredEvent } from './state.ts'
import { deliveriesOf, stopOf } from './stops.ts'

/** What is followed beside the scans. */
type Plan = Pick<Said, 'plan' | 'about' | 'packages'>
type Step =
  | { readonly at: number; readonly rank: number; readonly plan: PlanEntry }
  | { readonly at: number; readonly rank: number; readonly ranked: Ranked }

/** What opened an exception: its key makes the id, so that a re-projection finds the same one. */
interface Cause {
  readonly key: string
  readonly reason?: StoredEvent['reason'] | undefined
  readonly hub?: true
  /** A word about the shipment as a whole, not about this package. */
  readonly whole?: true
}

/** Follows the events of one package in their order: status by the lifecycle, exceptions by their rules. */
export class Walk {
  readonly #said: Plan
  readonly #shipment: string
  readonly #package: string | undefined
  readonly #done: ReadonlyMap<number, number>
  readonly #open = new Map<ExceptionCategory, OpenException>()
  #status: ShipmentStatus = 'planned'
  #attempts = 0
  #custodySince: number | undefined

  /** `done`: when each stop was delivered to, by its number, as the scans of all packages say. */
  constructor(
    said: Plan,
    of: { readonly id: string; readonly name: string | undefined; readonly done: ReadonlyMap<number, number> },
  ) {
    this.#said = said
    this.#shipment = of.id
    this.#package = of.name
    this.#done = of.done
  }

  through(events: readonly Ranked[]): {
    readonly status: ShipmentStatus
    readonly exceptions: readonly OpenException[]
    /** When the hub first heard that the carrier has the goods, ms; undefined until it has. */
    readonly custodySince: number | undefined
  } {
    for (const step of this.#steps(events)) {
      if ('plan' in step) this.#planned(step.plan)
      else this.#scanned(step.ranked)
    }
    return { status: this.#status, exceptions: [...this.#open.values()], custodySince: this.#custodySince }
  }

  #steps(events: readonly Ranked[]): Step[] {
    const scans: Step[] = events
      .filter(({ duplicate }) => !duplicate)
      .map((ranked) => ({ at: ranked.at, rank: ranked.rank, ranked }))
    if (this.#said.plan.length === 0) return scans
    const plans: Step[] = this.#said.plan.map((plan) => ({ at: plan.at, rank: planRank[plan.event] ?? 0, plan }))
    return [...plans, ...scans].toSorted((a, b) => a.at - b.at || a.rank - b.rank)
  }

  #planned(entry: PlanEntry): void {
    const cause: Cause = { key: `plan ${entry.event} ${entry.at}`, whole: true }
    const given = this.#status === 'booked' || this.#status === 'tendered'
    if (entry.event === 'carrier_reassigned' && given) this.#status = 'planned'
    const to = planTarget(entry.event, this.#status)
    if (to !== undefined) this.#move(to, 'hub', entry.at, cause)
    if (entry.event === 'tender_declined') this.#raise('tender_declined', entry.at, cause)
    if (to === 'booked') {
      this.#open.delete('tender_declined')
      this.#open.delete('capacity')
    }
  }

  #scanned(ranked: Ranked): void {
    const { event, at, future } = ranked
    const cause: Cause = { key: `${event.source} ${event.id ?? `${event.code} ${event.at}`}`, reason: event.reason }
    if (future) this.#raise('future_event', at, { ...cause, hub: true })
    if (future || event.classifier !== undefined) return
    if (event.code === 'delivery_attempted') this.#attempts++
    const opens = openedBy(event)
    const stop =
      this.#status === 'returning'
        ? { code: event.code, moves: true, ambiguous: false }
        : atStop(ranked, this.#said, this.#done)
    for (const category of this.#open.keys()) {
      // What opens it again is one more sign of the same trouble, not its end.
      if (opens.includes(category)) continue
      if (exceptionRules[category].closes({ code: stop.code, opens: opens.length > 0 })) this.#open.delete(category)
    }
    if (stop.ambiguous) this.#raise('other', at, { ...cause, hub: true })
    const to = stop.moves ? effectOf(event.code).status : undefined
    if (to !== undefined) this.#move(to, 'scan', at, cause)
    if (provesCustody(event.code)) this.#custodySince = Math.min(this.#custodySince ?? event.received, event.received)
    for (const category of opens) this.#raise(category, at, cause)
    this.#escalate()
  }

  #move(to: ShipmentStatus, mover: Mover, at: number, cause: Cause): void {
    const from = this.#status
    const moved = move(from, to, mover)
    this.#status = moved.status
    if (moved.anomaly !== undefined) this.#raise(moved.anomaly, at, { ...cause, hub: true })
    const delivers = moved.status === 'delivered' && from !== 'delivered' && from !== 'cancelled'
    if (delivers && this.#custodySince === undefined) this.#raise('missing_pickup', at, { ...cause, hub: true })
  }

  #raise(category: ExceptionCategory, at: number, cause: Cause): void {
    if (this.#open.has(category)) return
    const about = cause.whole === true ? undefined : this.#package
    this.#open.set(category, {
      id: exceptionId({ shipment: this.#shipment, package: about, category, key: cause.key }),
      category,
      since: at,
      ...(about === undefined ? {} : { package: about }),
      ...(cause.reason?.code === undefined ? {} : { reason: cause.reason.code }),
      ...(cause.reason?.responsible === undefined ? {} : { responsible: cause.reason.responsible }),
      detectedBy: cause.hub === true ? 'hub_detected' : 'carrier_reported',
      severity: exceptionRules[category].severity,
    })
  }

  /** The third failed attempt is critical. */
  #escalate(): void {
    const failed = this.#open.get('delivery_attempt_failed')
    if (failed !== undefined && this.#attempts >= 3)
      this.#open.set('delivery_attempt_failed', { ...failed, severity: 'critical' })
  }
}

/** The same after every re-projection: user work hangs on it. */
export function exceptionId(of: {
  readonly shipment: string
  readonly package: string | undefined
  readonly category: ExceptionCategory
  readonly key: string
}): string {
  return `exc_${shortHash(`${of.shipment}|${of.package ?? ''}|${of.category}|${of.key}`)}`
}

const planRank: Readonly<Record<string, number>> = {
  planned: 0,
  packed: 1,
  described: 1,
  cancelled: 5,
  label_voided: 5,
  tendered: 8,
  tender_cancelled: 9,
  tender_countered: 9,
  tender_declined: 9,
  tender_expired: 9,
  tender_accepted: 10,
  booked: 10,
  label_created: 10,
}

function planTarget(event: PlanEntry['event'], from: ShipmentStatus): ShipmentStatus | undefined {
  switch (event) {
    case 'tendered':
      return 'tendered'
    case 'tender_accepted':
    case 'booked':
    case 'label_created':
      return 'booked'
    case 'tender_declined':
    case 'tender_expired':
    case 'tender_cancelled':
      return from === 'tendered' ? 'planned' : undefined
    case 'label_voided':
    case 'cancelled':
      return 'cancelled'
    case 'planned':
    case 'carrier_reassigned':
    case 'tender_countered':
    case 'packed':
    case 'described':
      return undefined
  }
}

/** A stated reason counts before the code's own exception; `other` only where nothing better is known. */
function openedBy(event: StoredEvent): ExceptionCategory[] {
  const found: ExceptionCategory[] = []
  const { exception } = effectOf(event.code)
  const reason = event.reason?.category
  if (reason !== undefined && Object.hasOwn(exceptionRules, reason)) found.push(reason as ExceptionCategory)
  if (exception !== undefined && !found.includes(exception) && (exception !== 'other' || found.length === 0))
    found.push(exception)
  return found
}

/** What "delivered" says of a stop, and of all there are. */
interface AtStop {
  readonly code: string
  readonly moves: boolean
  readonly ambiguous: boolean
}

/** "Delivered" at one of several stops completes the stop; the shipment ends with the last of them (model.md 7.4, rule 8). */
function atStop({ event, at, package: about }: Ranked, said: Plan, done: ReadonlyMap<number, number>): AtStop {
  const moving = { code: event.code, moves: true, ambiguous: false }
  const halting = { code: 'info', moves: false, ambiguous: false }
  if (!deliveredLike.has(event.code)) return moving
  const deliveries = deliveriesOf(said)
  if (deliveries.length === 0) return event.stop?.final === false ? halting : moving
  const stop = stopOf(event, said.about.stops ?? [])
  // Of a package it is enough that it was handed over, wherever.
  const isOfOne = about !== undefined && said.packages.length > 0
  if (stop === undefined) return isOfOne && event.stop === undefined ? moving : { ...halting, ambiguous: true }
  if (stop.type !== 'delivery') return halting
  if (isOfOne) return moving
  const isDone = (until: number): boolean =>
    deliveries.every(({ seq }) => (done.get(seq) ?? Number.POSITIVE_INFINITY) <= until)
  // Scans of packages that nobody announced come one by one: which was the last shows only in all of them.
  if (isDone(about === undefined ? at : Number.MAX_VALUE)) return moving
  return { ...halting, ambiguous: stop.final }
}
