import type { Check } from './check.ts'

/** Documents that only one of two systems has. */
export const syncDrift: Check = {
  id: 'sync-drift',
  question: 'Which documents do the ledger and the books of another system not agree on?',
  meaning: 'Something is booked twice, not at all, or by somebody else: the systems drift apart.',
  area: 'invoicing',
  unit: 'documents',
  unknown: 'The books of no system were compared since this instance started.',
  thresholds: { amber: 1, red: 5 },
  owner: 'finance',
  nextAction: 'Look at each with interline reconcile: correct it in the books, or send the posting again.',
  answer: {
    kind: 'world',
    labels: ['target', 'kind'],
    items: async (world) =>
      world.compared().flatMap(({ tenant, target, at, differences }) => [
        ...differences.map(({ kind, subject, detail }) => ({
          tenant,
          labels: { target, kind },
          object: subject,
          number: '',
          page: '',
          since: at,
          detail,
          isFound: true,
        })),
        // The comparison itself: also one that found nothing is an answer.
        {
          tenant,
          labels: { target, kind: 'none' },
          object: target,
          number: '',
          page: '',
          since: at,
          detail: '',
          isFound: false,
        },
      ]),
  },
}
