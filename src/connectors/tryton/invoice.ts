import type { OperationRequest } from '../kit/connector.ts'
import { type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { find, idOf, refused } from './protocol.ts'
import { only, press, writeUnchanged } from './record.ts'
import { carries, readBackByReference, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'

const model = 'account.invoice'

/**
 * A delivery may be billed: the invoice that Tryton drafted for its goods is posted. An invoice that somebody posted by hand is released,
 * too. One that bills other deliveries as well waits for a person, because nothing says that those may be billed.
 */
export const releaseInvoice = pursue<TrytonSettings, readonly Reading[]>({
  command: 'release_invoice',
  idempotency: readBackByReference,
  look: ({ payload }, settings) =>
    find(
      settings,
      model,
      [
        ['lines.stock_moves.shipment.number', '=', deliveryOf(payload), 'stock.shipment.out'],
        ['type', '=', 'out'],
        ['company', '=', settings.company],
      ],
      ['number', 'state', 'reference', '_timestamp', 'lines.stock_moves.shipment', 'lines.stock_moves.shipment.number'],
    ),
  decide,
})

function decide(found: readonly Reading[], request: OperationRequest, settings: TrytonSettings): Decision {
  const delivery = deliveryOf(request.payload)
  const invoices = found.filter((row) => row.at('state').text(20) !== 'cancelled')
  const invoice = only(invoices, `invoice of customer shipment ${delivery}`)
  const state = invoice.at('state').text(20)
  if (state === 'posted' || state === 'paid')
    return { ended: { outcome: 'applied', documentReference: invoice.at('number').text(100) } }
  const others = [...new Set(billed(invoice))].filter((number) => number !== delivery)
  if (others.length > 0) return refused(`The invoice also bills ${others.slice(0, 5).join(', ')}.`)
  const { externalReference } = request
  if (!carries(invoice.at('reference'), externalReference)) {
    const values = { reference: withReference(invoice.at('reference'), externalReference) }
    return { step: 'claim', act: () => writeUnchanged(settings, { model, row: invoice }, values) }
  }
  return press(settings, { model, id: idOf(invoice) }, 'post')
}

/** Numbers of the shipments whose goods are on the invoice. */
function billed(invoice: Reading): readonly string[] {
  return invoice
    .at('lines.')
    .each((line) => line.at('stock_moves.').each((move) => move.at('shipment.').at('number').optionalText(100)), 10_000)
    .flat()
    .filter((number) => number !== undefined)
}

function deliveryOf(payload: unknown): string {
  return new Reading(payload).at('deliveryNumber').text(100)
}
