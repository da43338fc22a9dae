import { exampleSettings } from '../../src/connectors/kit/golden.ts'
import type { Assertion } from '../../src/model/fact.ts'
import { normalizeIdentifier } from '../../src/model/identifier.ts'
import type { TrackingReport } from '../../src/model/report.ts'
import { contentOf } from '../../src/model/shipment/ladder.ts'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import { Stream } from '../../src/sandbox/stream.ts'
import { PocketHub } from '../pocket-hub.ts'
import { doors, type Payload } from './payload.ts'

/** A hub with a connection to every system that talks to it, named like its connector. */
export function openHub(): PocketHub {
  const connections = doors.map(
    ({ id, settings }) => [id, { connector: id, settings: exampleSettings(settings) }] as const,
  )
  return new PocketHub(Object.fromEntries(connections), [])
}

/** What must not depend on the order in which messages came: everything but when the hub heard of it. */
export function standing(hub: PocketHub): Record<string, unknown> {
  const shipments = hub.states('shp').map(([, state]) => state as ShipmentState)
  const rows = shipments
    .filter(({ mergedInto }) => mergedInto === undefined)
    .map(({ references, events, estimates, about, projection }): [string, unknown] => {
      const { status, progress, packages, exceptions, milestones, attempts, proofs, proven, unmapped } = projection
      return [
        references
          .map((one) => `${one.scheme} ${one.issuer ?? ''} ${normalizeIdentifier(one)}`)
          .toSorted()
          .join(', '),
        {
          ...{ status, progress, packages, milestones, attempts, proofs, proven, unmapped, about },
          exceptions: exceptions.map((one) => `${one.category} ${one.since} ${one.package ?? ''}`).toSorted(),
          estimates: estimates.map(({ at, source }) => `${source} ${at}`).toSorted(),
          events: events.map(contentOf).toSorted(),
        },
      ]
    })
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same messages in another order, a fifth of them twice. */
export function shuffled<T>(messages: readonly T[], seed: number): T[] {
  const stream = new Stream(`recorded ${seed}`)
  const all = [...messages, ...messages.filter(() => stream.chance(0.2))]
  return all
    .map((message) => ({ message, at: stream.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ message }) => message)
}

/** Every scan in a message of its own, as a carrier would have told them one by one. */
export function oneByOne(assertions: readonly Assertion[]): Assertion[] {
  return assertions.flatMap((assertion) => {
    if (assertion.type !== 'tracking.reported') return [assertion]
    const { events, summary: _, ...rest } = assertion.data as TrackingReport
    return events.map((event) => ({ ...assertion, data: { ...rest, events: [event] } }))
  })
}

/** The payload with every code that the connector knows replaced by one that nobody does. */
export function estranged(payload: Payload, known: ReadonlySet<string>): Payload {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return known.has(value) ? `zz-${value}` : value
    if (Array.isArray(value)) return value.map(replace)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replace(one)]))
  }
  const content: unknown = JSON.parse(new TextDecoder().decode(payload.body))
  return { ...payload, body: new TextEncoder().encode(JSON.stringify(replace(content))) }
}
