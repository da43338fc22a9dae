import type { EffectDefinition } from '../engine/definition.ts'
import { type Data, dateOf, keyOf } from '../posting.ts'
import type { Line } from '../told-document.ts'
import type { QualityPart } from './counted.ts'
import { bookable, decisionHere, receiptHere, wrongLines } from './dock-decision.ts'
import { partsOf } from './held.ts'
import type { Here, Known } from './known.ts'
import { appointmentHere, noticeHere } from './notice-states.ts'
import { linesInDoubt } from './order-states.ts'

type Effect = EffectDefinition<Known>

/** Something that is told about the order as a whole. */
function toSupplier(scope: Here, businessKey: string, payload: Data) {
  return {
    businessKey,
    key: `purchase_order:${scope.key}`,
    priority: 4,
    payload: { purchaseOrderNumber: scope.key, supplier: scope.known.order?.more['supplier'], ...payload },
  }
}
const ofOrder = (rest: Omit<Effect, 'role' | 'object'>): Effect => ({
  role: 'procurement',
  object: ({ known }) => known.order?.id,
  ...rest,
})
const ofNotice = (rest: Omit<Effect, 'role' | 'object'>): Effect => ({
  role: 'receiving',
  object: (scope) => noticeHere(scope)?.id,
  ...rest,
})
const ofReceipt = (rest: Omit<Effect, 'role' | 'object'>): Effect => ({
  role: 'receiving',
  object: (scope) => receiptHere(scope)?.id,
  ...rest,
})

