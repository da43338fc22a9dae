import { readInstant } from '../../base/instant.ts'
import type { Fact, Reference } from '../fact.ts'
import type { ShipmentReport, TrackingReport } from '../report.ts'
import { effectOf } from './codes.ts'
import { keepEvents, storedEvent } from './events.ts'
import { joinExchanges } from './exchange.ts'
import { joinMasters, joinPackages } from './packages.ts'
import {
  type Decision,
  type Estimate,
  listMax,
  type PlanEntry,
  type Said,
  type ShipmentAbout,
  type Summary,
} from './state.ts'

/** Adds what a carrier reported. What is known already changes nothing but an earlier receiving time. */
export function absorbTracking(said: Said, fact: Fact, report: TrackingReport): Said {
  const received = readInstant(fact.recordedAt) ?? 0
  const from = { received, source: fact.source }
  // Never later than it came: a clock that runs ahead must not have the last word for ever.
  const written = Math.min(readInstant(report.updatedAt ?? '') ?? received, received)
  const events = report.events
    .filter(({ code }) => effectOf(code).routed === undefined)
    .map((event) => storedEvent(event, from))
  const { carrier, service, signedBy, weightGrams, summary } = report
  const names = named(report)
  const told = tell(said, [
    // Who plans the shipment knows its carrier better than the carrier's own feed.
    ['carrier', carrier, 0],
    ['service', service, written],
    ['signedBy', signedBy, written],
    ['weightGrams', weightGrams, written],
  ])
  const status = summary === undefined ? undefined : effectOf(summary.code).status
  return {
    ...said,
    ...told,
    ...keepEvents(said, events),
    plan: joinPlan(said.plan, tenders(report)),
    estimates: newestEstimates(said.estimates, estimatesIn(report, { received: written, source: fact.source })),
    summaries:
      summary === undefined || status === undefined
        ? said.summaries
        : newestSummaries(said.summaries, [
            {
              about: names.length === 1 ? (names[0] ?? '') : '',
              status,
              rawCode: summary.rawCode,
              at: events.reduce((newest, event) => Math.max(newest, event.at), 0) || received,
            },
          ]),
    signed: signedBy === undefined ? said.signed : [...new Set([...said.signed, ...names])].toSorted(),
  }
}

/** Adds what a TMS, WMS or ERP says about the shipment as a whole. */
export function absorbReport(said: Said, fact: Fact, report: ShipmentReport): Said {
  const at = readInstant(fact.occurredAt ?? fact.recordedAt) ?? 0
  const { carrier, service, mode, direction, shipTo, stops, plannedPickup, respondBy, equipment, booking } = report
  const { ports, cutOffs } = report
  const { event } = report
  return {
    ...said,
    ...tell(said, [
      // Who answers an offer does not say who the offer is for.
      ['carrier', carrier, answering.has(event) ? 0 : at],
      ['service', service, at],
      ['mode', mode, at],
      ['direction', direction, at],
      ['shipTo', shipTo, at],
      ['stops', stops, at],
      ['plannedPickup', plannedPickup, at],
      ['respondBy', respondBy, at],
      ['equipment', equipment, at],
      ['ports', ports, at],
      ['cutOffs', cutOffs, at],
      ['booking', booking, at],
      ['promise', report.promise === undefined ? undefined : { initial: report.promise, current: report.promise }, at],
    ]),
    plan: joinPlan(said.plan, [planEntry(report, at)]),
    packages: joinPackages(said.packages, report.packages ?? []),
    ...joinMasters(said.masters, report.masterNumbers),
  }
}

/** An answer is that of whoever gave it: another carrier may have the load by now. */
function planEntry({ event, carrier, conditions }: ShipmentReport, at: number): PlanEntry {
  const isNamed = carrier !== undefined && (answering.has(event) || event === 'tender_expired')
  return { event, at, ...(isNamed ? { carrier } : {}), ...(conditions === undefined ? {} : { conditions }) }
}

const answering: ReadonlySet<string> = new Set(['tender_accepted', 'tender_countered', 'tender_declined'])

/** Takes over everything that was said about a shipment that turned out to be this one. */
export function absorbShipment(said: Said, other: Said): Said {
  const fields = Object.entries(other.about) as [keyof ShipmentAbout, ShipmentAbout[keyof ShipmentAbout]][]
  const missed = { ...said.missed }
  for (const [timer, due] of Object.entries(other.missed)) missed[timer] = Math.max(missed[timer] ?? 0, due)
  return {
    ...said,
    ...tell(
      said,
      fields.map(([name, value]) => [name, value, other.told[name] ?? 0, other.told.promised]),
    ),
    references: addReferences(said.references, other.references),
    ...keepEvents(said, other.events),
    ...(other.crowded === true ? { crowded: true as const } : {}),
    plan: joinPlan(said.plan, other.plan),
    packages: joinPackages(said.packages, other.packages),
    ...joinMasters(said.masters, other.masters),
    missed,
    decided: other.decided.reduce(decide, said.decided),
    estimates: newestEstimates(said.estimates, other.estimates),
    summaries: newestSummaries(said.summaries, other.summaries),
    signed: [...new Set([...said.signed, ...other.signed])].toSorted(),
    ...(other.exchanges === undefined ? {} : { exchanges: joinExchanges(said.exchanges ?? [], other.exchanges) }),
  }
}

/** The known ones, then those that differ in scheme, issuer or value; what exceeds `listMax` is left out. */
export function addReferences(known: readonly Reference[], added: readonly Reference[]): readonly Reference[] {
  const fresh = added.filter(
    (one) =>
      !known.some((other) => other.scheme === one.scheme && other.issuer === one.issuer && other.value === one.value),
  )
  return fresh.length === 0 ? known : [...known, ...fresh].slice(0, listMax)
}

