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
  const stored: Record<string, unknown> = {
    code: event.code,
    at: readInstant(time.at) ?? 0,
    received: from.received,
    source: from.source,
    raw: raw.subcode === undefined ? (raw.code ?? '') : `${raw.code ?? ''}/${raw.subcode}`,
  }
  const say = (name: keyof StoredEvent, value: unknown): void => {
    if (value !== undefined) stored[name] = value
  }
  say('offset', /[+-]\d\d:?\d\d$/.exec(time.at)?.[0])
  say('precision', time.precision === 'second' ? undefined : time.precision)
  if (!time.offsetKnown) {
    stored.zoneless = true
    say('local', time.local)
    say('tz', time.tz)
  }
  say('classifier', event.classifier === 'actual' ? undefined : event.classifier)
  say('retracted', event.action === 'retract' ? true : undefined)
  say('id', event.sourceEventId)
  say('sequence', event.sequence)
  say('updated', updatedAt === undefined ? undefined : readInstant(updatedAt))
  say('place', where === '' ? undefined : where)
  say('country', place?.country)
  say('text', raw.text?.slice(0, 200))
  say('package', event.package)
  say('equipment', event.equipment)
  say('stop', event.stop)
  if (reason !== undefined) stored.reason = because(reason)
  const known = new Set((documents ?? []).flatMap(({ sha256, uri }) => sha256 ?? uri ?? []))
  if (known.size > 0) stored.documents = [...known].toSorted()
  return stored as unknown as StoredEvent
}

function because({ category, sourceCode, responsible }: NonNullable<ReportedEvent['reason']>): StoredEvent['reason'] {
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
