import { add, compare, type Decimal, negate } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import { sortAt } from '../event-time.ts'
import type { MovementReport } from '../report.ts'
import { type Account, type Entry, stockKey } from './state.ts'

/** Where a movement takes from and puts to: stock at the place named, or a counter-account. `status` is the default of that side. */
interface Side {
  readonly stock?: 'from' | 'to'
  readonly account?: Account
  readonly status?: string
}

interface MovementRule {
  readonly debit: Side
  readonly credit: Side
}

const to = (status = 'available'): Side => ({ stock: 'to', status })
const from = (status = 'available'): Side => ({ stock: 'from', status })
const account = (name: Account): Side => ({ account: name })

/** Debit ← credit of every movement type. `pack` posts nothing: it only says which unit holds what. */
export const movementRules: Readonly<Record<string, MovementRule | null>> = {
  adjust_gain: { debit: to(), credit: account('adjustment') },
  adjust_loss: { debit: account('adjustment'), credit: from() },
  count_gain: { debit: to(), credit: account('count_variance') },
  count_loss: { debit: account('count_variance'), credit: from() },
  damage: { debit: to('damaged'), credit: from() },
  hold: { debit: to('quality_hold'), credit: from() },
  kit: { debit: account('production'), credit: from() },
  move: { debit: to(), credit: from() },
  opening_balance: { debit: to(), credit: account('opening') },
  ownership_change: { debit: to(), credit: from() },
  pack: null,
  pick: { debit: to(), credit: from() },
  putaway: { debit: to(), credit: from() },
  receipt: { debit: to(), credit: account('supplier') },
  receipt_reversal: { debit: account('supplier'), credit: from() },
  release: { debit: to(), credit: from('quality_hold') },
  restock: { debit: to(), credit: from('returned_pending') },
  return_receipt: { debit: to('returned_pending'), credit: account('customer') },
  return_to_vendor: { debit: account('supplier'), credit: from() },
  scrap: { debit: account('scrap'), credit: from() },
  ship: { debit: account('customer'), credit: from() },
  ship_reversal: { debit: to(), credit: account('customer') },
  status_change: { debit: to(), credit: from() },
  transfer_in: { debit: to(), credit: account('in_transit') },
  transfer_out: { debit: account('in_transit'), credit: from() },
  unkit: { debit: to(), credit: account('production') },
  unpick: { debit: to(), credit: from() },
  uom_repack: { debit: to(), credit: from() },
}

/** Identity of a movement: system + document + line + sequence. */
export function movementId({ document }: Pick<MovementReport, 'document'>): string {
  return [document.system, document.kind, document.id, document.line ?? '', document.sequence ?? ''].join('/')
}

/** The ledger entry of a movement of `quantity` base units; a text when the report lacks what its type needs. */
export function entryOf(report: MovementReport, quantity: Decimal): Entry | string {
  const rule = ruleOf(report)
  if (typeof rule === 'string') return rule
  const base = { id: movementId(report), type: report.type, ...timeOf(report), quantity }
  if (rule === null) return { ...base, postings: [] }
  const debit = place(report, rule.debit)
  const credit = place(report, rule.credit)
  if (debit === undefined || credit === undefined) return `a ${report.type} needs the place it comes from or goes to`
  const postings: [string, Decimal][] = []
  if (debit !== '') postings.push([debit, quantity])
  if (credit !== '') postings.push([credit, negate(quantity)])
  const counter = rule.debit.account ?? rule.credit.account
  return { ...base, postings, ...(counter === undefined ? {} : { account: counter }) }
}

/** The opposite of the original, in proportion, with its own effective time; all reversals together never exceed it. */
export function reversalOf(report: MovementReport, original: Entry, quantity: Decimal): Entry | string {
  if (compare(add(original.reversed ?? '0', quantity), original.quantity) > 0)
    return 'more would be reversed than was moved'
  return {
    id: movementId(report),
    type: report.type,
    ...timeOf(report),
    postings: original.postings.map(
      ([key, delta]) => [key, delta.startsWith('-') ? quantity : negate(quantity)] as const,
    ),
    ...(original.account === undefined ? {} : { account: original.account }),
    quantity,
    reverses: original.id,
  }
}

/** Whether a second report of the same identity says the same: then it is a duplicate, otherwise a conflict. */
export function isSameMovement(known: Entry, report: MovementReport, quantity: Decimal): boolean {
  return known.at === timeOf(report).at && isAlike(known, report, quantity)
}

/** Whether a report says the same of the goods, whatever it says of the time. */
export function isAlike(known: Entry, report: MovementReport, quantity: Decimal): boolean {
  if (known.type !== report.type || known.reverses !== report.reverses) return false
  if (compare(known.quantity, quantity) !== 0) return false
  if (report.reverses !== undefined) return true
  const entry = entryOf(report, quantity)
  return typeof entry !== 'string' && placesOf(entry) === placesOf(known)
}

/** What a movement says, for the eyes of whoever decides a conflict. */
export function contentOf({ type, quantity, at, postings, reverses }: Entry): string {
  const places = postings.map(([key, delta]) => `${key} ${delta}`)
  return [
    type,
    quantity,
    writeInstant(at),
    ...(reverses === undefined ? [] : [`reverses ${reverses}`]),
    ...places,
  ].join(' · ')
}

/** A kit names where its components come from, or where it goes to itself; production is the counter-account of each item. */
function ruleOf(report: MovementReport): MovementRule | null | string {
  const rule = movementRules[report.type]
  if (rule === undefined) return `movement type ${report.type} is not known`
  if (rule === null || (report.type !== 'kit' && report.type !== 'unkit')) return rule
  if ((report.from === undefined) === (report.to === undefined))
    return `a ${report.type} names either the place that an item is taken from or the one that it is put to`
  return report.from === undefined
    ? { debit: to(), credit: account('production') }
    : { debit: account('production'), credit: from() }
}

function timeOf({ effectiveAt }: MovementReport): Pick<Entry, 'at' | 'spanMs'> {
  const at = sortAt(effectiveAt, false)
  const spanMs = spans[effectiveAt.precision]
  return spanMs === undefined ? { at } : { at, spanMs }
}

/** Length of what a coarse time means, less a millisecond. */
export const spans: Readonly<Record<string, number>> = { date: 86_399_999, minute: 59_999 }

/** Hold and release, and whatever else stays at one place, may name it once. Owner and package of a side win over those of the movement. */
function place(report: MovementReport, side: Side): string | undefined {
  if (side.stock === undefined) return ''
  const own = side.stock === 'from' ? report.from : report.to
  const named = own ?? report.from ?? report.to
  if (named === undefined) return undefined
  return stockKey({
    location: named.location,
    status: own?.status ?? side.status ?? 'available',
    owner: own?.ownerParty ?? report.ownerParty ?? '',
    lot: report.lot ?? '',
    serial: report.serial ?? '',
    package: own?.package ?? report.package ?? '',
  })
}

function placesOf({ postings }: Entry): string {
  return postings.map(([key]) => key).join(' ')
}
