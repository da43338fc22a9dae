import { shortHash } from '../base/sha256.ts'
import type { Fact, Reference } from '../model/fact.ts'
import { dateOf, deliveriesOf, keyOf, type Posting } from './posting.ts'

interface Shipped {
  readonly progress: { readonly total: number; readonly delivered: number }
  readonly proofs: number
  /** Packages with a proof. Facts from before it was counted have none; then any proof counts for the whole shipment. */
  readonly proven?: number
  readonly references: readonly Reference[]
  readonly status?: string
}

/**
 * The gate: every package delivered, every package proven. Whichever of the facts comes last opens it; the natural key lets only
 * one invoice through, and a later change of mind about the delivery is for a person, never an automatic reversal.
 */
export function invoiceRelease(fact: Fact): Posting[] {
  const { progress, proofs, proven, references, status } = fact.data as Shipped
  const delivered = fact.type === 'shipment.delivered' || status === 'delivered'
  const isProven = proven === undefined ? proofs > 0 : proven >= progress.total
  if (!delivered || progress.total < 1 || progress.delivered < progress.total || !isProven) return []
  return deliveriesOf(references).map((number) => ({
    command: 'release_invoice',
    businessKey: keyOf('delivery', number),
    key: `delivery:${keyOf('delivery', number)}`,
    priority: 4,
    payload: { deliveryNumber: number, proofs, postingDate: dateOf(fact.occurredAt) },
  }))
}

/**
 * That there is proof, once per delivery, and each of its documents. The set does not depend on which proof came first: documents
 * are told apart by their content, or by their address where the carrier keeps the content. In a queue of their own: an attachment that is refused never holds the invoice back.
 */
export function attachedProofs(fact: Fact): Posting[] {
  const { documents, deliveredAt, signedBy, references } = fact.data as {
    documents?: readonly string[]
    deliveredAt?: string
    signedBy?: string
    references: readonly Reference[]
  }
  return deliveriesOf(references).flatMap((number) => {
    const attach = (name: string, content: readonly string[]): Posting => ({
      command: 'attach_pod',
      businessKey: `${keyOf('delivery', number)}:${name}`,
      key: `proof:${keyOf('delivery', number)}`,
      priority: 5,
      payload: {
        deliveryNumber: number,
        deliveredAt,
        signed: signedBy !== undefined,
        documents: content,
        postingDate: dateOf(deliveredAt),
      },
    })
    return [attach('proof', []), ...[...new Set(documents)].map((document) => attach(nameOf(document), [document]))]
  })
}

/** The hash of the content as it is; an address is too long to be part of a key. */
function nameOf(document: string): string {
  return /^[0-9a-f]{64}$/.test(document) ? document : shortHash(document)
}