/** What ERP, warehouse, supplier and carrier are asked for. */
export const effects: Readonly<Record<string, Effect>> = {
  'ask-arrival': ofNotice({
    about: 'The carrier is asked when he comes.',
    command: 'request_arrival',
    make: (scope) =>
      toSupplier(scope, `${scope.branchKey}:${scope.choice('appointment')}`, {
        asnNumber: scope.branchKey,
        carrier: noticeHere(scope)?.more['carrier'],
      }),
  }),
  'book-appointment': ofNotice({
    about: 'The site is asked for a time at the dock.',
    command: 'book_appointment',
    make: (scope) =>
      appointmentHere(scope) === undefined
        ? toSupplier(scope, `${scope.key}:${scope.branchKey}`, {
            asnNumber: scope.branchKey,
            expectedAt: noticeHere(scope)?.more['expectedAt'],
          })
        : undefined,
  }),
  'cancel-appointment': ofNotice({
    about: 'The time at the dock is given back.',
    command: 'cancel_appointment',
    make: (scope) => {
      const appointment = appointmentHere(scope)
      if (appointment === undefined || appointment.said.includes('cancelled')) return undefined
      return toSupplier(scope, appointment.number, {
        appointmentNumber: appointment.number,
        asnNumber: scope.branchKey,
      })
    },
  }),
  'cancel-order': ofOrder({
    about: 'ERP and supplier are told that the rest is not wanted, unless they said so.',
    command: 'cancel_purchase_order',
    required: true,
    make: (scope) =>
      scope.known.order?.said.includes('cancelled') === true
        ? undefined
        : toSupplier(scope, scope.key, { reason: scope.cancelled?.reason }),
  }),
  'change-order': ofOrder({
    about: 'The order becomes what the buyer accepted (860, ORDCHG).',
    command: 'change_purchase_order',
    required: true,
    make: (scope) => {
      const decision = scope.choice('decision')
      if (decision === 'refuse') return undefined
      const { order } = scope.known
      const answer = scope.known.answers[scope.choice('answer')]
      const isTakenOut = decision === 'cancel_line' && order !== undefined && answer !== undefined
      return toSupplier(scope, `${scope.key}:${scope.choice('answer')}:${decision}`, {
        decision,
        lines: isTakenOut ? linesInDoubt(order, answer) : (answer?.lines ?? []),
      })
    },
  }),
  'post-receipt': ofReceipt({
    about: 'The ERP books what was accepted, once per receipt number: the same posting as without the process.',
    command: 'post_goods_receipt',
    required: true,
    make: (scope) => {
      const receipt = receiptHere(scope)
      if (receipt === undefined) return undefined
      const { number, more } = receipt
      const accepted = bookable(scope)
      const isApart = decisionHere(scope) === 'quarantine'
      const named = scope.choice('order') === '' ? more['purchaseOrderNumber'] : scope.choice('order')
      // Nothing is left: there is nothing to book.
      if (accepted.length === 0) return undefined
      const key = keyOf('goods_receipt', number)
      return {
        businessKey: key,
        key: `receipt:${key}`,
        priority: 4,
        payload: {
          receiptNumber: number,
          purchaseOrderNumber: isApart ? undefined : named,
          location: more['location'],
          postingDate: dateOf(more['receivedAt']),
          ...(isApart ? { stockStatus: 'blocked' } : {}),
          lines: accepted,
        },
      }
    },
  }),
  'refuse-answer': ofOrder({
    about: 'The supplier is told that his answer is not accepted.',
    command: 'refuse_acknowledgement',
    make: (scope) =>
      scope.choice('decision') === 'refuse'
        ? toSupplier(scope, `${scope.key}:${scope.choice('answer')}`, { answer: scope.choice('answer') })
        : undefined,
  }),
  'release-hold': ofReceipt({
    about: 'The warehouse is told that the goods may be used.',
    command: 'release_hold',
    required: true,
    make: (scope) => partsOf(scope, 'release').map((part) => ofPart(scope, part)),
  }),
  'remind-supplier': ofOrder({
    about: 'The supplier is reminded that the order waits for his answer.',
    command: 'remind_supplier',
    make: (scope) =>
      scope.missed('po-ack')
        ? toSupplier(scope, `${scope.key}:acknowledgement`, { about: 'acknowledgement' })
        : undefined,
  }),
  'request-notice': ofOrder({
    about: 'The supplier is asked for the notice that should be here before the goods.',
    command: 'request_ship_notice',
    make: (scope) => (scope.missed('asn-missing') ? toSupplier(scope, scope.key, { about: 'ship_notice' }) : undefined),
  }),
  'return-to-vendor': ofReceipt({
    about: 'The warehouse sends back what is wrong.',
    command: 'return_to_vendor',
    required: true,
    make: (scope) => {
      if (scope.state() !== 'posting')
        return partsOf(scope, 'return')
          .filter(({ lines }) => lines.length > 0)
          .map((part) => ofPart(scope, part, ':quality'))
      const lines = decisionHere(scope) === 'return' ? returnedLines(scope) : []
      // What is missing cannot go back.
      if (lines.length === 0) return undefined
      return toSupplier(scope, keyOf('goods_receipt', scope.branchKey), { receiptNumber: scope.branchKey, lines })
    },
  }),
  scrap: ofReceipt({
    about: 'The warehouse destroys what failed.',
    command: 'scrap_stock',
    required: true,
    make: (scope) => partsOf(scope, 'scrap').map((part) => ofPart(scope, part)),
  }),
  'send-application-advice': ofNotice({
    about: 'The supplier is told each fault of his notice (824, APERAK).',
    command: 'send_application_advice',
    make: (scope) => {
      const faults = scope.chosen['faults'] as readonly string[] | undefined
      return toSupplier(scope, `${scope.key}:${scope.branchKey}:${(faults ?? []).join(';').slice(0, 100)}`, {
        asnNumber: scope.branchKey,
        faults,
      })
    },
  }),
}

/** The warehouse is told of what quality decided: of each part once. */
function ofPart(scope: Here, { name, lines }: QualityPart, about = '') {
  const businessKey = `${keyOf('goods_receipt', scope.branchKey)}${about}${name === '' ? '' : `:${name}`}`
  return toSupplier(scope, businessKey, { receiptNumber: scope.branchKey, lines })
}

/** What went into the decision; version 2 did not write it down. */
function returnedLines(scope: Here) {
  return (scope.chosen['returned'] as Line[] | undefined) ?? wrongLines(scope)
}
