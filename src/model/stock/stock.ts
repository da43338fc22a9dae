import { add, compare, type Decimal, isDecimal, negate, subtract } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { sortAt } from '../event-time.ts'
import type { Derived, Evolution, Evolve, Fact } from '../fact.ts'
import type { MovementReport, StockAssertionReport } from '../report.ts'
import { canonicalUnit } from '../partner-unit.ts'
import { convertForItem } from '../unit.ts'
import { availability } from './availability.ts'
import { assert, isNegative, post, type Variance } from './ledger.ts'
import { entryOf, movementId } from './movement.ts'
import {
  type Entry,
  emptyStock,
  type Inbound,
  type Reservation,
  readStockKey,
  type StockState,
  stockKey,
  windowDays,
} from './state.ts'

/** The stock of one item. Movements move it, counts and snapshots correct it, reservations and inbound only weigh on what may be promised. */
export const evolveStock: Evolve<StockState> = (state = emptyStock, fact) => {
  switch (fact.type) {
    case 'inventory.movement_reported':
      return settle(state, moved(state, fact, fact.data as MovementReport), fact)
    case 'inventory.count_reported':
    case 'inventory.snapshot_reported':
      return settle(state, counted(state, fact.data as StockAssertionReport), fact)
    case 'inventory.reservation_reported':
      return settle(state, { state: reserve(state, fact.data as ReservationReport), facts: [] }, fact)
    case 'inventory.inbound_reported':
      return settle(state, { state: expect(state, fact.data as InboundReport), facts: [] }, fact)
    case 'inventory.safety_reported': {
      const { location, quantity } = fact.data as { location: string; quantity: Decimal }
      return settle(state, { state: { ...state, safety: { ...state.safety, [location]: quantity } }, facts: [] }, fact)
    }
    default:
      return { state, facts: [], timers: [] }
  }
}

/** Data of `inventory.reservation_reported`. */
export interface ReservationReport extends Reservation {
  readonly id: string
  readonly status: 'active' | 'consumed' | 'released' | 'expired'
}

/** Data of `inventory.inbound_reported`: a confirmed receipt that is expected. */
export interface InboundReport {
  readonly id: string
  readonly location: string
  readonly quantity: Decimal
  readonly due: string
  readonly status: 'expected' | 'received' | 'cancelled'
}

interface Outcome {
  readonly state: StockState
  readonly facts: readonly Derived[]
}

function moved(state: StockState, fact: Fact, report: MovementReport): Outcome {
  const begun =
    state.sku === ''
      ? { ...state, sku: report.sku, uom: canonicalUnit(report.conversion?.baseUom ?? report.uom) }
      : state
  const id = movementId(report)
  if (!isDecimal(report.quantity)) return { state, facts: [problem(report, 'the quantity is no decimal')] }
  const converted = convertForItem(report.quantity, { uom: report.uom, base: begun.uom, conversion: report.conversion })
  if ('problem' in converted) return { state: begun, facts: [problem(report, converted.problem)] }
  const reversed =
    report.reverses === undefined ? undefined : begun.window.find((entry) => entry.id === report.reverses)
  if (report.reverses !== undefined && reversed === undefined)
    return { state: { ...begun, waiting: hold(begun.waiting, report) }, facts: [] }
  const entry = reversed === undefined ? entryOf(report, converted.value) : reversal(report, reversed, converted.value)
  if (typeof entry === 'string') return { state: begun, facts: [problem(report, entry)] }
  const known = begun.window.find((one) => one.id === id)
  if (known !== undefined) {
    if (known.content === entry.content) return { state, facts: [] }
    return {
      state,
      facts: [
        {
          rule: 'conflict',
          type: 'inventory.conflict_detected',
          data: { movement: id, known: known.content, received: entry.content },
        },
      ],
    }
  }
  const marked =
    reversed === undefined
      ? begun
      : {
          ...begun,
          window: begun.window.map((one) =>
            one === reversed ? { ...one, reversed: add(one.reversed ?? '0', converted.value) } : one,
          ),
        }
  const posted = post(marked, entry)
  const facts = [movementPosted(report, entry, begun.uom), ...posted.variances.map((one) => variancePosted(one, begun))]
  return released({ state: posted.state, facts }, fact, id)
}

