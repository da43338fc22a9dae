import { InterlineError } from '../../../base/errors.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import { gs1 } from '../../../model/check-digit.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { sentAppointments, sentReasons, sentStatuses } from './codes-sent.ts'
import { momentOf, qualifiedValues, referenceOf, requiredScac, scacOf, shipmentNumber, universal } from './parts.ts'
import type { Compose } from './writer.ts'

/** Statuses that one LX has room for. */
const statusesMax = 10
/** STS of one CNI. */
const consignmentMax = 99

/** 214: what happened to a shipment, for whoever is to know. */
export const roadStatus: Compose = (owed, { settings }) => {
  const number = shipmentNumber(owed, settings)
  const pro = referenceOf(owed, 'tracking_number')
  const bol = referenceOf(owed, 'bol')
  const scac = requiredScac(owed.at('carrier'), settings)
  const told = owed
    .at('events')
    .list(1000)
    .flatMap((event) =>
      roadEvent(event, scac).map((status) => ({
        status,
        parcel: event.at('package').optionalText(48),
        stop: event.at('stop').whole(),
      })),
    )
  if (told.length === 0) throw nothingToTell(owed, '214')
  return {
    number,
    document: {
      // The carrier's number must be there; before he gave one, the shipper's stands for it.
      pro: (pro ?? number).slice(0, 30),
      shipment: number.slice(0, 30),
      scac,
      references: qualifiedValues({ BM: bol }).map(({ qualifier, value }) => ({
        value: value.slice(0, 30),
        qualifier,
      })),
      // Of several packages and stops each has its own: what is said of one must not pass for all of them.
      entries: [...Map.groupBy(told, ({ parcel, stop }) => `${stop ?? ''} ${parcel ?? ''}`).values()].flatMap((group) =>
        Array.from({ length: Math.ceil(group.length / statusesMax) }, (_, at) => ({
          statuses: group.slice(at * statusesMax, (at + 1) * statusesMax).map(({ status }) => status),
          ...whatOfEntry(group[0]),
        })),
      ),
    },
  }
}

/** L11 of the stop, by the number that it has in S5 of the tender, and MAN of the package. */
function whatOfEntry(
  told: { readonly parcel: string | undefined; readonly stop: number | undefined } | undefined,
): EdiDocument {
  const { parcel, stop } = told ?? {}
  return stated({
    references: stop === undefined ? undefined : [{ value: `${stop}`, qualifier: 'QN' }],
    marks: parcel === undefined ? undefined : [{ qualifier: isSscc(parcel) ? 'GM' : 'CP', value: parcel }],
  })
}

function isSscc(number: string): boolean {
  return /^\d{18}$/.test(number) && gs1(number)
}

/** MS2: a container by the four letters, six digits and check digit of ISO 6346; what else it is in by its number and whose it is. */
function vehicleOf(event: Reading, scac: string): EdiDocument {
  const number = event.at('equipment').optionalText(17)
  if (number === undefined) return {}
  const [, owner, digits, check] = /^([A-Z]{4})(\d{6})(\d)$/.exec(number) ?? []
  if (owner === undefined || digits === undefined || check === undefined)
    return number.length > 10 ? {} : { equipmentOwner: scac, equipment: number }
  return { equipmentOwner: owner, equipment: digits, equipmentCheckDigit: check }
}

function roadEvent(event: Reading, scac: string): EdiDocument[] {
  const code = event.at('code').text(60)
  const status = sentStatuses[code]?.x12
  const appointment = sentAppointments[code]
  const at = momentOf(event.at('occurredAt'))
  if (at === undefined || (status === undefined && appointment === undefined)) return []
  return [
    {
      ...(status === undefined
        ? { appointment: appointment ?? '', appointmentReason: 'NA' }
        : { status, statusReason: sentReasons[event.at('reason').optionalText(60) ?? ''] ?? 'NS' }),
      at: at.at,
      ...(at.zone === '' ? {} : { zone: at.zone }),
      ...placeOf(event),
      ...vehicleOf(event, scac),
    },
  ]
}

