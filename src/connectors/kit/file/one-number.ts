import type { Assertion } from '../../../model/fact.ts'
import type { MovementReport } from '../../../model/report.ts'
import type { Reading } from '../reading.ts'

/**
 * Where a partner's documents are finer than their numbers, two of one number may have rows that nothing tells apart: the ledger would post
 * one, and whether they are two movements or one nobody can say. `number` is the member that names a document. Throws CONTENT_INVALID.
 */
export function rowsToldApart(assertions: readonly Assertion[], documents: readonly Reading[], number: string): void {
  const known = new Set<string>()
  for (const { type, data } of assertions) {
    if (type !== 'inventory.movement_reported') continue
    const { sku, document } = data as MovementReport
    if (document.line !== undefined) continue
    const key = JSON.stringify([document.id, document.sequence, sku])
    if (known.has(key)) {
      const last = documents.findLast((one) => one.at(number).optionalText(100) === document.id)
      if (last !== undefined)
        throw last.wrong(`line numbers, because another document ${document.id} has the same row of ${sku}`)
    }
    known.add(key)
  }
}