/** Reversals that came first are posted as soon as what they reverse is there. */
function released(outcome: Outcome, fact: Fact, id: string): Outcome {
  const next = outcome.state.waiting.find(({ reverses }) => reverses === id)
  if (next === undefined) return outcome
  const without = { ...outcome.state, waiting: outcome.state.waiting.filter((one) => one !== next) }
  const after = moved(without, fact, next)
  return {
    state: after.state,
    facts: [...outcome.facts, ...after.facts.map((one) => ({ ...one, rule: `${one.rule}-${movementId(next)}` }))],
  }
}

function hold(waiting: readonly MovementReport[], report: MovementReport): readonly MovementReport[] {
  return waiting.some((one) => movementId(one) === movementId(report)) ? waiting : [...waiting, report].slice(-100)
}

/** The opposite of the original, in proportion; all reversals together never exceed it. */
function reversal(report: MovementReport, original: Entry, quantity: Decimal): Entry | string {
  if (compare(add(original.reversed ?? '0', quantity), original.quantity) > 0)
    return 'more would be reversed than was moved'
  const share = (delta: Decimal): Decimal => (isNegative(delta) ? quantity : negate(quantity))
  return {
    id: movementId(report),
    content: `reversal ${original.id} ${quantity}`,
    at: sortAt(report.effectiveAt, false),
    postings: original.postings.map(([key, delta]) => [key, share(delta)] as const),
    ...(original.account === undefined ? {} : { account: original.account }),
    quantity,
  }
}

