import { writeInstant } from '../../base/instant.ts'
import { lastOfDay } from '../event-time.ts'
import { codePosition, effectOf, ended, noEffectRank, statusRank } from './codes.ts'
import { saysMore } from './detail.ts'
import type { PackageFinder } from './packages.ts'
import type { StoredEvent } from './state.ts'

/** An event that counts, with where it sorts. */
export interface Ranked {
  readonly event: StoredEvent
  /** The package that it is about; undefined when it speaks of the whole shipment. */
  readonly package: string | undefined
  /** Milliseconds; judged at `received` when its time lies a little in the future and its offset is not known. */
  readonly at: number
  readonly rank: number
  /** Same content, said earlier or by somebody else. */
  readonly duplicate: boolean
  readonly future: boolean
}

const minute = 60_000
const day = 86_400_000

/**
 * The dedupe ladder (model.md 7.5), a function of the set of events. First per (source, source event id) the newest version, a
 * retraction winning a tie; then events of equal content collapse, and those that say the same with less detail; then those that another
 * source says within five minutes.
 */
export function rank(events: readonly StoredEvent[], packageOf: PackageFinder = itself): readonly Ranked[] {
  const placed = whereItWas(newest(events)).map((event) => place(event, packageOf(event.package)))
  const ranked = placed.length < 2 ? placed : placed.toSorted(compare)
  const [first] = ranked
  const several = ranked.some(({ event }) => event.source !== first?.event.source)
  const repeats = ranked.length > fewEvents ? repetitions() : repetitionsOfFew()
  const firsts: Ranked[] = []
  return ranked.map((one, at) => {
    const duplicate = repeats(one) || isVaguer(ranked, at) || (several && saidBefore(one, firsts))
    if (!duplicate) firsts.push(one)
    return duplicate ? { ...one, duplicate } : one
  })
}

/** Tells whether an event of the same content was shown to it before. */
function repetitions(): (one: Ranked) => boolean {
  const seen = new Set<string>()
  return (one) => {
    const { size } = seen
    return seen.add(keyOf(one)).size === size
  }
}

/** The same for few: a parcel has hardly two scans of one code, so that mostly nothing needs to be written down. */
function repetitionsOfFew(): (one: Ranked) => boolean {
  const seen: Ranked[] = []
  return (one) => {
    const isKnown = seen.some((other) => other.event.code === one.event.code && keyOf(other) === keyOf(one))
    seen.push(one)
    return isKnown
  }
}

const fewEvents = 16

/** The time as it was told: the same instant, with the offset of its sender. */
export function toldAt({ at, offset }: Pick<StoredEvent, 'at' | 'offset'>): string {
  if (offset === undefined) return writeInstant(at)
  const minutes = (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)))
  return `${writeInstant(at + minutes * minute).slice(0, -1)}${offset}`
}

/** Everything that a report says, the receiving time and the wording apart: equal text, equal report. Documents are collected. */
export function contentOf(event: StoredEvent): string {
  const { code, at, precision, source, raw, id, sequence, updated, place: where, country, stop, reason } = event
  const said = `${source}|${id ?? ''}|${code}|${raw}|${at}|${event.offset ?? ''}|${precision ?? ''}|${where ?? ''}|${country ?? ''}`
  const about = `${event.package ?? ''}|${event.equipment === undefined ? '' : `${event.equipment}|`}${event.classifier ?? ''}|${event.retracted ?? ''}`
  const order = `${sequence ?? ''}|${updated ?? ''}|${stop === undefined ? '' : `${stop.seq}${stop.final ?? ''}`}`
  const because = reason === undefined ? '' : `${reason.category}|${reason.code ?? ''}|${reason.responsible ?? ''}`
  const located = event.geo === undefined ? '' : `|${event.geo.lat} ${event.geo.lon}`
  const details = event.details === undefined ? '' : `|${JSON.stringify(event.details)}`
  return `${said}|${about}|${order}|${because}${located}${details}`
}

/** Whether two reports have the same content, without writing it down. */
export function sameContent(a: StoredEvent, b: StoredEvent): boolean {
  return (
    a.at === b.at &&
    a.code === b.code &&
    a.source === b.source &&
    a.id === b.id &&
    a.raw === b.raw &&
    a.offset === b.offset &&
    a.precision === b.precision &&
    a.place === b.place &&
    a.country === b.country &&
    a.geo?.lat === b.geo?.lat &&
    a.geo?.lon === b.geo?.lon &&
    a.package === b.package &&
    a.equipment === b.equipment &&
    a.classifier === b.classifier &&
    a.retracted === b.retracted &&
    a.sequence === b.sequence &&
    a.updated === b.updated &&
    a.stop?.seq === b.stop?.seq &&
    a.stop?.final === b.stop?.final &&
    a.reason?.category === b.reason?.category &&
    a.reason?.code === b.reason?.code &&
    a.reason?.responsible === b.reason?.responsible &&
    (a.details === b.details || JSON.stringify(a.details) === JSON.stringify(b.details))
  )
}

function itself(number: string | undefined): string | undefined {
  return number
}

