import type { Assertion, Reference } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { EventTime, Place, ReportedEvent, TrackingReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { type CodeReader, type Mapped, unmapped } from '../../kit/status-table.ts'
import { containerReports } from './codes-edifact.ts'
import { numbersOf } from './consignment-status.ts'
import { detailsOf, empty, equipmentOf } from './equipment.ts'
import { dateIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf } from './number.ts'
import { partyName } from './party.ts'
import type { Meaning } from './tender.ts'
import { placeFrom, unlocodeIn } from './unlocode.ts'
import { voyageIn } from './voyage.ts'

/** CODECO, COARRI: each container is an event of the shipment that its booking or bill names. */
export function containerReport(root: Reading, naming: Naming, codes: CodeReader): Meaning {
  const carrier = carrierOf(partyName(root, ['CF', 'CA', 'MS']), naming)
  const code = root.at('type').text(3)
  const mapped = codes.read(containerReports, code)
  const voyage = root.at('transports').optionalList()?.[0]?.at('conveyance').optionalText(17)
  const isCancelled = root.at('function').optionalText() === '1'
  const assertions = root
    .at('containers')
    .list(10_000)
    .map((container): Assertion => {
      const number = container.at('number').text(17)
      const own = [container, root].flatMap((holder) => numbersOf(holder, carrier, naming))
      const references: Reference[] = own.length > 0 ? own : [{ scheme: 'container', value: number }]
      const occurredAt = timeOf(container, root, naming)
      const place = placeIn(mapped, container, root)
      const event: ReportedEvent = {
        code: eventCode(mapped, container),
        classifier: mapped.classifier,
        action: isCancelled ? 'retract' : 'record',
        occurredAt,
        // The same move of the same box in the same place: told again it is corrected, and taken back by what takes it back.
        sourceEventId: [code, number, isEmpty(container) ? 'empty' : undefined, voyage, place?.unlocode]
          .filter((part) => part !== undefined)
          .join(' '),
        confidence: mapped.confidence,
        raw: { codeSystem: containerReports.name, code, text: number },
        equipment: normalizeIdentifier({ scheme: 'container', value: number }),
        ...stated({ place, details: detailsOf(container, naming) }),
      }
      const data: TrackingReport = { events: [event], ...stated({ carrier }) }
      return {
        type: 'tracking.reported',
        about: { entity: 'shipment', references, unknown: naming.unknownShipments },
        occurredAt: occurredAt.at,
        data,
      }
    })
  return { assertions }
}

/** An empty container that comes in is given back, one that goes out is released: neither moves goods. */
function eventCode(mapped: Mapped, container: Reading): string {
  if (mapped === unmapped) return mapped.code
  if (isEmpty(container) && mapped.code === 'gate_in') return 'empty_returned'
  return isEmpty(container) && mapped.code === 'gate_out' ? 'empty_released' : mapped.code
}

function isEmpty(container: Reading): boolean {
  return container.at('fullness').optionalText() === empty
}

/** Codes that no table explains to anybody: they are kept and counted, and their sender does nothing wrong. */
export const keptCodes: ReadonlySet<string> = new Set(['edifact-1001-coparn'])

/** COPARN: an order about containers. What the order is for differs from terminal to terminal: the booking is kept, the code counted. */
export function containerOrder(root: Reading, naming: Naming): Meaning {
  const carrier = carrierOf(partyName(root, ['CF', 'CA', 'MS']), naming)
  const containers = root.at('containers').list(10_000)
  const numbers = [root, ...containers].flatMap((holder) => numbersOf(holder, carrier, naming))
  const references = [...new Map(numbers.map((one) => [`${one.scheme} ${one.value}`, one])).values()]
  if (references.length === 0) throw root.at('references').wrong('the number of a booking or bill')
  // Which of them are still wanted is said by what stands, not by what is taken back.
  if (root.at('function').optionalText() === '1')
    return { assertions: [], unknownCodes: [{ table: 'edifact-1225-coparn', code: '1' }] }
  const equipment = containers.map((one) => equipmentOf(one, naming))
  return {
    assertions: [
      {
        type: 'shipment.reported',
        about: { entity: 'shipment', references, unknown: naming.unknownShipments },
        data: { event: 'described', mode: 'ocean', equipment, ...voyageIn(root, naming), ...stated({ carrier }) },
      },
    ],
    unknownCodes: [{ table: 'edifact-1001-coparn', code: root.at('type').text(3) }],
  }
}

/**
 * DTM 203 is when it was done, as terminals use it, 7 the same; 403 and 404 when it was discharged and loaded, 405 and 394 picked up and put down,
 * 420 unloaded; 186, 136 and 178 when the truck or ship left or came; else the time of the report (182 is when that was issued).
 */
function timeOf(container: Reading, root: Reading, naming: Naming): EventTime {
  for (const qualifier of whens) {
    const time = dateIn(container, [qualifier], naming) ?? dateIn(root, [qualifier], naming)
    if (time !== undefined) return time
  }
  throw container.at('dates').wrong('the time when it was done')
}

const whens = ['203', '7', '403', '404', '405', '394', '420', '181', '186', '136', '178', '137', '182'] as const

/** LOC 3227 of the port that a ship is at: where it is unloaded, and where it is loaded. Containers name the ports at both ends. */
const shipAt: Readonly<Record<string, string>> = { discharged: '11', loaded_on_transport: '9' }

/** Where it was: the place of activity, else the port at that end of the voyage. A gate may be far from any port, and a cell is no place. */
function placeIn({ code }: Mapped, container: Reading, root: Reading): Place | undefined {
  const holders = [
    container,
    ...(container.at('transports').optionalList() ?? []),
    ...(root.at('transports').optionalList() ?? []),
  ]
  const all = holders.flatMap((holder) => holder.at('places').optionalList() ?? [])
  const port = shipAt[code]
  for (const qualifier of ['165', '98', '147', ...(port === undefined ? [] : [port])]) {
    const found = all.find(
      (place) => place.at('qualifier').optionalText() === qualifier && unlocodeIn(place) !== undefined,
    )
    if (found !== undefined) return placeFrom(found)
  }
  return undefined
}
