import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { dayOf, dayThere, parties, productOf, qualifiedValues, scacOf, unitCode, warehouseOf } from './parts.ts'
import type { Compose } from './writer.ts'

/** 940: the owner orders a warehouse to ship a delivery, or takes the order back. */
export const warehouseOrder: Compose = (owed, { settings, command, isChange }) => {
  const number = owed.at('deliveryNumber').text(22)
  const scac = scacOf(owed.at('carrier'), settings)
  const requested =
    dayOf(owed.at('requestedShipDate')) ??
    dayThere(owed.at('requestedShip'), settings) ??
    dayThere(owed.at('plannedShip').at('from'), settings)
  const lines = owed.at('lines').list(10_000)
  if (lines.length === 0) throw owed.at('lines').wrong('at least one line')
  return {
    number,
    document: {
      purpose: command === 'cancel_delivery' ? 'F' : isChange ? 'R' : 'N',
      order: number,
      ...stated({ purchaseOrder: owed.at('customerPurchaseOrder').optionalText(22) }),
      parties: parties(warehouseOf(owed, settings), owed.at('shipTo')),
      references: qualifiedValues({ CO: owed.at('orderNumber').optionalText(30) }),
      dates: datesOf({ '10': requested, '02': dayThere(owed.at('requestedDelivery'), settings) }),
      ...stated({ notes: notesOf(owed.at('note')) }),
      ...carriage(scac, routingOf(owed, scac)),
      groups: [
        {
          lines: lines.map((line) => ({
            ordered: line.at('quantity').decimal(),
            unit: unitCode(line.at('uom'), 'x12-355'),
            ...productOf(line, settings),
            references: qualifiedValues({
              LI: line.at('line').optionalText(30),
              LT: line.at('lot').optionalText(30),
            }),
          })),
        },
      ],
    },
  }
}

/** G62. */
function datesOf(days: Readonly<Record<string, string | undefined>>): EdiDocument[] {
  return qualifiedValues(days).map(({ qualifier, value }) => ({ qualifier, at: value }))
}

/** What is to be known at the ramp: as many NTE as it takes. */
function notesOf(note: Reading): EdiDocument[] | undefined {
  const lines = (note.excerpt(2000) ?? '').split('\n')
  const texts = lines.flatMap((line) => line.match(/.{1,80}/gsu) ?? []).filter((text) => text.trim() !== '')
  return texts.length === 0 ? undefined : texts.map((text) => ({ qualifier: 'GEN', text: text.trim() }))
}

/** In words: a carrier without a code, and his service. */
function routingOf(owed: Reading, scac: string | undefined): string | undefined {
  const carrier = scac === undefined ? owed.at('carrier').excerpt(35) : undefined
  const words = [carrier, owed.at('service').excerpt(35)].filter((one) => one !== undefined)
  return words.length === 0 ? undefined : words.join(' ').slice(0, 35).trim()
}

function carriage(scac: string | undefined, routing: string | undefined): EdiDocument {
  return scac === undefined && routing === undefined ? {} : { payment: 'PP', method: 'M', ...stated({ routing, scac }) }
}
