import type { Check } from './check.ts'

/** Partners that owe an answer to a document. */
export const acknowledgementsOverdue: Check = {
  id: 'acknowledgements-overdue',
  question: 'Which documents did partners not acknowledge in time?',
  meaning: 'Nobody knows whether the partner has the document: an order may not be picked, an invoice not be paid.',
  area: 'partners',
  unit: 'documents',
  unknown: 'No document was sent to a partner.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'integration',
  nextAction: 'Ask the partner whether the document arrived; send it again where it did not.',
  answer: {
    kind: 'table',
    from: 'view_transmission x',
    tenant: 'x.tenant',
    asked: `x.status NOT IN ('acknowledged', 'closed') OR x.response IN ('awaited', 'overdue')`,
    found: `((x.status = 'overdue') OR (x.response = 'overdue' AND x.status NOT IN ('closed', 'rejected')))`,
    known: 'EXISTS (SELECT FROM view_transmission k WHERE k.tenant = t.tenant)',
    labels: { connection: 'x.connection' },
    item: {
      object: 'x.id',
      number: 'x.number',
      since: 'coalesce(x.due_at, x.response_due_at, x.updated_at)',
      detail: `x.document_set || ' ' || x.status`,
      page: '',
    },
  },
}
