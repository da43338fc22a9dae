import type { Derived } from '../fact.ts'

/** Nothing was posted, and nothing is guessed: stored on the log, shown, counted. */
export function problem(about: { readonly sku: string; readonly document: unknown }, what: string): Derived {
  return {
    rule: 'problem',
    type: 'inventory.discrepancy_detected',
    data: { kind: 'not_postable', sku: about.sku, document: about.document, problem: what },
  }
}
