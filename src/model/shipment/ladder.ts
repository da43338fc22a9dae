import { sortAt } from '../event-time.ts'
import { codePosition, effectOf, ended, noEffectRank, statusRank } from './codes.ts'
import type { StoredEvent } from './state.ts'

/** An event that counts, with where it sorts. */
export interface Ranked {
  readonly event: StoredEvent
  /** Milliseconds; judged at `received` when its time lies a little in the future and its offset is not known. */
  readonly at: number
  readonly rank: number
  /** Same content, said by somebody of higher priority or earlier. */
  readonly duplicate: boolean
  readonly future: boolean
}

const minute = 60_000

/**
 * The dedupe ladder (model.md 7.5), a function of the set of events. First per (source, source event id) the newest version, a
 * retraction winning a tie; then events of equal content collapse; then those that another source says within five minutes.
 */
export function rank(events: readonly StoredEvent[], sources: readonly string[] = []): Ranked[] {
  const ranked = newest(events).map(place).toSorted(compare)
  const seen = new Set<string>()
  const firsts: Ranked[] = []
  return ranked.map((one) => {
    const key = contentKey(one.event)
    const duplicate = seen.has(key) || firsts.some((other) => equivalent(one, other, sources))
    seen.add(key)
    if (!duplicate) firsts.push(one)
    return duplicate ? { ...one, duplicate } : one
  })
}

/** Whether two reports say the very same thing; the receiving time does not count. */
export function sameEvent(a: StoredEvent, b: StoredEvent): boolean {
  return (
    a.time.at === b.time.at &&
    a.code === b.code &&
    a.raw === b.raw &&
    a.source === b.source &&
    a.id === b.id &&
    a.updated === b.updated &&
    a.place === b.place &&
    a.package === b.package &&
    a.retracted === b.retracted &&
    a.classifier === b.classifier &&
    a.time.precision === b.time.precision &&
    a.sequence === b.sequence &&
    a.stop?.seq === b.stop?.seq &&
    a.reason?.category === b.reason?.category
  )
}

function newest(events: readonly StoredEvent[]): StoredEvent[] {
  const byId = new Map<string, StoredEvent>()
  const others: StoredEvent[] = []
  for (const event of events) {
    if (event.id === undefined) {
      if (event.retracted === undefined) others.push(event)
      continue
    }
    const key = `${event.source} ${event.id}`
    const known = byId.get(key)
    if (known === undefined || wins(event, known)) byId.set(key, event)
  }
  for (const event of byId.values()) if (event.retracted === undefined) others.push(event)
  return others
}

function wins(a: StoredEvent, b: StoredEvent): boolean {
  const difference = (a.updated ?? a.received) - (b.updated ?? b.received)
  if (difference !== 0) return difference > 0
  if ((a.retracted ?? false) !== (b.retracted ?? false)) return a.retracted === true
  return contentKey(a) > contentKey(b)
}

function place(event: StoredEvent): Ranked {
  const { status } = event.classifier === undefined ? effectOf(event.code) : {}
  const told = sortAt(event.time, status !== undefined && ended.has(status))
  const ahead = (event.time.precision === 'date' ? sortAt(event.time, false) : told) - event.received
  const lenient = event.time.offsetKnown ? 15 * minute : 14 * 60 * minute
  const future = event.classifier === undefined && ahead > lenient
  const at = !future && ahead > 15 * minute ? event.received : told
  return { event, at, rank: status === undefined ? noEffectRank : statusRank[status], duplicate: false, future }
}

/** (time, rank of the effect, position of the code, sequence, content): total, and never the order of arrival. */
function compare(a: Ranked, b: Ranked): number {
  return (
    a.at - b.at ||
    a.rank - b.rank ||
    (codePosition.get(a.event.code) ?? 999) - (codePosition.get(b.event.code) ?? 999) ||
    (a.event.sequence ?? 0) - (b.event.sequence ?? 0) ||
    (tie(a.event) < tie(b.event) ? -1 : 1)
  )
}

function tie({ source, id, raw, place: where, package: packageId }: StoredEvent): string {
  return `${source} ${id ?? ''} ${raw} ${where ?? ''} ${packageId ?? ''}`
}

function contentKey(event: StoredEvent): string {
  const { code, time, classifier, place: where, package: packageId } = event
  const at = time.precision === 'date' ? time.at.slice(0, 10) : String(Math.floor(sortAt(time, false) / minute))
  const what = code === 'unknown' ? `unknown:${event.raw}` : code
  return `${packageId ?? ''}|${what}|${classifier ?? 'actual'}|${at}|${where?.toLowerCase() ?? ''}`
}

/** Never chained: only events that are no duplicates themselves are compared with. */
function equivalent(one: Ranked, other: Ranked, sources: readonly string[]): boolean {
  const a = one.event
  const b = other.event
  if (a.source === b.source || a.package !== b.package || a.classifier !== b.classifier) return false
  if (priority(a.source, sources) < priority(b.source, sources)) return false
  const sameMeaning =
    a.code === b.code || (effectOf(a.code).status !== undefined && effectOf(a.code).status === effectOf(b.code).status)
  if (!sameMeaning || (a.country !== undefined && b.country !== undefined && a.country !== b.country)) return false
  if (a.time.precision === 'date' || b.time.precision === 'date')
    return a.time.at.slice(0, 10) === b.time.at.slice(0, 10)
  return Math.abs(one.at - other.at) <= 5 * minute
}

function priority(source: string, sources: readonly string[]): number {
  const at = sources.indexOf(source)
  return at < 0 ? sources.length : at
}
