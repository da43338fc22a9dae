import { readInstant } from '../base/instant.ts'
import { places } from './floor.ts'
import { destinationOf, type Journey, planJourney } from './journey.ts'
import { type DaySeed, hourMs, type Message, minuteMs, type Sender } from './message.ts'
import { Numbering } from './numbering.ts'
import { planOrders, tellOrder } from './orders.ts'
import { planProof } from './proof.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenario.ts'
import { Stream } from './stream.ts'
import type { TrackerNews } from './tracker.ts'
import { voices } from './voice.ts'
import { carrierNames, type Dispatch, planWarehouse, type WarehouseDay } from './warehouse.ts'

/** Something that one of the simulated systems tells the hub, at a second of the simulated day. */
export interface Happening {
  readonly second: number
  readonly connection: Sender
  readonly body: unknown
}

interface Parcels {
  readonly day: DaySeed
  readonly scenario: Scenario
  readonly numbering: Numbering
  readonly warehouse: WarehouseDay
}

/**
 * A whole day of a logistics network in the order in which it is told. The same scenario, seed and date are the same day, to the
 * byte. It ends on the evening of the day after, when the parcels have arrived.
 */
export function plausibleDay(name: ScenarioName, seed: number, date: string): Happening[] {
  const startMs = readInstant(`${date}T00:00:00Z`)
  if (startMs === undefined) throw new Error(`There is no day ${date}.`)
  const [day, scenario] = [{ name, seed, startMs }, scenarios[name]]
  const numbering = new Numbering(day)
  const orders = planOrders(day, scenario, numbering)
  const warehouse = planWarehouse(day, orders, numbering)
  const scans = warehouse.dispatches.flatMap((dispatch) =>
    tellJourneys(dispatch, { day, scenario, numbering, warehouse }),
  )
  const told = [
    ...orders.flatMap((order) => tellOrder(order, numbering)),
    ...warehouse.erp,
    ...warehouse.floor.messages,
    ...scans,
  ]
  return told
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, sender, content }) => ({ second: (atMs - startMs) / 1000, connection: sender, body: content }))
}

function tellJourneys(dispatch: Dispatch, parcels: Parcels): Message[] {
  const { day, scenario } = parcels
  const stream = new Stream(`${day.seed} ${dispatch.order.delivery}`)
  // Two parcels of a delivery travel on the same trucks.
  const to = destinationOf(new Stream(`${day.seed} ${dispatch.order.delivery} destination`))
  const journey = planJourney(stream, scenario, { startMs: day.startMs, confirmedMs: dispatch.confirmedMs, to })
  if (journey.outcome === 'returned') takeBack(dispatch, journey, parcels)
  return dispatch.trackingNumbers.flatMap((number) => tellScans(number, { dispatch, journey, stream, ...parcels }))
}

interface Travel extends Parcels {
  readonly dispatch: Dispatch
  readonly journey: Journey
  readonly stream: Stream
}

function tellScans(trackingNumber: string, { dispatch, journey, stream, scenario, numbering }: Travel): Message[] {
  const { carrier } = dispatch.order
  const proof = planProof(stream, journey, { carrier, scenario })
  const voice = voices[carrier]
  const news = (name: number | 'proof'): Omit<TrackerNews, 'scans'> => ({
    eventId: numbering.eventId('scan', trackingNumber, name),
    carrier: carrierNames[carrier],
    trackingNumber,
  })
  const told = journey.scans.flatMap(({ atMs, kind }, at) => {
    const isStrange = stream.chance(scenario.unknownCode) && kind !== 'delivered'
    const content = voice.scan({
      ...news(at),
      scans: journey.scans.slice(0, at + 1),
      ...(isStrange ? { unknownCode: `zz${stream.between(1, 9)}` } : {}),
      ...(proof !== undefined && proof.toldMs <= atMs ? { proof } : {}),
    })
    const toldMs = atMs + stream.between(5, 120) * 1000 + (stream.chance(scenario.late) ? lateness(stream) : 0)
    const first: Message = { atMs: toldMs, sender: carrier, content }
    return stream.chance(scenario.duplicate)
      ? [first, { ...first, atMs: toldMs + stream.between(1, 30) * minuteMs }]
      : [first]
  })
  if (proof === undefined || proof.toldMs === proof.atMs) return told
  const content = voice.proof({ ...news('proof'), scans: journey.scans, proof })
  return [...told, { atMs: proof.toldMs, sender: carrier, content }]
}

function lateness(stream: Stream): number {
  return stream.between(30, 360) * minuteMs
}

/** Refused goods are back in the afternoon and in stock again in the evening. */
function takeBack({ order }: Dispatch, journey: Journey, { warehouse }: Parcels): void {
  const backMs = (journey.scans.at(-1)?.atMs ?? 0) + 4 * hourMs
  for (const { line, sku, quantity } of order.lines) {
    const pending = { location: places.returns, status: 'returned_pending' }
    const document = { kind: 'return', id: `RT${order.delivery.slice(2)}`, line }
    warehouse.floor.move({ atMs: backMs, movement: 'return_receipt', sku, quantity, to: pending, document })
    warehouse.floor.move({
      atMs: backMs + hourMs,
      movement: 'restock',
      sku,
      quantity,
      from: pending,
      to: { location: places.reserve },
      document: { ...document, kind: 'restock' },
    })
  }
}