/** The first decision about an exception stands. */
export function decide(known: readonly Decision[], decision: Decision): readonly Decision[] {
  const before = known.find(({ exception }) => exception === decision.exception)
  if (before === undefined) return [...known, decision].slice(-listMax)
  return before.at <= decision.at ? known : known.map((one) => (one === before ? decision : one))
}

type Word = readonly [
  name: keyof ShipmentAbout,
  value: ShipmentAbout[keyof ShipmentAbout],
  at: number,
  /** For a promise taken over: when the initial one was given. */
  first?: number | undefined,
]

/** The newest word on each field counts, whenever it came; of two words of one instant the greater text. */
function tell(said: Said, words: readonly Word[]): Pick<Said, 'about' | 'told'> {
  const about: Record<string, unknown> = { ...said.about }
  const told: Record<string, number> = { ...said.told }
  for (const [name, value, at, first] of words) {
    if (value === undefined) continue
    const before = about[name]
    if (before === undefined || newer({ value: wordOf(value), at }, { value: wordOf(before), at: told[name] ?? 0 })) {
      about[name] = value
      if (at > 0) told[name] = at
    }
    if (name === 'promise') promise({ about, told, before, value, at: first ?? at })
  }
  return { about, told }
}

/** What two words are compared by: of a promise, what is promised now. */
function wordOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'current' in value ? value.current : value
}

/** The initial promise is the earliest one ever given, so that nobody re-bases it silently. */
function promise(input: {
  readonly about: Record<string, unknown>
  readonly told: Record<string, number>
  readonly before: unknown
  readonly value: unknown
  readonly at: number
}): void {
  const { about, told, at } = input
  const known = input.before as ShipmentAbout['promise'] | undefined
  const said = input.value as NonNullable<ShipmentAbout['promise']>
  const { current } = about.promise as NonNullable<ShipmentAbout['promise']>
  const since = told.promised ?? Number.POSITIVE_INFINITY
  const earlier = known === undefined || !newer({ value: said.initial, at }, { value: known.initial, at: since }, true)
  about.promise = { initial: earlier ? said.initial : known.initial, current }
  if (earlier) told.promised = at
}

function newer(
  one: { readonly value: unknown; readonly at: number },
  other: { readonly value: unknown; readonly at: number },
  orEqual = false,
): boolean {
  if (one.at !== other.at) return one.at > other.at
  const [a, b] = [JSON.stringify(one.value), JSON.stringify(other.value)]
  return orEqual ? a >= b : a > b
}

/** What a message speaks of: the packages that its scans name; empty text where one names none, or there is no scan. */
function named({ events }: TrackingReport): readonly string[] {
  return events.length === 0 ? [''] : [...new Set(events.map((event) => event.package ?? ''))]
}

/** Answers to a tender are planning, whoever reports them; they leave no scan. */
function tenders(report: TrackingReport): PlanEntry[] {
  return report.events
    .filter(({ code, classifier }) => classifier === 'actual' && code.startsWith('tender_'))
    .map(({ code, occurredAt }) => ({
      event: code === 'tender_accepted' ? 'tender_accepted' : 'tender_declined',
      at: readInstant(occurredAt.at) ?? 0,
    }))
}

function joinPlan(known: readonly PlanEntry[], added: readonly PlanEntry[]): readonly PlanEntry[] {
  const fresh = added.filter(
    (entry) => !known.some((one) => one.event === entry.event && one.at === entry.at && one.carrier === entry.carrier),
  )
  if (fresh.length === 0) return known
  return [...known, ...fresh].toSorted((a, b) => a.at - b.at || (nameOf(a) < nameOf(b) ? -1 : 1)).slice(-listMax)
}

function nameOf({ event, carrier = '' }: PlanEntry): string {
  return `${event} ${carrier}`
}

/** An estimate counts for the consignee, at the final stop only. */
function estimatesIn(report: TrackingReport, told: { readonly received: number; readonly source: string }): Estimate[] {
  const found: Estimate[] = []
  const add = (text: string, updated?: string, stop?: number): void => {
    const at = readInstant(text)
    const when = updated === undefined ? undefined : readInstant(updated)
    if (at === undefined) return
    found.push({ source: told.source, at, told: when ?? told.received, ...(stop === undefined ? {} : { stop }) })
  }
  if (report.estimatedDelivery !== undefined) add(report.estimatedDelivery.at)
  for (const { classifier, code, stop, occurredAt, updatedAt, action } of report.events) {
    const isEstimate = classifier === 'estimated' && (code === 'delivered' || code === 'eta_updated')
    if (isEstimate && action !== 'retract' && stop?.final !== false)
      add(occurredAt.at, updatedAt, stop?.final === undefined ? stop?.seq : undefined)
  }
  return found
}

function newestEstimates(known: readonly Estimate[], added: readonly Estimate[]): readonly Estimate[] {
  return added.reduce((list, one) => {
    const before = list.find(({ source, stop }) => source === one.source && stop === one.stop)
    if (before === undefined) return [...list, one].slice(0, listMax)
    const isNewer = one.told > before.told || (one.told === before.told && one.at > before.at)
    return isNewer ? list.map((other) => (other === before ? one : other)) : list
  }, known)
}

function newestSummaries(known: readonly Summary[], added: readonly Summary[]): readonly Summary[] {
  return added.reduce((list, one) => {
    const before = list.find(({ about }) => about === one.about)
    if (before === undefined) return [...list, one].toSorted(byAbout).slice(0, listMax)
    const isNewer = one.at > before.at || (one.at === before.at && one.rawCode > before.rawCode)
    return isNewer ? list.map((other) => (other === before ? one : other)) : list
  }, known)
}

function byAbout(a: Summary, b: Summary): number {
  return a.about < b.about ? -1 : 1
}