function counted(state: StockState, report: StockAssertionReport): Outcome {
  const begun =
    state.sku === ''
      ? { ...state, sku: report.sku, uom: canonicalUnit(report.conversion?.baseUom ?? report.uom) }
      : state
  if (!isDecimal(report.quantity)) return { state, facts: [problem(report, 'the quantity is no decimal')] }
  const converted = convertForItem(report.quantity, { uom: report.uom, base: begun.uom, conversion: report.conversion })
  if ('problem' in converted) return { state: begun, facts: [problem(report, converted.problem)] }
  const { document, location, status, lot, serial, ownerParty } = report
  const key = stockKey({ location, status, lot: lot ?? '', serial: serial ?? '', owner: ownerParty ?? '' })
  const id = [document.system, document.kind, document.id, document.line ?? '', key].join('/')
  const known = (begun.assertions[key] ?? []).find((one) => one.id === id)
  if (known !== undefined)
    return {
      state,
      facts:
        compare(known.asserted, converted.value) === 0
          ? []
          : [
              {
                rule: 'conflict',
                type: 'inventory.conflict_detected',
                data: { assertion: id, known: known.asserted, received: converted.value },
              },
            ],
    }
  const at = sortAt(report.effectiveAt, true)
  if (begun.asOf - at > windowDays * 86_400_000)
    return { state: begun, facts: [problem(report, 'the count is older than the movements that are kept')] }
  const day = Math.floor(at / 86_400_000)
  const uncertain =
    report.effectiveAt.precision === 'date' &&
    begun.window.some(
      (entry) => Math.floor(entry.at / 86_400_000) === day && entry.postings.some(([place]) => place === key),
    )
  const posted = assert(begun, { id, key, at, asserted: converted.value, uncertain })
  const type = report.kind === 'count' ? 'inventory.count_recorded' : 'inventory.snapshot_recorded'
  const recorded: Derived = {
    rule: 'counted',
    type,
    occurredAt: writeInstant(at),
    data: { sku: report.sku, ...readStockKey(key), asserted: converted.value, uom: begun.uom, document, uncertain },
  }
  return { state: posted.state, facts: [recorded, ...posted.variances.map((one) => variancePosted(one, begun))] }
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

/** The variance of a count as the movement that it is; posted to the ERP as the ERP's own adjustment. */
function variancePosted(variance: Variance, state: StockState): Derived {
  const { assertion, key, at, delta, revision, uncertain } = variance
  const gain = !isNegative(delta)
  const place = readStockKey(key)
  const quantity = delta.replace(/^-/, '')
  return {
    rule: `variance-${assertion}-${revision}`,
    type: 'inventory.movement_posted',
    occurredAt: writeInstant(at),
    data: {
      movement: `variance/${assertion}/${revision}`,
      type: gain ? 'count_gain' : 'count_loss',
      sku: state.sku,
      quantity,
      uom: state.uom,
      document: { system: 'hub', kind: 'count', id: assertion, sequence: String(revision) },
      postings: [{ ...place, delta }],
      [gain ? 'to' : 'from']: place.location,
      uncertain,
    },
  }
}

/** Not posted, and never guessed: stored on the log, shown, counted. */
function problem(report: { readonly sku: string; readonly document: unknown }, what: string): Derived {
  return {
    rule: 'problem',
    type: 'inventory.discrepancy_detected',
    data: { kind: 'not_postable', sku: report.sku, document: report.document, problem: what },
  }
}

function reserve(state: StockState, { id, status, location, quantity, kind }: ReservationReport): StockState {
  const { [id]: _, ...others } = state.reservations
  return { ...state, reservations: status === 'active' ? { ...others, [id]: { location, quantity, kind } } : others }
}

function expect(state: StockState, { id, status, location, quantity, due }: InboundReport): StockState {
  const { [id]: _, ...others } = state.inbound
  const one: Inbound = { location, quantity, due: readInstant(due) ?? 0 }
  return { ...state, inbound: status === 'expected' ? { ...others, [id]: one } : others }
}

/** What every change has in common: balances that changed, stock below zero, availability that crossed a line. */
function settle(before: StockState, { state: after, facts }: Outcome, fact: Fact): Evolution<StockState> {
  const changed = Object.keys(after.balances).filter((key) => after.balances[key] !== before.balances[key])
  const all = [...facts]
  if (changed.length > 0) {
    const rows = changed.map((key) => ({
      ...readStockKey(key),
      onHand: after.balances[key] ?? '0',
      delta: subtract(after.balances[key] ?? '0', before.balances[key] ?? '0'),
    }))
    all.push({
      rule: 'balance',
      type: 'inventory.balance_changed',
      data: { sku: after.sku, uom: after.uom, changes: rows },
    })
  }
  for (const key of changed) {
    const was = before.balances[key] ?? '0'
    const is = after.balances[key] ?? '0'
    const serial = readStockKey(key).serial !== ''
    const wrong = (value: Decimal): boolean => isNegative(value) || (serial && compare(value, '1') > 0)
    if (wrong(is) && !wrong(was))
      all.push({
        rule: `negative-${key}`,
        type: 'inventory.discrepancy_detected',
        data: { kind: serial ? 'serial' : 'negative', sku: after.sku, ...readStockKey(key), onHand: is },
      })
    if (wrong(was) && !wrong(is))
      all.push({
        rule: `resolved-${key}`,
        type: 'inventory.discrepancy_resolved',
        data: { kind: serial ? 'serial' : 'negative', sku: after.sku, ...readStockKey(key), onHand: is },
      })
  }
  return {
    state: after,
    facts: [
      ...all,
      ...crossings(before, after, { locations: locationsOf(before, after, changed), at: fact.recordedAt }),
    ],
    timers: [],
  }
}

function locationsOf(before: StockState, after: StockState, changed: readonly string[]): ReadonlySet<string> {
  const locations = new Set(changed.map((key) => readStockKey(key).location))
  for (const name of ['reservations', 'inbound'] as const) {
    if (before[name] === after[name]) continue
    for (const { location } of [...Object.values(before[name]), ...Object.values(after[name])]) locations.add(location)
  }
  return locations
}

const low = '10'

/** Only crossings of zero and of "low" are worth a channel's API budget. */
function crossings(
  before: StockState,
  after: StockState,
  about: { readonly locations: ReadonlySet<string>; readonly at: string },
): Derived[] {
  const band = (value: Decimal): string =>
    compare(value, '0') <= 0 ? 'none' : compare(value, low) <= 0 ? 'low' : 'enough'
  return [...about.locations].flatMap((location) => {
    const was = availability(before, { location, at: about.at }).availableToPromise
    const { availableToPromise: is, asOf } = availability(after, { location, at: about.at })
    if (band(was) === band(is)) return []
    return [
      {
        rule: `availability-${location}`,
        type: 'inventory.availability_changed',
        data: { sku: after.sku, location, availableToPromise: is, before: was, level: band(is), asOf },
      },
    ]
  })
}
