import { shortHash } from '../../base/sha256.ts'
import { type Derived, type Entity, entities } from '../fact.ts'

/** What can be wrong between us and a partner about an object. */
export type ExchangeCategory =
  | 'acknowledgement_mismatch'
  | 'document_rejected'
  | 'document_unacknowledged'
  | 'document_unanswered'
  | 'document_unsent'
  | 'transport_receipt_mismatch'
  | 'transport_receipt_overdue'
  | 'transport_receipt_refused'

/** Data of `<entity>.exchange_reported`: a problem with a document about the object began, or is over. */
export interface ExchangeReport {
  /** The same as long as it is the same problem. */
  readonly id: string
  readonly category: ExchangeCategory
  readonly isOpen: boolean
  readonly transmission: string
  readonly connection: string
  /** The partner's words, or where it hangs. */
  readonly reason: string
}

const names: ReadonlyMap<string, string> = new Map(Object.entries(entities).map(([name, prefix]) => [prefix, name]))
/** Objects that are no documents of the business. */
const others: ReadonlySet<string> = new Set<Entity>([
  'stock',
  'interchange',
  'partnership',
  'process',
  'transmission',
  'task',
])

/** Tells the object. Stock and the like have no exceptions: there the transmission speaks for itself. */
export function tellObject(about: string, report: Omit<ExchangeReport, 'id'>): Derived[] {
  const entity = names.get(about.slice(0, 3))
  if (entity === undefined || others.has(entity)) return []
  const id = `exc_${shortHash(`${report.transmission}|${report.category}`)}`
  return [
    {
      rule: `${report.isOpen ? 'opens' : 'closes'}-${report.category}`,
      type: `${entity}.exchange_reported`,
      subject: about,
      data: { id, ...report },
    },
  ]
}
