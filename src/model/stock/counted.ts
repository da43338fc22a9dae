import { compare, type Decimal, subtract } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import { sortAt } from '../event-time.ts'
import type { Derived } from '../fact.ts'
import type { StockAssertionReport } from '../report.ts'
import { countDone } from './count-order.ts'
import type { Draft } from './draft.ts'
import { assert, book, isAboveLimits } from './ledger.ts'
import { baseQuantity } from './moved.ts'
import { spans } from './movement.ts'
import { variancePosted } from './outcome.ts'
import { problem } from './problem.ts'
import { ask, takeBackQuestion } from './question.ts'
import { type Claim, heldMax, readStockKey, stockKey } from './state.ts'

/** Folds a count or a snapshot line. It is no movement: its variance is one, derived, with a key of its own. */
export function counted(draft: Draft, report: StockAssertionReport): Derived[] {
  const quantity = baseQuantity(draft, report)
  if (typeof quantity !== 'string') return [problem(report, quantity.problem)]
  return claimed(draft, claimOf(report, quantity), report)
}

/** What is known already changes nothing; a variance above the limits of the item waits for a person. */
export function claimed(
  draft: Draft,
  claim: Claim,
  report: Pick<StockAssertionReport, 'kind'> & Partial<StockAssertionReport>,
): Derived[] {
  const { asserted: quantity } = claim
  const known = draft.held[claim.id] ?? draft.assertions[claim.key]?.find(({ id }) => id === claim.id)
  if (known !== undefined) return compare(known.asserted, quantity) === 0 ? [] : [conflict(claim, known.asserted)]
  if (claim.at < draft.keptFromMs)
    return [
      problem({ sku: draft.sku, document: report.document }, 'the count is older than the movements that are kept'),
    ]
  if (!isAboveLimits(draft, claim)) return recorded(draft, claim, report)
  if (Object.keys(draft.held).length >= heldMax)
    return [problem({ sku: draft.sku, document: report.document }, 'too many variances wait for a decision')]
  draft.held = { ...draft.held, [claim.id]: claim }
  return [proposed(draft, claim, report), approvalOf(draft, claim)]
}

/** Data of `inventory.variance_decided`: what a person says to a variance that was proposed. */
export interface VarianceDecision {
  readonly assertion: string
  readonly approved: boolean
}

/** Folds the decision. The variance is taken against the books as they are now; a refused count is as if it had not been. */
export function decided(draft: Draft, { assertion, approved }: VarianceDecision, isAnswer = false): Derived[] {
  const { [assertion]: claim, ...others } = draft.held
  if (claim === undefined) return []
  draft.held = others
  const moot = isAnswer ? [] : [takeBackQuestion(draft, 'approve-variance', assertion, 'It was decided elsewhere.')]
  if (!approved) return [withdrawn(draft, claim), ...moot]
  return [...recorded(draft, claim, { kind: 'count' }), ...moot]
}

/** A person is asked, with what he must know. */
function approvalOf(draft: Draft, claim: Claim): Derived {
  const { location, status, lot } = readStockKey(claim.key)
  const booked = book(draft, claim.key, claim.at)
  const variance = subtract(claim.asserted, booked)
  const { sku, uom, rules } = draft
  const counted = `${claim.asserted} ${uom} of ${sku} were counted at ${location}; the books have ${booked}.`
  return ask(draft, {
    name: 'approve-variance',
    n: claim.id,
    role: 'warehouse',
    escalateTo: 'finance',
    question: `${counted} Is the difference of ${variance} to be posted?`,
    evidence: {
      assertion: claim.id,
      sku,
      location,
      status,
      lot,
      asserted: claim.asserted,
      booked,
      variance,
      uom,
      countedAt: writeInstant(claim.at),
      limits: rules.countLimits ?? {},
    },
    decisions: [
      { name: 'post', label: 'Post it', consequence: 'The books become what was counted, and the ERP is told.' },
      {
        name: 'recount',
        label: 'Count again',
        consequence: 'The count is set aside, and the warehouse counts once more.',
      },
      { name: 'reject', label: 'Reject it', consequence: 'It is as if nobody had counted.', reasonRequired: true },
    ],
  })
}

function recorded(
  draft: Draft,
  claim: Claim,
  report: Pick<StockAssertionReport, 'kind'> & Partial<StockAssertionReport>,
): Derived[] {
  const variances = assert(draft, claim)
  const uncertain = draft.assertions[claim.key]?.find(({ id }) => id === claim.id)?.uncertain === true
  return [
    ...countDone(draft, { ...readStockKey(claim.key), at: claim.at }),
    {
      rule: 'counted',
      type: report.kind === 'count' ? 'inventory.count_recorded' : 'inventory.snapshot_recorded',
      occurredAt: writeInstant(claim.at),
      data: {
        sku: draft.sku,
        ...readStockKey(claim.key),
        assertion: claim.id,
        asserted: claim.asserted,
        uom: draft.uom,
        ...(report.document === undefined ? {} : { document: report.document }),
        uncertain,
      },
    },
    ...variances.map((one) => variancePosted(one, draft)),
  ]
}

/** The item is part of the id: one document without line numbers may count many. */
function claimOf(report: StockAssertionReport, asserted: Decimal): Claim {
  const { document, location, status, lot, serial, ownerParty, sku, effectiveAt } = report
  const key = stockKey({ location, status, lot: lot ?? '', serial: serial ?? '', owner: ownerParty ?? '' })
  const id = [document.system, document.kind, document.id, document.line ?? '', sku, key].join('/')
  const at = sortAt(effectiveAt, true)
  const span = spans[effectiveAt.precision]
  if (span === undefined) return { id, key, at, asserted }
  return effectiveAt.precision === 'date'
    ? { id, key, at, asserted, from: at - span }
    : { id, key, at, asserted, to: at + span }
}

function proposed(draft: Draft, claim: Claim, { document }: Partial<StockAssertionReport>): Derived {
  const booked = book(draft, claim.key, claim.at)
  return {
    rule: 'proposed',
    type: 'inventory.variance_proposed',
    occurredAt: writeInstant(claim.at),
    data: {
      assertion: claim.id,
      sku: draft.sku,
      ...readStockKey(claim.key),
      asserted: claim.asserted,
      booked,
      delta: subtract(claim.asserted, booked),
      uom: draft.uom,
      ...(document === undefined ? {} : { document }),
    },
  }
}

function withdrawn(draft: Draft, claim: Claim): Derived {
  const data = { assertion: claim.id, sku: draft.sku, ...readStockKey(claim.key), asserted: claim.asserted }
  return { rule: 'withdrawn', type: 'inventory.variance_withdrawn', data }
}

function conflict(claim: Claim, known: Decimal): Derived {
  return {
    rule: 'conflict',
    type: 'inventory.conflict_detected',
    data: { assertion: claim.id, known, received: claim.asserted },
  }
}
