import { readInstant } from '../../base/instant.ts'
import type { Fact, Reference } from '../fact.ts'
import type { ReportedEvent, ShipmentReport, TrackingReport } from '../report.ts'
import { effectOf } from './codes.ts'
import { sameEvent } from './ladder.ts'
import {
  eventsMax,
  type PlanEntry,
  type ShipmentAbout,
  type ShipmentState,
  type StoredEvent,
  type StoredPackage,
} from './state.ts'

type Said = Omit<ShipmentState, 'projection'>

/** Adds what a carrier reported. What is known already changes nothing but an earlier receiving time. */
export function absorbTracking(said: Said, fact: Fact, report: TrackingReport): Said {
  const received = readInstant(fact.recordedAt) ?? 0
  const events = union(
    said.events,
    report.events.map((event) => storedEvent(event, { received, source: fact.source })),
  )
  const about = {
    ...said.about,
    ...defined({
      carrier: said.about.carrier ?? report.carrier,
      service: report.service ?? said.about.service,
      signedBy: report.signedBy ?? said.about.signedBy,
      weightGrams: report.weightGrams ?? said.about.weightGrams,
    }),
  }
  const status = report.summary === undefined ? undefined : effectOf(report.summary.code).status
  const summary =
    status === undefined || report.summary === undefined
      ? said.summary
      : { status, rawCode: report.summary.rawCode, told: received }
  const newer = said.summary === undefined || summary === undefined || summary.told >= said.summary.told
  return {
    ...said,
    events,
    about,
    estimates: estimates(said, report, { received, source: fact.source }),
    ...(newer && summary !== undefined ? { summary } : {}),
  }
}

/** Adds what a TMS, WMS or ERP says about the shipment as a whole. */
export function absorbReport(said: Said, fact: Fact, report: ShipmentReport): Said {
  const at = readInstant(fact.occurredAt ?? fact.recordedAt) ?? 0
  const entry: PlanEntry = { event: report.event, at }
  const known = said.plan.some((one) => one.event === entry.event && one.at === entry.at)
  const about: ShipmentAbout = {
    ...said.about,
    ...defined({
      carrier: report.carrier ?? said.about.carrier,
      service: report.service ?? said.about.service,
      mode: report.mode ?? said.about.mode,
      direction: report.direction ?? said.about.direction,
      shipTo: report.shipTo ?? said.about.shipTo,
      stops: report.stops ?? said.about.stops,
      plannedPickup: report.plannedPickup ?? said.about.plannedPickup,
      promise:
        report.promise === undefined
          ? said.about.promise
          : { initial: said.about.promise?.initial ?? report.promise, current: report.promise },
    }),
  }
  return {
    ...said,
    about,
    plan: known ? said.plan : [...said.plan, entry],
    packages: mergePackages(said.packages, report.packages ?? []),
  }
}

/** Takes over everything that was said about a shipment that turned out to be this one. */
export function absorbShipment(said: Said, other: Said): Said {
  return {
    ...said,
    references: addReferences(said.references, other.references),
    events: union(said.events, other.events),
    plan: [
      ...said.plan,
      ...other.plan.filter((entry) => !said.plan.some((one) => one.event === entry.event && one.at === entry.at)),
    ],
    packages: mergePackages(said.packages, other.packages),
    missed: [...said.missed, ...other.missed],
    decided: [...said.decided, ...other.decided],
    estimates: [...said.estimates, ...other.estimates],
    about: { ...other.about, ...said.about },
    ...(said.summary === undefined && other.summary !== undefined ? { summary: other.summary } : {}),
  }
}

export function addReferences(known: readonly Reference[], added: readonly Reference[]): readonly Reference[] {
  const fresh = added.filter(
    (one) =>
      !known.some((other) => other.scheme === one.scheme && other.issuer === one.issuer && other.value === one.value),
  )
  return fresh.length === 0 ? known : [...known, ...fresh]
}

