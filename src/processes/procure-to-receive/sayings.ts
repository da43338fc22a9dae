import type { DocumentReport } from '../../model/report.ts'
import { claimDraft } from '../claim-draft.ts'
import type { Saying } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import type { Line } from '../told-document.ts'
import { attachedHere } from './attached-states.ts'
import { type Discrepancy } from './comparison.ts'
import { attachedTo, discrepancies, type QualityPart, stayingOf } from './counted.ts'
import { decisionHere, receiptHere } from './dock-decision.ts'
import { decidedParts, heldLines, holdId, isFailed, newestPart, stillHeld } from './held.ts'
import type { Document, Here, Known } from './known.ts'
import { appointmentHere, noticeHere } from './notice-states.ts'

const report = (type: string, one: Document | undefined, data: DocumentReport) =>
  one === undefined ? [] : [{ type, subject: one.id, data }]

/** What the process itself says about orders, notices, receipts, holds and claims. */
export const says: Readonly<Record<string, Saying<Known>>> = {
  advice: {
    about: 'The receipt is done: `goods_receipt.reported` with where its goods are.',
    make: (scope) =>
      report('goods_receipt.reported', receiptHere(scope), {
        object: { putAway: scope.policy('awaitsPutaway', true) },
      }),
  },
  attached: {
    about: 'A person attached it to another order: `goods_receipt.reported` with what stays of it, for that one.',
    make: (scope) => {
      const receipt = receiptHere(scope)
      const order = receipt === undefined ? undefined : attachedTo(scope, receipt)
      if (receipt === undefined || order === undefined) return []
      const lines = stayingOf(scope, receipt)
      const attached = { purchaseOrderNumber: order, lines, isSettled: scope.state() === 'done' }
      return report('goods_receipt.reported', receipt, { object: { attached } })
    },
  },
  claim: {
    about: 'The supplier is to pay for what was wrong: `claim.reported`, which begins a claim.',
    make: (scope) =>
      ['claim', 'return'].includes(decisionHere(scope)) ? claim(scope, scope.chosen['discrepancies']) : [],
  },
  discrepancy: {
    about: 'The receipt does not agree: `goods_receipt.discrepancy_detected`.',
    make: (scope) => {
      const receipt = receiptHere(scope)
      const all = discrepancies(scope)
      if (receipt === undefined) return []
      const differences = all.slice(0, 100).map(({ received, ...one }) => ({ ...one, said: received }))
      return [
        { type: 'goods_receipt.discrepancy_detected', subject: receipt.id, data: { differences, count: all.length } },
      ]
    },
  },
  hold: {
    about: 'Goods are held, or a part of them not any more: `quality_hold.reported`.',
    make: (scope) => {
      if (scope.chosen['unclear'] === true) return []
      const part = newestPart(scope)
      const placed = { status: 'placed', object: heldObject(scope, part?.lines ?? heldLines(scope)) }
      if (part === undefined) return hold(scope, placed)
      // What was decided apart is a hold of its own that is over; the first one is about what is left.
      const left = hold(scope, { object: { lines: stillHeld(scope) } })
      return [...hold(scope, placed, part), ...ended(scope, part, part), ...left]
    },
  },
  'hold-decision': {
    about: 'What quality decided: `quality_hold.reported`.',
    make: (scope) => {
      const part = newestPart(scope)
      // Where some failed, it was told of when it was decided, before the others are put away.
      const isTold = scope.state() === 'putting_away' && decidedParts(scope).some(isFailed)
      return part === undefined || isTold ? [] : ended(scope, part)
    },
  },
  'no-show': {
    about: 'Nobody came: `appointment.reported`.',
    make: (scope) => report('appointment.reported', appointmentHere(scope), { status: 'no_show', object: {} }),
  },
  'notice-rejected': {
    about: 'The notice does not fit: `asn.reported`.',
    make: (scope) => {
      const faults = scope.chosen['faults'] as readonly string[] | undefined
      return report('asn.reported', noticeHere(scope), {
        status: 'rejected',
        object: {},
        reason: (faults ?? []).join('; ').slice(0, 500),
      })
    },
  },
  'notice-validated': {
    about: 'The notice fits: `asn.reported`.',
    make: (scope) => report('asn.reported', noticeHere(scope), { reached: 'validated', object: {} }),
  },
  'quality-claim': {
    about: 'The supplier is to pay for goods that failed: `claim.reported`.',
    make: (scope) => {
      const part = newestPart(scope)
      if (part === undefined || !isFailed(part)) return []
      const lines = part.lines.map((line) => ({ kind: 'quality', ...line }))
      return claim(scope, lines, `:quality${part.name === '' ? '' : `:${part.name}`}`)
    },
  },
  stowed: {
    about:
      'Goods that were attached to the order are in their bins: `goods_receipt.reported`, for whoever follows them.',
    make: (scope) =>
      report('goods_receipt.reported', attachedHere(scope), { object: { stowedAt: scope.choice('stowedAt') } }),
  },
  received: {
    about: 'All of it has come: `purchase_order.reported`.',
    make: ({ known }) => report('purchase_order.reported', known.order, { reached: 'received', object: {} }),
  },
}

/** The hold on what is left, or that on a part that was decided apart. */
function hold(scope: Here, data: DocumentReport, part?: QualityPart) {
  return [{ type: 'quality_hold.reported', subject: holdId(scope, part?.name), data }]
}

function heldObject({ branchKey, key }: Here, lines: readonly Line[]) {
  return { receiptNumber: branchKey, purchaseOrderNumber: key, lines }
}

/** How a hold ends by what was decided of its goods. */
function ended(scope: Here, { decision, reason }: QualityPart, of?: QualityPart) {
  const end = { release: 'released', return: 'returned_to_vendor', scrap: 'scrapped' }[decision]
  const steps = decision === 'release' ? [] : hold(scope, { status: 'inspecting', object: {} }, of)
  const why = reason === undefined ? {} : { reason }
  return [...steps, ...(end === undefined ? [] : hold(scope, { status: end, object: {}, ...why }, of))]
}

/** One claim for each receipt, and one more for each part that quality finds wrong. */
function claim(scope: Here, found: unknown, suffix = '') {
  const lines = (found ?? []) as readonly (Partial<Discrepancy> & Data)[]
  const kinds: Readonly<Record<string, string>> = {
    over: 'overage',
    short: 'shortage',
    damaged: 'damage',
    not_ordered: 'wrong_item',
    quality: 'quality',
  }
  return claimDraft(scope.tenant, {
    claimNumber: `GR-${scope.branchKey}${suffix}`,
    against: 'supplier',
    party: scope.known.order?.more['supplier'],
    type: kinds[lines[0]?.kind ?? ''] ?? 'shortage',
    purchaseOrderNumber: scope.key,
    receiptNumber: scope.branchKey,
    happenedAt: receiptHere(scope)?.more['receivedAt'],
    lines,
  })
}
