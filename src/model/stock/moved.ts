import { add, compare, type Decimal, isDecimal } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import { canonicalUnit } from '../partner-unit.ts'
import type { MovementReport, StockAssertionReport } from '../report.ts'
import { convertForItem } from '../unit.ts'
import { follow } from './demand/follow.ts'
import type { Draft } from './draft.ts'
import { post } from './ledger.ts'
import { contentOf, entryOf, isAlike, isSameMovement, movementId, reversalOf } from './movement.ts'
import { variancePosted } from './outcome.ts'
import { problem } from './problem.ts'
import { type Entry, readStockKey, unpostedMax, waitingMax, windowDays } from './state.ts'

/** Folds a movement: posted once, however often it comes; a reversal waits for what it reverses. */
export function moved(draft: Draft, report: MovementReport): Derived[] {
  const quantity = baseQuantity(draft, report)
  const id = movementId(report)
  if (typeof quantity !== 'string') return [unposted(draft, report, quantity.problem)]
  if (draft.unposted.length > 0) draft.unposted = draft.unposted.filter((one) => one.id !== id)
  const known = draft.window.find((entry) => entry.id === id)
  if (known !== undefined) return isSameMovement(known, report, quantity) ? [] : [conflict(known, report, quantity)]
  const former = formerlyNamed(draft.window, report, quantity)
  if (former !== undefined) return [conflict(former, report, quantity)]
  if (report.reverses === undefined) return posted(draft, report, entryOf(report, quantity))
  const position = draft.window.findIndex((entry) => entry.id === report.reverses)
  const original = draft.window[position]
  if (original === undefined) return wait(draft, report)
  const entry = reversalOf(report, original, quantity)
  if (typeof entry !== 'string')
    draft.window[position] = { ...original, reversed: add(original.reversed ?? '0', quantity) }
  return posted(draft, report, entry)
}

/** Remembered for a while: it explains why another system has other stock. */
function unposted(draft: Draft, report: MovementReport, why: string): Derived {
  const id = movementId(report)
  const others = draft.unposted.filter((one) => one.id !== id)
  const one = { id, quantity: String(report.quantity).slice(0, 60), uom: String(report.uom).slice(0, 20), problem: why }
  draft.unposted = [...others, one].slice(-unpostedMax)
  return problem(report, why)
}

/**
 * What releases before rows were named by their content have posted of the same document under the place of the row. It may be the same
 * goods or more of them: nobody can tell, so a person does, and nothing is booked twice.
 */
function formerlyNamed(window: readonly Entry[], report: MovementReport, quantity: Decimal): Entry | undefined {
  const { system, kind, id, line, sequence } = report.document
  if (line !== undefined || sequence === undefined) return undefined
  const beginning = `${[system, kind, id].join('/')}/`
  return window.find(
    (one) => one.id.startsWith(beginning) && isPlace(one.id.slice(beginning.length)) && isAlike(one, report, quantity),
  )
}

/** Of a row in its document, as it was counted, and perhaps what told rows of one place apart. */
function isPlace(rest: string): boolean {
  return /^[1-9]\d{0,5}\//.test(rest)
}

/** In the base unit of the item, which is that of the first report when nobody said. Also for counts. */
export function baseQuantity(
  draft: Draft,
  report: MovementReport | StockAssertionReport,
): Decimal | { readonly problem: string } {
  const { quantity, uom, conversion } = report
  if (!isDecimal(quantity)) return { problem: 'the quantity is no decimal' }
  if (compare(quantity, '0') < 0 && 'type' in report)
    return { problem: 'the quantity is negative; the type of a movement says which way it goes' }
  if (draft.sku === '') {
    draft.sku = report.sku
    if (draft.rules.baseUom === undefined) draft.uom = canonicalUnit(conversion?.baseUom ?? uom)
  }
  const own = draft.rules.conversions?.[canonicalUnit(uom)]
  const converted = convertForItem(quantity, {
    uom,
    base: draft.uom,
    conversion: own === undefined ? conversion : { ...own, baseUom: draft.uom },
  })
  return 'problem' in converted ? converted : converted.value
}

function posted(draft: Draft, report: MovementReport, entry: Entry | string): Derived[] {
  if (typeof entry === 'string') return [problem(report, entry)]
  const late = entry.at < draft.asOf - windowDays * 86_400_000
  const variances = post(draft, entry)
  return [
    movementPosted(report, entry, draft.uom),
    ...follow(draft, report, entry),
    ...variances.map((one) => variancePosted(one, draft)),
    ...(late ? [beyondWindow(report, entry)] : []),
    ...release(draft, entry.id),
  ]
}

/** Reversals that came first are posted as soon as what they reverse is there. */
function release(draft: Draft, id: string): Derived[] {
  const ready = draft.waiting.filter(({ reverses }) => reverses === id)
  if (ready.length === 0) return []
  draft.waiting = draft.waiting.filter(({ reverses }) => reverses !== id)
  return ready.flatMap((report) => [
    ...moved(draft, report).map((one) => ({ ...one, rule: `${one.rule}-${movementId(report)}` })),
    {
      rule: `found-${movementId(report)}`,
      type: 'inventory.discrepancy_resolved',
      data: { kind: 'original_missing', sku: report.sku, movement: movementId(report), reverses: id },
    },
  ])
}

function wait(draft: Draft, report: MovementReport): Derived[] {
  const id = movementId(report)
  if (draft.waiting.some((one) => movementId(one) === id)) return []
  if (draft.waiting.length >= waitingMax)
    return [problem(report, 'too many reversals wait for movements that are not known')]
  draft.waiting = [...draft.waiting, report]
  const data = { kind: 'original_missing', sku: report.sku, movement: id, reverses: report.reverses }
  return [{ rule: 'waiting', type: 'inventory.discrepancy_detected', data }]
}

function conflict(known: Entry, report: MovementReport, quantity: Decimal): Derived {
  const entry = entryOf(report, quantity)
  const received = typeof entry === 'string' ? entry : contentOf({ ...entry, ...reversing(report) })
  return {
    rule: 'conflict',
    type: 'inventory.conflict_detected',
    data: { movement: known.id, sku: report.sku, known: contentOf(known), received },
  }
}

function reversing({ reverses }: MovementReport): Partial<Entry> {
  return reverses === undefined ? {} : { reverses }
}

/** Posted, because it moved; but whether it came before, nobody can tell any more. */
function beyondWindow(report: MovementReport, entry: Entry): Derived {
  const data = { kind: 'late', sku: report.sku, movement: entry.id, document: report.document }
  return { rule: `late-${entry.id}`, type: 'inventory.discrepancy_detected', occurredAt: writeInstant(entry.at), data }
}

function movementPosted(report: MovementReport, entry: Entry, uom: string): Derived {
  const { type, sku, document, reasonCode, reverses, references, lot, serial } = report
  return {
    rule: `posted-${entry.id}`,
    type: reverses === undefined ? 'inventory.movement_posted' : 'inventory.movement_reversed',
    occurredAt: writeInstant(entry.at),
    data: {
      movement: entry.id,
      type,
      sku,
      quantity: entry.quantity,
      uom,
      document,
      postings: entry.postings.map(([key, delta]) => ({ ...readStockKey(key), delta })),
      ...(report.from === undefined ? {} : { from: report.from.location }),
      ...(report.to === undefined ? {} : { to: report.to.location }),
      ...(lot === undefined ? {} : { lot }),
      ...(serial === undefined ? {} : { serial }),
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(reverses === undefined ? {} : { reverses }),
      ...(references === undefined ? {} : { references }),
    },
  }
}
