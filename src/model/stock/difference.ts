import { absolute, compare, type Decimal, isDecimal, isZero, negate } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import type { TaskChoice } from '../task/report.ts'
import { orderCount } from './count-order.ts'
import type { Draft } from './draft.ts'
import { moved } from './moved.ts'
import { problem } from './problem.ts'
import { ask, takeBackQuestion } from './question.ts'
import type { OpenDifference } from './state.ts'

/** Data of `inventory.difference_reported`: what a comparison with another system came to for one stock. Zero says that it is over. */
export interface DifferenceReport {
  /** Connection of the other system. */
  readonly system: string
  /** Id of the comparison. */
  readonly run: string
  readonly location: string
  readonly status: string
  readonly lot: string
  readonly ours: Decimal
  readonly theirs: Decimal
  /** Ours less theirs. */
  readonly difference: Decimal
  /** When the other system looked, RFC 3339. */
  readonly takenAt: string
  readonly cause: string
  readonly explanations: readonly unknown[]
  readonly repairs: readonly string[]
}

/** Open differences of one item; more are only in the list of the comparison. */
export const differencesMax = 200
/** What was decided gets so long to show in the other system before it is asked again. */
const settleMs = 24 * 3_600_000

/** Folds what a comparison found: a case is opened once, and closed when the two agree again. */
export function compared(draft: Draft, report: DifferenceReport): Derived[] {
  const at = readInstant(report.takenAt)
  if (at === undefined || !isDecimal(report.difference))
    return [problem({ sku: draft.sku, document: { run: report.run } }, 'the difference has no quantity or no time')]
  const key = [report.system, report.location, report.status, report.lot].join('|')
  const known = draft.differences[key]
  if (known !== undefined && at < known.takenAt) return []
  if (isZero(report.difference)) return known === undefined ? [] : over(draft, key, known)
  const isSame = known !== undefined && compare(known.difference, report.difference) === 0
  const isSettled = known?.decidedAt === undefined || at < known.decidedAt + settleMs
  if (isSame && isSettled) return []
  if (known === undefined && Object.keys(draft.differences).length >= differencesMax) return []
  const n = (known?.n ?? 0) + 1
  const { system, location, status, lot, difference } = report
  const open: OpenDifference = { system, location, status, lot, difference, takenAt: at, n }
  draft.differences = { ...draft.differences, [key]: open }
  const before =
    known === undefined || known.decidedAt !== undefined ? [] : [moot(draft, key, known, 'It is another amount now.')]
  return [...before, detected(draft, open), asked(draft, key, report, n)]
}

/** Folds what a person decided about one of them. */
export function differenceDecided(
  draft: Draft,
  key: string,
  answer: { readonly decision: string; readonly task: string; readonly by: string; readonly reason: string },
): Derived[] {
  const known = draft.differences[key]
  if (known === undefined) return []
  const { system, location, status, lot, difference } = known
  draft.differences = { ...draft.differences, [key]: { ...known, decidedAt: draft.nowMs } }
  switch (answer.decision) {
    case 'post_at_erp':
      return [
        {
          rule: `correction-${answer.task}`,
          type: 'inventory.correction_ordered',
          data: {
            correction: `hub/correction/${answer.task}`,
            system,
            sku: draft.sku,
            uom: draft.uom,
            postings: [{ location, status, owner: '', lot, serial: '', package: '', delta: difference }],
            by: answer.by,
            reason: answer.reason,
          },
        },
      ]
    case 'adjust_here':
      return adjusted(draft, known, answer)
    case 'recount':
      return orderCount(draft, { location, status, lot }, `${system} has ${negate(difference)} more.`)
    default:
      return []
  }
}

/** Takes over what they have. They are not told: they have it already. */
function adjusted(
  draft: Draft,
  { location, status, lot, difference }: OpenDifference,
  answer: { readonly task: string; readonly reason: string },
): Derived[] {
  const isLess = !difference.startsWith('-')
  const place = { location, status }
  return moved(draft, {
    type: isLess ? 'adjust_loss' : 'adjust_gain',
    sku: draft.sku,
    quantity: absolute(difference),
    uom: draft.uom,
    effectiveAt: { at: writeInstant(draft.nowMs), precision: 'millisecond', offsetKnown: true },
    ...(isLess ? { from: place } : { to: place }),
    ...(lot === '' ? {} : { lot }),
    ...(answer.reason === '' ? {} : { reasonCode: answer.reason.slice(0, 60) }),
    document: { system: 'hub', kind: 'correction', id: answer.task },
  })
}

function over(draft: Draft, key: string, known: OpenDifference): Derived[] {
  const { [key]: _, ...others } = draft.differences
  draft.differences = others
  const { system, location, status, lot } = known
  const data = { kind: 'system_difference', sku: draft.sku, system, location, status, lot }
  const resolved = { rule: `agreed-${key}`, type: 'inventory.discrepancy_resolved', data }
  return known.decidedAt === undefined ? [resolved, moot(draft, key, known, 'The two agree again.')] : [resolved]
}

function detected({ sku }: Draft, { system, location, status, lot, difference }: OpenDifference): Derived {
  const data = { kind: 'system_difference', sku, system, location, status, lot, difference }
  return { rule: `differs-${system}-${location}-${status}-${lot}`, type: 'inventory.discrepancy_detected', data }
}

function moot(draft: Draft, key: string, { n }: OpenDifference, reason: string): Derived {
  return takeBackQuestion(draft, 'stock-difference', `${key}#${n}`, reason)
}

function asked(draft: Draft, key: string, report: DifferenceReport, n: number): Derived {
  const { system, location, status, lot, ours, theirs, difference, cause, explanations, repairs, run, takenAt } = report
  const which = `${draft.sku}${lot === '' ? '' : ` of lot ${lot}`} with status ${status} at ${location}`
  return ask(draft, {
    name: 'stock-difference',
    n: `${key}#${n}`,
    role: 'finance',
    escalateTo: 'warehouse',
    question: `We have ${ours} ${draft.uom} of ${which}, ${system} has ${theirs}. What is to be done?`,
    evidence: {
      system,
      run,
      takenAt,
      sku: draft.sku,
      location,
      status,
      lot,
      ours,
      theirs,
      difference,
      cause,
      explanations,
      repairs,
    },
    decisions: decisionsFor(system, difference),
  })
}

function decisionsFor(system: string, difference: Decimal): readonly TaskChoice[] {
  return [
    {
      name: 'recount',
      label: 'Count again',
      consequence: 'The warehouse gets an order to count; nothing else changes.',
    },
    {
      name: 'post_at_erp',
      label: `Correct ${system}`,
      consequence: `An adjustment of ${difference} is posted to ${system}.`,
      reasonRequired: true,
    },
    {
      name: 'adjust_here',
      label: 'Correct the hub',
      consequence: `Our books change by ${negate(difference)}; ${system} is not told, because it has that already.`,
      reasonRequired: true,
    },
    {
      name: 'wait',
      label: 'Wait, or put right elsewhere',
      consequence: 'Nothing changes. It is asked again when a comparison a day later still finds it.',
    },
  ]
}
