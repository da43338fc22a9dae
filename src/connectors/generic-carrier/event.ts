import type { ReportedDocument } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { geoPoint } from '../kit/geo-point.ts'
import { peekName, peekText } from '../kit/peek.ts'
import { placeOf } from '../kit/place.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'
import { CodeReader } from '../kit/status-table.ts'
import { type Tracked, trackingAssertion } from '../kit/tracking.ts'
import { statuses } from './codes.ts'

interface Settings {
  readonly carrier: string
  readonly unknownShipments: 'create' | 'wait'
}

/** The sender's event id; what is told about one number does not overtake each other. */
export function identify({ content }: Document): Identity | undefined {
  const identity = peekText(content, 'eventId')
  if (identity === undefined) return undefined
  return stated({ identity, orderKey: peekName(content, 'data', 'trackingNumber') })
}

/** Reads an event as the contract has it; a type that it does not have is counted as an unknown code. Throws CONTENT_INVALID. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const type = root.at('type').text(60)
  const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (read === undefined) return { assertions: [], unknownCodes: [{ table: 'generic-carrier-event', code: type }] }
  const codes = new CodeReader()
  const data = root.at('data').object()
  const { carrier, unknownShipments } = context.settings
  const tracked: Tracked = {
    number: data.at('trackingNumber').text(100),
    carrier,
    unknown: unknownShipments,
    ...read({ data, at: root.at('occurredAt').time(), codes }),
  }
  return { assertions: [trackingAssertion(tracked)], unknownCodes: codes.unknown }
}

interface Told {
  readonly data: Reading
  readonly at: ReturnType<Reading['time']>
  readonly codes: CodeReader
}

const codeSystem = 'generic-carrier'

const kinds: Readonly<Record<string, (told: Told) => Pick<Tracked, 'scans' | 'proof' | 'signedBy'>>> = {
  scan: ({ data, at, codes }) => {
    const code = data.at('code').text(60)
    const signedBy = data.at('signedBy').excerpt(200)
    const place = data.at('place')
    return {
      scans: [
        {
          mapped: codes.read(statuses, code),
          at,
          codeSystem,
          code,
          text: data.at('text').excerpt(),
          equipment: data.at('equipment').optionalText(30),
          place: placeOf({
            name: place.at('name').excerpt(100),
            city: place.at('city').excerpt(100),
            region: place.at('region').excerpt(100),
            country: place.at('country').excerpt(60),
            postalCode: place.at('postalCode').optionalText(20),
            geo: geoPoint(place.at('geo')),
          }),
        },
      ],
      estimatedDelivery: data.at('estimatedDelivery').optionalTime(),
      signedBy,
      proof: signedBy === undefined ? undefined : { codeSystem, code: 'signedBy' },
    }
  },
  proof_of_delivery: ({ data, at }) => {
    const signedBy = data.at('signedBy').excerpt(200)
    const documents = data.at('documents').each(readDocument, 50)
    if (signedBy === undefined && documents.length === 0) throw data.wrong('signedBy or documents')
    return { scans: [], signedBy, proof: { codeSystem, code: 'proof_of_delivery', at, documents } }
  },
}

function readDocument(told: Reading): ReportedDocument {
  const sha256 = told.at('sha256').optionalText(64)
  const uri = told.at('url').optionalText(1000)
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw told.at('sha256').wrong('64 hexadecimal digits')
  if (sha256 === undefined && uri === undefined) throw told.wrong('sha256 or url')
  return {
    type: told.at('type').text(40),
    ...stated({ sha256, mediaType: told.at('mediaType').optionalText(100), uri }),
  }
}
