import { writeInstant } from '../../base/instant.ts'
import type { Derived, Fact } from '../fact.ts'
import { saysMore } from './detail.ts'
import { exceptionRules } from './exceptions.ts'
import { contentOf, toldAt } from './ladder.ts'
import type { OpenException, Projection, ShipmentState, StoredEvent } from './state.ts'
import { tenderFacts } from './tender.ts'

/** The facts that say what a fold changed, for subscribers and processes. Nothing changed, nothing said. */
export function changes({
  before,
  after,
  fact,
}: {
  readonly before: ShipmentState
  readonly after: ShipmentState
  readonly fact: Fact
}): Derived[] {
  const was = before.projection
  const is = after.projection
  const added = addedEvents(before.events, after.events)
  return [
    ...recorded(added, before.events),
    ...status(was, is, after),
    ...linked(before, after),
    ...tenderFacts(before, after),
    ...packages(was, is),
    ...exceptions(was, is, endedBy(fact, added)),
    ...eta(was, is),
    ...proof({ before, after, fact }),
    ...promise(before, after),
  ]
}

/** A scan that was known and only got an earlier receiving time or one more document is not new. */
function addedEvents(before: readonly StoredEvent[], after: readonly StoredEvent[]): readonly StoredEvent[] {
  if (before === after) return []
  // What is kept stays in its place: nearly always what is new are the last ones.
  if (before.every((event, index) => event === after[index])) return after.slice(before.length)
  const same = new Set(before)
  const others = after.filter((event) => !same.has(event))
  if (others.length === 0) return others
  const gone = new Set(after)
  const replaced = new Set(before.filter((event) => !gone.has(event)).map(contentOf))
  return replaced.size === 0 ? others : others.filter((event) => !replaced.has(contentOf(event)))
}

const statusFacts: Readonly<Record<string, string>> = {
  booked: 'shipment.booked',
  cancelled: 'shipment.cancelled',
  delivered: 'shipment.delivered',
  lost: 'shipment.lost',
  out_for_delivery: 'shipment.out_for_delivery',
  picked_up: 'shipment.picked_up',
  returned: 'shipment.returned',
  returning: 'shipment.return_started',
  tendered: 'shipment.tendered',
}

/** What carriers told before anybody said what the shipment carries is news for whoever waits for its delivery or order. */
function linked(before: ShipmentState, after: ShipmentState): Derived[] {
  const { status: stands, progress, proofs, proven } = before.projection
  if (after.references === before.references || (proofs === 0 && !underWay.has(stands))) return []
  const known = new Set(before.references.map(({ scheme, value }) => `${scheme} ${value}`))
  const added = after.references.filter(({ scheme, value }) => loads.has(scheme) && !known.has(`${scheme} ${value}`))
  if (added.length === 0) return []
  const data = { added, status: stands, progress, proofs, proven, references: after.references }
  return [{ rule: 'linked', type: 'shipment.load_linked', data }]
}

/** Schemes of what a shipment carries, as others ask for it. */
const loads: ReadonlySet<string> = new Set(['bol', 'delivery', 'order', 'pro'])

const underWay: ReadonlySet<string> = new Set([
  ...['picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup'],
  ...['delivered', 'returning', 'returned', 'lost', 'disposed'],
])

function recorded(added: readonly StoredEvent[], known: readonly StoredEvent[]): Derived[] {
  if (added.length === 0) return []
  const retracted = added.filter((event) => event.retracted !== undefined)
  const recorded = retracted.length === 0 ? added : added.filter((event) => event.retracted === undefined)
  // Known with more detail already: nobody hears of the same scan twice.
  const told = recorded.filter((event) => !known.some((one) => addsDetail(one, event)))
  const amended = told.filter((event) => known.some((one) => isSameScan(one, event) || addsDetail(event, one)))
  const first = amended.length === 0 ? told : told.filter((event) => !amended.includes(event))
  return [
    ...scans(
      'events',
      'tracking.events_recorded',
      first.filter(({ code }) => code !== 'unknown'),
    ),
    ...scans('amended', 'tracking.event_amended', amended),
    ...scans(
      'unmapped',
      'tracking.event_unmapped',
      first.filter(({ code }) => code === 'unknown'),
    ),
    ...scans('retracted', 'tracking.event_retracted', retracted),
  ]
}

