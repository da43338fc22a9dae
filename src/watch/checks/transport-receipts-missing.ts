import type { Check } from './check.ts'

/** Documents of which no receipt of the transport proves that the partner has them. */
export const transportReceiptsMissing: Check = {
  id: 'transport-receipts-missing',
  question: 'Of which documents does no receipt prove that the partner has them?',
  meaning:
    'The message may never have arrived, or arrived changed: nobody at the partner works on it, and no acknowledgement will come.',
  area: 'partners',
  unit: 'documents',
  unknown: 'No document was sent to a partner.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'integration',
  nextAction:
    'Late: ask the partner, or send the document again, which repeats the same message under the same Message-ID. Refused or another digest: read the reason, correct it with the partner, then send it again.',
  answer: {
    kind: 'table',
    from: 'view_transmission x',
    tenant: 'x.tenant',
    asked: `x.status NOT IN ('acknowledged', 'closed') OR x.receipt <> ''`,
    found: `(x.receipt <> '' AND x.status <> 'closed')`,
    known: 'EXISTS (SELECT FROM view_transmission k WHERE k.tenant = t.tenant)',
    labels: { connection: 'x.connection' },
    item: {
      object: 'x.id',
      number: 'x.number',
      since: 'x.updated_at',
      detail: `x.document_set || ' ' || x.receipt`,
      page: '',
    },
  },
}
