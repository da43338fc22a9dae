import type { Derived, Reference } from '../fact.ts'
import type { DocumentEntity } from './transitions.ts'

type Members = Readonly<Record<string, unknown>>

/** What a carrier answers to an objection, once for each answer: `freight_invoice.dispute_responded`, with the loads that it is about. */
export function disputeAnswers(
  entity: DocumentEntity,
  {
    object,
    added,
    references,
  }: {
    readonly object: Members
    readonly added: Readonly<Record<string, readonly string[]>>
    readonly references: readonly Reference[]
  },
): readonly Derived[] {
  if (entity !== 'freight_invoice') return []
  const disputed = Object.keys((object['disputes'] ?? {}) as Members)
  return (added['disputeAnswers'] ?? []).map((id) => {
    const { load, ...answer } = ((object['disputeAnswers'] ?? {}) as Readonly<Record<string, Members>>)[id] ?? {}
    const { invoiceNumber, carrier } = object
    const loads = typeof load === 'string' ? [load] : disputed
    return {
      rule: `answer ${id}`,
      type: 'freight_invoice.dispute_responded',
      data: { id, loads, invoiceNumber, carrier, ...answer, references },
    }
  })
}
