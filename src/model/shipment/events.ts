import { readInstant } from '../../base/instant.ts'
import type { Place, ReportedEvent } from '../report.ts'
import { contentOf, sameContent } from './ladder.ts'
import { eventsMax, type Said, type StoredEvent } from './state.ts'

/** Adds scans to the set. One that is known keeps its earliest receiving time and every document that ever came with it. */
export function keepEvents(said: Said, added: readonly StoredEvent[]): Pick<Said, 'events' | 'crowded'> {
  let events: StoredEvent[] | undefined
  for (const event of added) {
    const list: readonly StoredEvent[] = events ?? said.events
    const at = indexOf(list, event)
    const known = list[at]
    if (known === undefined) {
      if (events === undefined) events = [...list]
      events.push(event)
    } else {
      const joined = join(known, event)
      if (joined !== known) events = list.with(at, joined)
    }
  }
  if (events === undefined) return { events: said.events }
  return events.length <= eventsMax ? { events } : trim(events)
}

/** The scan as it is kept. */
export function storedEvent(
  event: ReportedEvent,
  from: { readonly received: number; readonly source: string },
): StoredEvent {
  const { occurredAt: time, place, reason, raw, documents, updatedAt } = event
  const where = place === undefined ? '' : written(place)
  // Member by member: an engine then knows where each of them is. Every scan of a shipment is made anew with each message about it.
  const stored: Mutable<StoredEvent> = {
    code: event.code,
    at: readInstant(time.at) ?? 0,
    received: from.received,
    source: from.source,
    raw: raw.subcode === undefined ? (raw.code ?? '') : `${raw.code ?? ''}/${raw.subcode}`,
  }
  const offset = time.at.endsWith('Z') ? undefined : /[+-]\d\d:?\d\d$/.exec(time.at)?.[0]
  if (offset !== undefined) stored.offset = offset
  if (time.precision !== 'second') stored.precision = time.precision
  if (!time.offsetKnown) {
    stored.zoneless = true
    if (time.local !== undefined) stored.local = time.local
    if (time.tz !== undefined) stored.tz = time.tz
  }
  if (event.classifier !== 'actual') stored.classifier = event.classifier
  if (event.action === 'retract') stored.retracted = true
  if (event.sourceEventId !== undefined) stored.id = event.sourceEventId
  if (event.sequence !== undefined) stored.sequence = event.sequence
  const updated = updatedAt === undefined ? undefined : readInstant(updatedAt)
  if (updated !== undefined) stored.updated = updated
  if (where !== '') stored.place = where
  if (place?.country !== undefined) stored.country = place.country
  if (place?.geo !== undefined) stored.geo = { lat: metres(place.geo.lat), lon: metres(place.geo.lon) }
  if (raw.text !== undefined) stored.text = raw.text.slice(0, 200)
  if (event.package !== undefined) stored.package = event.package
  if (event.equipment !== undefined) stored.equipment = event.equipment
  if (event.details !== undefined) stored.details = event.details
  if (event.stop !== undefined) stored.stop = event.stop
  if (reason !== undefined) stored.reason = because(reason)
  const shown = documents === undefined ? [] : documents.flatMap(({ sha256, uri }) => sha256 ?? uri ?? [])
  if (shown.length > 0) stored.documents = [...new Set(shown)].toSorted()
  return stored
}

/** Five decimals of a degree are about a metre: what is beyond is noise that the state would carry. */
function metres(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function because({
  category,
  sourceCode,
  responsible,
}: NonNullable<ReportedEvent['reason']>): NonNullable<StoredEvent['reason']> {
  return {
    category,
    ...(sourceCode === undefined ? {} : { code: sourceCode }),
    ...(responsible === undefined ? {} : { responsible }),
  }
}

function written({ name, city, region, country }: Place): string {
  let text = ''
  for (const part of [name, city, region, country])
    if (part !== undefined && part !== '') text = text === '' ? part : `${text}, ${part}`
  return text
}

function indexOf(list: readonly StoredEvent[], event: StoredEvent): number {
  return list.findIndex((one) => sameContent(one, event))
}

function join(known: StoredEvent, event: StoredEvent): StoredEvent {
  const fresh = (event.documents ?? []).filter((one) => known.documents?.includes(one) !== true)
  if (fresh.length === 0 && event.received >= known.received) return known
  const documents = [...(known.documents ?? []), ...fresh].toSorted()
  return {
    ...known,
    received: Math.min(known.received, event.received),
    ...(documents.length === 0 ? {} : { documents }),
  }
}

/**
 * Positions and readings go first, the oldest of them before the newer ones, then the oldest scans, which is told (`crowded`).
 * What stays is the greatest of a total order, so it does not depend on when the rest went.
 */
function trim(events: readonly StoredEvent[]): Pick<Said, 'events' | 'crowded'> {
  const surplus = events.length - eventsMax
  const ordered = events
    .map((event) => ({ event, minor: minor.has(event.code), at: event.at, text: contentOf(event) }))
    .toSorted(
      (a, b) => Number(b.minor) - Number(a.minor) || a.at - b.at || (a.text === b.text ? 0 : a.text < b.text ? -1 : 1),
    )
  const dropped = ordered.slice(0, surplus)
  const gone = new Set(dropped.map(({ event }) => event))
  const kept = events.filter((event) => !gone.has(event))
  return dropped.every((one) => one.minor) ? { events: kept } : { events: kept, crowded: true }
}

const minor: ReadonlySet<string> = new Set(['position_updated', 'sensor_reading', 'info'])
