import type { OperationRequest } from '../kit/connector.ts'
import { type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { carries, codeOf, lookForOrder, referenceIn, withoutOrder, withReference } from './order-look.ts'
import { change } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const cancel = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { __typename ... on Order { id state } ... on ErrorResult { errorCode message } }
}`

const addNote = `mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }`

/** What staff of the shop read. The customer sees none of it: what customers are told is a matter of the shop. */
const words: Readonly<Record<string, string>> = {
  accepted: 'Accepted: it will be shipped.',
  backordered: 'Some of it is not in stock and waits.',
  cancelled: 'Cancelled.',
  on_hold: 'On hold.',
  rejected: 'It will not be shipped.',
  substituted: 'Another item is sent for a part of it:',
}

/**
 * Where an order stands that came from the shop. One that is rejected or cancelled is cancelled there; the rest is a note for the staff,
 * because the shop has no such state. Money is not given back: that is decided in the shop.
 */
export const updateChannelOrder = pursue<VendureSettings, Reading | undefined>({
  command: 'update_channel_order',
  idempotency: referenceIn('history.data'),
  look: lookForOrder,
  decide,
})

function decide(order: Reading | undefined, request: OperationRequest, settings: VendureSettings): Decision {
  const payload = new Reading(request.payload)
  const code = codeOf(request.payload, settings)
  if (order === undefined) return withoutOrder(code, settings)
  const standing = payload.at('standing').text(40)
  const said = [words[standing] ?? `${standing}.`, payload.at('reason').excerpt(300)].filter(Boolean).join(' ')
  const text = withReference(said, request.externalReference)
  const id = order.at('id').text(60)
  const isTold = order
    .at('history')
    .at('items')
    .each((entry) => entry.at('data'), 100)
    .some((data) => ['note', 'reason'].some((name) => carries(data.at(name), request.externalReference)))
  if (standing === 'cancelled' || standing === 'rejected') return cancelled(order, { code, text, settings })
  if (isTold) return { ended: { outcome: 'applied', documentReference: code } }
  const input = { id, note: text, isPublic: false }
  return { step: 'note', act: () => change(settings, 'addNoteToOrder', addNote, { input }) }
}

function cancelled(
  order: Reading,
  { code, text, settings }: { readonly code: string; readonly text: string; readonly settings: VendureSettings },
): Decision {
  const state = order.at('state').text(100)
  if (state === 'Cancelled') return { ended: { outcome: 'applied', documentReference: code } }
  const hasLeft = order.at('fulfillments').each((one) => one.at('state').text(100), 1000)
  if (hasLeft.some((one) => one === 'Shipped' || one === 'Delivered'))
    return {
      ended: {
        outcome: 'refused',
        reason: `Order ${code} has left, says the shop: it cannot be cancelled as a whole.`,
      },
    }
  const input = { orderId: order.at('id').text(60), reason: text, cancelShipping: true }
  return { step: 'cancel', act: () => change(settings, 'cancelOrder', cancel, { input }) }
}
