import { type Decimal, negate } from '../../base/decimal.ts'
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

/** Debit ← credit of every movement type (model.md 9.3). `pack` posts nothing: it only says which unit holds what. */
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
  const rule = movementRules[report.type]
  if (rule === undefined) return `movement type ${report.type} is not known`
  const at = sortAt(report.effectiveAt, false)
  const base = { id: movementId(report), content: contentOf(report), at, quantity }
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

/** Kit and unkit, hold and release stay at one place when only one is named. */
function place(report: MovementReport, side: Side): string | undefined {
  if (side.stock === undefined) return ''
  const named = side.stock === 'from' ? (report.from ?? report.to) : (report.to ?? report.from)
  if (named === undefined) return undefined
  const own = side.stock === 'from' ? report.from : report.to
  return stockKey({
    location: named.location,
    status: own?.status ?? side.status ?? 'available',
    owner: report.ownerParty ?? '',
    lot: report.lot ?? '',
    serial: report.serial ?? '',
    package: report.package ?? '',
  })
}

function contentOf({
  type,
  sku,
  quantity,
  uom,
  from: source,
  to: target,
  lot,
  serial,
  ownerParty,
  package: packageId,
  reverses,
  effectiveAt,
}: MovementReport): string {
  return [
    type,
    sku,
    quantity,
    uom,
    source?.location,
    source?.status,
    target?.location,
    target?.status,
    lot,
    serial,
    ownerParty,
    packageId,
    reverses,
    effectiveAt.at,
  ]
    .map((part) => part ?? '')
    .join('|')
}