function newest(events: readonly StoredEvent[]): readonly StoredEvent[] {
  if (events.every(({ id }) => id === undefined)) return events.filter(({ retracted }) => retracted === undefined)
  const byId = new Map<string, StoredEvent>()
  const others: StoredEvent[] = []
  for (const event of events) {
    if (event.id === undefined) {
      others.push(event)
      continue
    }
    const key = `${event.source} ${event.id}`
    const known = byId.get(key)
    if (known === undefined || wins(event, known)) byId.set(key, event)
  }
  return [...others, ...byId.values()].filter(({ retracted }) => retracted === undefined)
}

/**
 * A container is in one place at a time: of two that its source names for the same move at the same moment the newer word counts. Its id does not
 * show it, because terminals give none and the place is a part of ours: gates of several depots are several moves.
 */
function whereItWas(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const moved = events.filter(({ id, equipment, place, precision }) => {
    return id !== undefined && equipment !== undefined && place !== undefined && precision !== 'date'
  })
  if (moved.length < 2) return events
  const corrected = new Set<StoredEvent>()
  for (const one of moved)
    for (const other of moved) if (isElsewhere(one, other) && wins(other, one)) corrected.add(one)
  return corrected.size === 0 ? events : events.filter((one) => !corrected.has(one))
}

function isElsewhere(one: StoredEvent, other: StoredEvent): boolean {
  return (
    one.place !== other.place &&
    one.id !== other.id &&
    one.at === other.at &&
    one.code === other.code &&
    one.equipment === other.equipment &&
    one.package === other.package &&
    one.source === other.source &&
    one.classifier === other.classifier
  )
}

function wins(a: StoredEvent, b: StoredEvent): boolean {
  const difference = (a.updated ?? a.received) - (b.updated ?? b.received)
  if (difference !== 0) return difference > 0
  if ((a.retracted ?? false) !== (b.retracted ?? false)) return a.retracted === true
  return contentOf(a) > contentOf(b)
}

function place(event: StoredEvent, packageId: string | undefined): Ranked {
  const actual = event.classifier === undefined
  const { status } = actual ? effectOf(event.code) : {}
  const start = event.at
  const ahead = actual ? start - event.received : 0
  const future = ahead > (event.zoneless === true ? 14 * 60 : 15) * minute
  const toItsEnd = event.precision === 'date' && status !== undefined && ended.has(status)
  return {
    event,
    package: packageId,
    at: !future && ahead > 15 * minute ? event.received : toItsEnd ? start + lastOfDay : start,
    rank: status === undefined ? noEffectRank : statusRank[status],
    duplicate: false,
    future,
  }
}

/** (time, rank of the effect, position of the code, sequence, content): total, and never the order of arrival. */
function compare(a: Ranked, b: Ranked): number {
  return (
    a.at - b.at ||
    a.rank - b.rank ||
    (codePosition.get(a.event.code) ?? 999) - (codePosition.get(b.event.code) ?? 999) ||
    (a.event.sequence ?? 0) - (b.event.sequence ?? 0) ||
    byContent(contentOf(a.event), contentOf(b.event))
  )
}

function byContent(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Equal for reports of equal content. */
function keyOf({ event, package: packageId }: Ranked): string {
  const at = event.precision === 'date' ? localDay(event) : String(Math.floor(event.at / minute))
  const what = event.code === 'unknown' ? `unknown:${event.raw}` : event.code
  return `${packageId ?? event.equipment ?? ''}|${what}|${event.classifier ?? 'actual'}|${at}|${event.place?.toLowerCase() ?? ''}|${event.stop?.seq ?? ''}`
}

/** Whether the same scan is told with more detail. What is of one moment stands together. */
function isVaguer(ranked: readonly Ranked[], index: number): boolean {
  const one = ranked[index]
  if (one === undefined) return false
  for (const step of [-1, 1])
    for (let beside = index + step; ; beside += step) {
      const other = ranked[beside]
      if (other?.at !== one.at) break
      if (saysMore(other, one)) return true
    }
  return false
}

/** The day as it was written, at the place of the event. */
function localDay(event: StoredEvent): string {
  return (event.local ?? toldAt(event)).slice(0, 10)
}

/** Another source said it first. Never chained: only events that are no duplicates themselves are compared with. */
function saidBefore(one: Ranked, firsts: readonly Ranked[]): boolean {
  for (let i = firsts.length - 1; i >= 0; i--) {
    const other = firsts[i]
    if (other === undefined || one.at - other.at > 2 * day) return false
    if (equivalent(one, other)) return true
  }
  return false
}

function equivalent(one: Ranked, other: Ranked): boolean {
  const a = one.event
  const b = other.event
  if (a.source === b.source || one.package !== other.package || a.classifier !== b.classifier) return false
  if (a.code === 'unknown' || !sameMeaning(a, b)) return false
  if (a.stop !== undefined && b.stop !== undefined && a.stop.seq !== b.stop.seq) return false
  if (a.country !== undefined && b.country !== undefined && a.country !== b.country) return false
  if (a.precision === 'date' || b.precision === 'date') return localDay(a) === localDay(b)
  return Math.abs(one.at - other.at) <= 5 * minute
}

/** A scan that says that something is wrong is not the same as one that merely leads to the same status. */
function sameMeaning(a: StoredEvent, b: StoredEvent): boolean {
  if (a.code === b.code) return true
  if (a.reason !== undefined || b.reason !== undefined) return false
  const one = effectOf(a.code)
  const other = effectOf(b.code)
  if (one.exception !== undefined || other.exception !== undefined) return false
  return one.status !== undefined && one.status === other.status
}