function isSameScan(known: StoredEvent, { id, source }: StoredEvent): boolean {
  return id !== undefined && known.id === id && known.source === source
}

/** Of scans that no id keeps apart. */
function addsDetail(more: StoredEvent, less: StoredEvent): boolean {
  if (more.at !== less.at || more.code !== less.code) return false
  const isBare = more.retracted === undefined && more.id === undefined && less.id === undefined
  return isBare && saysMore({ event: more, package: more.package }, { event: less, package: less.package })
}

function scans(rule: string, type: string, events: readonly StoredEvent[]): Derived[] {
  return events.length === 0 ? [] : [{ rule, type, data: { events: events.map(shown) } }]
}

function shown(event: StoredEvent): Record<string, unknown> {
  const {
    code,
    precision = 'second',
    place,
    raw,
    source,
    classifier,
    package: packageId,
    equipment,
    details,
    stop,
  } = event
  return {
    code,
    occurredAt: toldAt(event),
    precision,
    raw,
    source,
    ...(classifier === undefined ? {} : { classifier }),
    ...(place === undefined ? {} : { place }),
    ...(packageId === undefined ? {} : { package: packageId }),
    ...(equipment === undefined ? {} : { equipment }),
    ...(stop === undefined ? {} : { stop: stop.seq }),
    ...(details === undefined ? {} : { details }),
  }
}

/** A late scan that changes history but not the status is a milestone with `backfilled`. */
function status(was: Projection, is: Projection, shipment: ShipmentState): Derived[] {
  const facts: Derived[] = []
  const at = is.lastEvent === undefined ? {} : { occurredAt: writeInstant(is.lastEvent.at) }
  if (was.status !== is.status) {
    facts.push({
      rule: 'status',
      type: 'shipment.status_changed',
      data: { from: was.status, to: is.status, progress: is.progress },
      ...at,
    })
    const type = statusFacts[is.status]
    if (type !== undefined)
      facts.push({
        rule: is.status,
        type,
        data: { progress: is.progress, proofs: is.proofs, proven: is.proven, references: shipment.references },
        ...at,
      })
  }
  if (is.progress.delivered > was.progress.delivered && is.status !== 'delivered') {
    facts.push({
      rule: 'partially_delivered',
      type: 'shipment.partially_delivered',
      data: { progress: is.progress },
      ...at,
    })
  }
  const fresh = Object.entries(is.milestones).filter(([code, time]) => was.milestones[code] !== time)
  if (fresh.length > 0 && was.status === is.status) {
    const newest = was.lastEvent?.at ?? 0
    const reached = fresh.map(([code, time]) => ({ code, occurredAt: writeInstant(time), backfilled: time < newest }))
    facts.push({ rule: 'milestone', type: 'shipment.milestone_reached', data: { milestones: reached } })
  }
  return facts
}

function packages(was: Projection, is: Projection): Derived[] {
  const changed = Object.entries(is.packages).filter(([id, now]) => was.packages[id] !== now)
  if (changed.length === 0) return []
  return [
    {
      rule: 'packages',
      type: 'package.status_changed',
      data: { packages: changed.map(([id, now]) => ({ id, from: was.packages[id] ?? 'planned', to: now })) },
    },
  ]
}

/** Why exceptions end with this fact, where it is more than that things moved on. */
function endedBy(fact: Fact, added: readonly StoredEvent[]): string | undefined {
  if (fact.type === 'shipment.exception_decided') return 'decided'
  return added.some(({ retracted }) => retracted !== undefined) ? 'retracted' : undefined
}

