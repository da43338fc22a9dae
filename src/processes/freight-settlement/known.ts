import type { Instant } from '../../base/instant.ts'
import type { Scope } from '../engine/scope.ts'
import type { Master, Part } from './invoice.ts'
import type { Charge } from './matching.ts'

/** What the process knows of the freight of one load. */
export interface Known {
  /** What was put aside, by the confirmation of the warehouse that it came with. */
  readonly accruals: Readonly<Record<string, Accrual>>
  /** What carriers ask for, by carrier and number. */
  readonly invoices: Readonly<Record<string, Invoice>>
  /** Invoices over several loads, by carrier and number: in the instance of the invoice. */
  readonly masters: Readonly<Record<string, MasterInvoice>>
  /** What shows that the goods arrived: `delivered`, `pod`. */
  readonly proofs: readonly string[]
  /** When the goods left, as whoever confirmed it wrote it. */
  readonly leftAt?: string
  /** Who carries it now, where it was given to another carrier. */
  readonly carrier?: string
  /** Nothing will be shipped. */
  readonly isCancelled?: true
  /** How disputes about the load ended, by carrier and number of the invoice. */
  readonly resolutions: Readonly<Record<string, Resolution>>
  /** Deliveries that the load turned out to be, where it is known by another number. Absent in instances from before that was kept. */
  readonly deliveries?: readonly string[]
  /** Carriers whose invoice has taken the place of what was put aside. */
  readonly matched: readonly string[]
}

/** How a dispute ended. */
export interface Resolution {
  /** What is paid for the load. */
  readonly pay: string
  readonly currency?: string
  /** Number of the credit note of the carrier that goes with it. */
  readonly creditNote?: string
  /** A corrected invoice takes its place. */
  readonly isReplaced?: true
}

/** Money that was put aside. */
export interface Accrual {
  /** Number of the delivery. */
  readonly number?: string
  /** Of the delivery that the instance is named by: it is followed here, and only compared with elsewhere. */
  readonly isOwn?: true
  /** Known from the booking; what the warehouse confirms counts more. */
  readonly isRated?: true
  /** Of a later confirmation: the standing rule books it under a name of its own. */
  readonly isSeparate?: true
  readonly carrier?: string
  readonly currency?: string
  readonly charges: readonly Charge[]
  /** Numbers that its carrier may name the load by. Kept where it is the own one. */
  readonly trackingNumbers?: readonly string[]
}

/** What a carrier asks for. */
export interface Invoice {
  readonly id: string
  readonly number: string
  readonly carrier?: string
  readonly kind?: string
  readonly total: string
  readonly currency?: string
  readonly charges: readonly Charge[]
  readonly since: Instant
  readonly due?: string
  /** It asks for other loads, too: what is said of it here is about this one. */
  readonly isPart?: true
  /** Absent in instances from before that was kept. */
  readonly part?: Part
  /** Kinds of money that it is in, where they are several. */
  readonly mixed?: readonly string[]
  /** The carrier names another load by now. */
  readonly movedTo?: string
  readonly said: readonly string[]
}

/** An invoice over several loads. */
export interface MasterInvoice extends Invoice, Master {
  /** It is for one load by now, and settled there. */
  readonly isSingle?: true
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { accruals: {}, invoices: {}, masters: {}, proofs: [], resolutions: {}, matched: [] }

/** How the dispute about the invoice of the branch ended. */
export function resolutionHere({ known, branchKey }: Here): Resolution | undefined {
  return known.resolutions[branchKey]
}

/** Whether it is the credit note by which a dispute ended: then nobody need look at it again. */
export function isAgreedNote({ known, branchKey }: Here): boolean {
  const { carrier, number, kind } = known.invoices[branchKey] ?? {}
  const agreed = Object.entries(known.resolutions).some(
    ([key, { creditNote }]) => creditNote === number && key.startsWith(`${carrier ?? ''}:`),
  )
  return kind === 'credit_note' && agreed
}

/** The invoice that the branch is about, known by the key of the branch; undefined in branches about none. */
export function invoiceHere({ known, branchKey }: Here): Invoice | undefined {
  return known.invoices[branchKey]
}

/** Whether it is a part of an invoice over several loads of which nothing is paid, as it is now. */
export function isRefusedWhole(one: Pick<Invoice, 'isPart' | 'said' | 'part'> | undefined): boolean {
  if (one?.isPart !== true || isBooked(one) || one.part?.approved !== undefined) return false
  if (one.said.includes('cancelled')) return true
  // What was refused before revisions were kept stays so until the invoice as a whole is looked at again.
  return (one.part?.refusals ?? 0) > 0 ? one.part?.isRefused === true : one.said.includes('rejected')
}

/** Whether it is in the books: whatever the carrier says after it changes nothing of that. */
export function isBooked({ said }: Pick<Invoice, 'said'>): boolean {
  return said.includes('posted') || said.includes('paid')
}

/** Invoices that name the load, and have not come to name another one. */
export function invoicesHere({ invoices }: Known): readonly Invoice[] {
  return Object.values(invoices).filter(({ movedTo }) => movedTo === undefined)
}

/** Whether it changes an invoice that came before. */
export function isCorrection({ kind }: Pick<Invoice, 'kind'>): boolean {
  return kind !== undefined && corrections.has(kind)
}

const corrections: ReadonlySet<string> = new Set(['corrected_invoice', 'correction'])

/** Whether it asks for more, or for less, than an invoice that stands: a credit or a debit note. */
export function isNote({ kind }: Pick<Invoice, 'kind'>): boolean {
  return kind === 'credit_note' || kind === 'debit_note'
}