/** MS1 names a city only together with its country. */
function placeOf(event: Reading): EdiDocument {
  const country = event.at('country').optionalText(3)
  // The place of a scan is one line: name, city, region, country, as far as they are known.
  const parts = event.at('place').excerpt()?.split(', ') ?? []
  if (parts.length > 1 && parts.at(-1) === country) parts.pop()
  const region = parts.length > 1 && /^[A-Z]{2}$/.test(parts.at(-1) ?? '') ? parts.pop() : undefined
  // Before a region it is the city; without one, a second part may be either.
  const city = (region === undefined ? parts[0] : parts.at(-1))?.slice(0, 30)
  if (city === undefined || city.length < 2 || country === undefined) return {}
  return { city, country, ...stated({ region }) }
}

/** IFTSTA: the same for partners of EDIFACT. */
export const consignmentStatus: Compose = (owed, { settings, now }) => {
  const number = shipmentNumber(owed, settings)
  const carrier = scacOf(owed.at('carrier'), settings)
  const tracking = referenceOf(owed, 'tracking_number')
  const statuses = owed.at('events').list(1000).flatMap(consignmentEvent)
  if (statuses.length === 0) throw nothingToTell(owed, 'IFTSTA')
  return {
    number,
    document: {
      type: '23',
      number: number.slice(0, 35),
      function: '9',
      dates: [{ qualifier: '137', at: now.slice(0, 16) }],
      ...(carrier === undefined ? {} : { parties: [{ role: 'CA', id: carrier }] }),
      references: qualifiedValues({ CN: tracking, BM: referenceOf(owed, 'bol') }).map(({ qualifier, value }) => ({
        qualifier,
        value: value.slice(0, 35),
      })),
      // One consignment has room for so many; what is left is told of it again.
      consignments: Array.from({ length: Math.ceil(statuses.length / consignmentMax) }, (_, at) => ({
        sequence: `${at + 1}`,
        number: number.slice(0, 35),
        statuses: statuses.slice(at * consignmentMax, (at + 1) * consignmentMax),
      })),
    },
  }
}

function consignmentEvent(event: Reading): EdiDocument[] {
  const status = sentStatuses[event.at('code').text(60)]?.edifact
  const at = universal(event.at('occurredAt'))
  if (status === undefined || at === undefined) return []
  const name = event.at('place').excerpt(70)
  return [
    {
      category: '1',
      status,
      dates: [{ qualifier: '334', at }],
      ...(name === undefined ? {} : { places: [{ qualifier: '175', name }] }),
      ...whatOf(event),
    },
  ]
}

/** The package by its SSCC in the goods, by another number as a reference (CW), and the container. */
function whatOf(event: Reading): EdiDocument {
  const parcel = event.at('package').optionalText(35)
  const box = event.at('equipment').optionalText(17)
  const named =
    parcel === undefined
      ? {}
      : isSscc(parcel)
        ? { goods: [{ item: '1', marks: [{ instruction: '33E', numbers: [{ qualifier: 'BJ', value: parcel }] }] }] }
        : { references: [{ qualifier: 'CW', value: parcel }] }
  return {
    ...named,
    ...(box === undefined
      ? {}
      : { equipment: [{ kind: /^[A-Z]{3}[UJZ]\d{7}$/.test(box) ? 'CN' : 'TE', number: box }] }),
  }
}

/** None of the statuses has a code: the partner is told nothing, and nobody wonders why. */
function nothingToTell(owed: Reading, set: string): InterlineError {
  const codes = owed.at('events').each((event) => event.at('code').optionalText() ?? '')
  return new InterlineError('EDI_NOTHING_TO_TELL', { set, codes: codes.slice(0, 5).join(', ') })
}