function exceptions(was: Projection, is: Projection, reason: string | undefined): Derived[] {
  if (was.exceptions.length === 0 && is.exceptions.length === 0) return []
  const before = new Set(was.exceptions.map(({ id }) => id))
  const after = new Set(is.exceptions.map(({ id }) => id))
  const opened = is.exceptions.filter(({ id }) => !before.has(id))
  const stale = opened.some(({ category }) => category === 'tracking_stale')
  return [
    ...opened.map(openedFact),
    ...resolved(
      was.exceptions.filter(({ id }) => !after.has(id)),
      reason,
    ),
    ...(stale ? [{ rule: 'stale', type: 'shipment.tracking_stale', data: {} }] : []),
  ]
}

function openedFact(one: OpenException): Derived {
  const { id, category, severity, since, package: packageId, reason, responsible, detectedBy } = one
  return {
    rule: `opened-${id}`,
    type: 'shipment.exception_opened',
    occurredAt: writeInstant(since),
    data: {
      id,
      category,
      severity,
      detectedBy,
      nextAction: exceptionRules[category].nextAction,
      actionRequired: exceptionRules[category].actionBy,
      ...(packageId === undefined ? {} : { package: packageId }),
      ...(reason === undefined ? {} : { reason }),
      ...(responsible === undefined ? {} : { responsible }),
    },
  }
}

/** One fact for each exception that is over; the reason says who or what ended it, where that was no event. */
export function resolved(over: readonly OpenException[], reason: string | undefined): Derived[] {
  return over.map(({ id, category }) => ({
    rule: `resolved-${id}`,
    type: 'shipment.exception_resolved',
    data: { id, category, ...(reason === undefined ? {} : { reason }) },
  }))
}

function eta(was: Projection, is: Projection): Derived[] {
  if (is.eta === undefined || was.eta?.at === is.eta.at) return []
  const { at, source } = is.eta
  return [
    {
      rule: 'eta',
      type: 'shipment.eta_changed',
      data: { eta: writeInstant(at), source, ...(was.eta === undefined ? {} : { before: writeInstant(was.eta.at) }) },
    },
  ]
}

function proof({
  before,
  after,
  fact,
}: {
  readonly before: ShipmentState
  readonly after: ShipmentState
  readonly fact: Fact
}): Derived[] {
  const { proofs, proven, status: now, progress } = after.projection
  // Proof that came before the packing list: only now is it known what it is a proof of.
  const listed = fact.type === 'shipment.reported' && after.plan.length > before.plan.length
  const documents = documentsOf(after)
  const isNew = proofs > before.projection.proofs || documents.length > documentsOf(before).length
  if (!isNew && !(listed && proofs > 0)) return []
  const delivered = after.projection.milestones.delivered
  const { signedBy } = after.about
  return [
    {
      rule: 'pod',
      type: 'shipment.pod_received',
      ...(fact.occurredAt === undefined ? {} : { occurredAt: fact.occurredAt }),
      data: {
        status: now,
        progress,
        proofs,
        proven,
        documents,
        references: after.references,
        ...(signedBy === undefined ? {} : { signedBy }),
        ...(delivered === undefined ? {} : { deliveredAt: writeInstant(delivered) }),
      },
    },
  ]
}

/** Each document once, sorted: one may come with several scans. */
function documentsOf({ events }: ShipmentState): readonly string[] {
  if (events.every(({ documents }) => documents === undefined)) return []
  return [...new Set(events.flatMap(({ documents }) => documents ?? []))].toSorted()
}

function promise(before: ShipmentState, after: ShipmentState): Derived[] {
  const was = before.about.promise
  const is = after.about.promise
  if (is === undefined || was?.current.to === is.current.to || was === undefined) return []
  return [{ rule: 'promise', type: 'shipment.promise_changed', data: { initial: is.initial, current: is.current } }]
}