function storedEvent(event: ReportedEvent, { received, source }: { received: number; source: string }): StoredEvent {
  const {
    code,
    occurredAt,
    classifier,
    action,
    sourceEventId,
    sequence,
    updatedAt,
    place,
    reason,
    raw,
    stop,
    documents,
  } = event
  const where =
    place === undefined ? '' : [place.name, place.city, place.region, place.country].filter(Boolean).join(', ')
  const updated = updatedAt === undefined ? undefined : readInstant(updatedAt)
  return {
    code,
    time: occurredAt,
    received,
    source,
    raw: raw.subcode === undefined ? (raw.code ?? '') : `${raw.code ?? ''}/${raw.subcode}`,
    ...(classifier === 'actual' ? {} : { classifier }),
    ...(action === 'retract' ? { retracted: true as const } : {}),
    ...(where === '' ? {} : { place: where }),
    ...(reason === undefined
      ? {}
      : {
          reason: {
            category: reason.category,
            ...defined({ code: reason.sourceCode, responsible: reason.responsible }),
          },
        }),
    ...(documents === undefined || documents.length === 0 ? {} : { documents: documents.map(({ sha256 }) => sha256) }),
    ...defined({
      id: sourceEventId,
      sequence,
      updated,
      country: place?.country,
      text: raw.text?.slice(0, 200),
      package: event.package,
      stop,
    }),
  }
}

function union(known: readonly StoredEvent[], added: readonly StoredEvent[]): readonly StoredEvent[] {
  let events: StoredEvent[] | undefined
  for (const event of added) {
    const list = events ?? known
    const at = list.findIndex((one) => sameEvent(one, event))
    const found = list[at]
    if (found === undefined) events = [...list, event]
    else if (event.received < found.received) events = list.with(at, { ...found, received: event.received })
  }
  if (events === undefined) return known
  return events.length <= eventsMax ? events : trimmed(events)
}

/** Positions and sensor readings go first, the oldest of them before the newer ones. */
function trimmed(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const minor = events
    .filter(({ code }) => code === 'position_updated' || code === 'sensor_reading' || code === 'info')
    .toSorted((a, b) => (a.time.at < b.time.at ? -1 : 1))
  const dropped = new Set((minor.length > 0 ? minor : events).slice(0, events.length - eventsMax))
  return events.filter((event) => !dropped.has(event))
}

function estimates(
  said: Said,
  report: TrackingReport,
  { received, source }: { received: number; source: string },
): Said['estimates'] {
  const told = report.estimatedDelivery === undefined ? [] : [report.estimatedDelivery.at]
  const scheduled = report.events
    .filter(({ classifier, code }) => classifier === 'estimated' && (code === 'delivered' || code === 'eta_updated'))
    .map(({ occurredAt }) => occurredAt.at)
  let list = said.estimates
  for (const text of [...told, ...scheduled]) {
    const at = readInstant(text)
    if (at === undefined) continue
    const before = list.find((one) => one.source === source)
    if (before === undefined) list = [...list, { source, at, told: received }]
    else if (received >= before.told && before.at !== at)
      list = list.map((one) => (one === before ? { source, at, told: received } : one))
  }
  return list
}

function mergePackages(
  known: readonly StoredPackage[],
  told: NonNullable<ShipmentReport['packages']> | readonly StoredPackage[],
): readonly StoredPackage[] {
  let list = known
  for (const one of told) {
    const before = list.find(({ id }) => id === one.id)
    const after: StoredPackage = {
      ...before,
      id: one.id,
      ...defined({ sscc: one.sscc, trackingNumber: one.trackingNumber, weightGrams: one.weightGrams }),
      ...(one.cancelled === true ? { cancelled: true as const } : {}),
    }
    list = before === undefined ? [...list, after] : list.map((other) => (other === before ? after : other))
  }
  return list
}

/** Without the members that are undefined: they are not said, which differs from being said to be nothing. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
