import { shortHash } from '../../base/sha256.ts'
import type { Derived, Fact } from '../fact.ts'
import { type Difference, differencesOf } from './differences.ts'
import type { DocumentException, DocumentState } from './document.ts'
import type { DocumentEntity } from './transitions.ts'

/** What such an exception is called. */
export const disagreementCategory = 'documents_differ'
const category = disagreementCategory

/**
 * One exception of an object for all that its documents say against each other: it opens with the first difference and ends with the
 * last one.
 */
export function disagreement(
  entity: DocumentEntity,
  state: DocumentState,
  fact: Fact,
): { readonly state: DocumentState; readonly facts: readonly Derived[] } {
  const differences = differencesOf(entity, state.object)
  const { exceptions: known = [] } = state
  const open = known.find((one) => one.category === category)
  const tell = (kind: 'opened' | 'resolved', one: DocumentException): Derived => {
    const { since: _, ...data } = one
    return { rule: `disagreement-${kind}`, type: `${entity}.exception_${kind}`, data }
  }
  if (open === undefined && differences.length > 0) {
    const id = `exc_${shortHash(`${fact.subject}|${category}`)}`
    const one: DocumentException = { id, category, reason: reasonOf(differences), since: fact.recordedAt }
    return { state: { ...state, exceptions: [...known, one] }, facts: [tell('opened', one)] }
  }
  if (open === undefined || differences.length > 0) return { state, facts: [] }
  const rest = known.filter((one) => one !== open)
  return { state: { ...state, exceptions: rest }, facts: [tell('resolved', { ...open, reason: 'They agree.' })] }
}

function reasonOf(differences: readonly Difference[]): string {
  const [first] = differences
  if (first === undefined) return ''
  const { kind, sku, said, expected } = first
  const more = differences.length === 1 ? '' : `, and ${differences.length - 1} more`
  return `${sku} ${kind.replaceAll('_', ' ')}: ${said} instead of ${expected}${more}`.slice(0, 500)
}
