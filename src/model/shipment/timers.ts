import { readInstant, writeInstant } from '../../base/instant.ts'
import type { TimerChange } from '../fact.ts'
import { type ExceptionCategory, ended, type ShipmentStatus } from './codes.ts'
import type { Said } from './state.ts'
import { tenderWord } from './tender.ts'

/** Expectations by the exception that opens when they are missed, with their due times, ms. */
export type Expected = Partial<Record<Expectation, number>>

/** What should happen by a certain time, named after the exception that opens when it does not. */
export type Expectation = Extract<
  ExceptionCategory,
  | 'late_vs_promise'
  | 'missing_pod'
  | 'missing_tracking_number'
  | 'scan_without_ship_confirm'
  | 'shipped_without_scan'
  | 'tender_unanswered'
  | 'tracking_stale'
>

/** What expectations depend on. All times in ms. */
export interface Standing {
  readonly status: ShipmentStatus
  /** When the newest scan was received that says where the goods are. */
  readonly heard: number | undefined
  readonly custodySince: number | undefined
  readonly deliveredAt: number | undefined
  readonly proven: boolean
}

interface Silence {
  /** Hours: label → custody, silence on the way, out for delivery → end, delivered → proof. */
  readonly custody: number
  readonly transit: number
  readonly lastMile: number
  readonly proof: number
  /** Positions and readings say where the goods are. */
  readonly positions?: true
}

const parcel: Silence = { custody: 24, transit: 48, lastMile: 18, proof: 24 }
const road: Silence = { custody: 2, transit: 24, lastMile: 8, proof: 24, positions: true }
const rail: Silence = { custody: 24, transit: 72, lastMile: 24, proof: 48 }

/** How long silence is normal, by mode (model.md 7.7, start values). */
const silences: Readonly<Record<string, Silence>> = {
  parcel,
  courier: parcel,
  ltl: { custody: 8, transit: 24, lastMile: 12, proof: 24 },
  ftl: road,
  drayage: road,
  own_fleet: road,
  rail,
  intermodal: rail,
  air: { custody: 12, transit: 24, lastMile: 24, proof: 48 },
  ocean: { custody: 24, transit: 168, lastMile: 120, proof: 72, positions: true },
}

const minute = 60_000
const hour = 60 * minute

/** What should happen next and by when: due times come from the anchor fact, never from the moment of processing. */
export function expected(said: Said, standing: Standing): Expected {
  const silence = silenceOf(said)
  const { status, proven, deliveredAt } = standing
  const moot = status === 'delivered' || status === 'cancelled' || status === 'returned' || status === 'disposed'
  const due: Expected = {}
  const by = (name: Expectation, at: number | undefined): void => {
    if (at !== undefined) due[name] = at
  }
  if (status === 'delivered' && !proven && deliveredAt !== undefined)
    by('missing_pod', deliveredAt + silence.proof * hour)
  if (moot) return due
  const promised = said.about.promise?.current.to
  by('late_vs_promise', promised === undefined ? undefined : readInstant(promised))
  if (ended.has(status)) return due
  const respondBy = tenderWord(said) === 'tendered' ? said.about.respondBy : undefined
  by('tender_unanswered', respondBy === undefined ? undefined : readInstant(respondBy))
  by('tracking_stale', nextScan(said, standing, silence))
  const confirmed = firstOf(said, 'packed')
  if (confirmed !== undefined && standing.custodySince === undefined) by('shipped_without_scan', confirmed + 24 * hour)
  if (confirmed === undefined && standing.custodySince !== undefined && isFromWarehouse(said))
    by('scan_without_ship_confirm', standing.custodySince + 24 * hour)
  const manifested = confirmed ?? firstOf(said, 'label_created')
  if (manifested !== undefined && !hasNumber(said)) by('missing_tracking_number', manifested + 15 * minute)
  return due
}

/** Those that were missed and still are: nothing has come since that would have moved their due time. */
export function overdue(said: Said, due: Expected): [Expectation, number][] {
  return (Object.entries(due) as [Expectation, number][]).filter(([name, at]) => (said.missed[name] ?? 0) >= at)
}

/**
 * Arms and disarms. A timer that is armed for earlier than needed is left alone: when it fires, it is found to be early and armed
 * anew. So a shipment with ten scans writes one timer, not ten. One that was missed is not armed again for the same time.
 */
export function armed(
  before: Readonly<Record<string, number>>,
  said: Pick<Said, 'missed'>,
  due: Expected,
): { readonly armed: Readonly<Record<string, number>>; readonly changes: TimerChange[] } {
  let after: Record<string, number> | undefined
  const changes: TimerChange[] = []
  for (const [name, at] of Object.entries(due)) {
    const now = before[name]
    if ((now !== undefined && now <= at) || (said.missed[name] ?? 0) >= at) continue
    changes.push({ name, at: writeInstant(at) })
    after ??= { ...before }
    after[name] = at
  }
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(due, name)) continue
    changes.push({ name, at: null })
    after ??= { ...before }
    delete after[name]
  }
  return { armed: after ?? before, changes }
}

/** Whether a code says where the goods are: positions and readings do so only in modes that are followed by them. */
export function isHeard(code: string, said: Pick<Said, 'about'>): boolean {
  if (code === 'unknown') return false
  return (code !== 'position_updated' && code !== 'sensor_reading') || silenceOf(said).positions === true
}

function silenceOf({ about }: Pick<Said, 'about'>): Silence {
  return silences[about.mode ?? 'parcel'] ?? parcel
}

/** A pickup that is planned is awaited from then on, whatever was heard before. */
function nextScan(said: Said, { status, heard }: Standing, silence: Silence): number | undefined {
  const before = status === 'planned' || status === 'tendered' || status === 'booked'
  const planned = before && said.about.plannedPickup !== undefined ? readInstant(said.about.plannedPickup) : undefined
  const anchor = Math.max(heard ?? 0, planned ?? 0)
  if (anchor === 0) return undefined
  const hours = before ? silence.custody : status === 'out_for_delivery' ? silence.lastMile : silence.transit
  return anchor + hours * hour
}

function firstOf(said: Said, event: Said['plan'][number]['event']): number | undefined {
  return said.plan.find((one) => one.event === event)?.at
}

/** Known by a delivery of a warehouse, whose word on what has left is still to come. */
function isFromWarehouse(said: Said): boolean {
  return said.references.some(({ scheme }) => scheme === 'delivery')
}

function hasNumber(said: Said): boolean {
  return (
    said.references.some(({ scheme }) => scheme === 'tracking_number') ||
    said.packages.some(({ trackingNumber }) => trackingNumber !== undefined)
  )
}
