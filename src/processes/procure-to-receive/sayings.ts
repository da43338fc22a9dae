import { shortHash } from '../../base/sha256.ts'
import { entities } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import { claimDraft } from '../claim-draft.ts'
import type { Saying } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { type Discrepancy } from './comparison.ts'
import { discrepancies } from './counted.ts'
import type { Document, Here, Known } from './known.ts'
import { appointmentHere, noticeHere } from './notice-states.ts'
import { decisionHere, heldLines, receiptHere } from './receipt-states.ts'

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
    about: 'Goods are held: `quality_hold.reported`.',
    make: (scope) =>
      hold(scope, {
        status: 'placed',
        object: { receiptNumber: scope.branchKey, purchaseOrderNumber: scope.key, lines: heldLines(scope) },
      }),
  },
  'hold-decision': {
    about: 'What quality decided: `quality_hold.reported`.',
    make: (scope) => {
      const decision = scope.choice('quality')
      // What failed was told of when it was decided, before the others are put away.
      if (decision === '' || (decision !== 'release' && scope.state() === 'putting_away')) return []
      const { reason } = scope.answer('quality-decision') ?? {}
      const end = { release: 'released', return: 'returned_to_vendor', scrap: 'scrapped' }[decision]
      const steps = decision === 'release' ? [] : hold(scope, { status: 'inspecting', object: {} })
      const last =
        end === undefined ? [] : hold(scope, { status: end, object: {}, ...(reason === undefined ? {} : { reason }) })
      return [...steps, ...last]
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
    make: (scope) =>
      claim(
        scope,
        heldLines(scope).map((line) => ({ kind: 'quality', ...line })),
        ':quality',
      ),
  },
  received: {
    about: 'All of it has come: `purchase_order.reported`.',
    make: ({ known }) => report('purchase_order.reported', known.order, { reached: 'received', object: {} }),
  },
}

function hold(scope: Here, data: DocumentReport) {
  const subject = `${entities.quality_hold}_${shortHash(`${scope.tenant}|${scope.key}|${scope.branchKey}`)}`
  return [{ type: 'quality_hold.reported', subject, data }]
}

/** One claim for each receipt, and one more for what quality finds. */
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
