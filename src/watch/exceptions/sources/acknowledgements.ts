import { acknowledgementsOverdue } from '../../checks/acknowledgements-overdue.ts'
import type { ExceptionSource } from '../source.ts'

/** Documents that a partner, or the business behind it, did not answer in time. */
export const overdueAcknowledgements: ExceptionSource = {
  kind: 'acknowledgement',
  meaning: 'A document that a partner, or the business behind it, did not answer in time.',
  found: {
    from: 'view_transmission x',
    where: `x.tenant = :tenant AND (x.status = 'overdue' OR x.response = 'overdue') AND x.status NOT IN ('closed', 'rejected')`,
    object: 'x.id',
    number: 'x.number',
    since: 'coalesce(x.due_at, x.response_due_at, x.updated_at)',
    severity: `'warning'`,
    codes: `CASE WHEN x.status = 'overdue' THEN 'document_unacknowledged' ELSE 'document_unanswered' END`,
    detail: 'x.document_set',
    role: `'integration'`,
    connection: 'x.connection',
  },
  tell: ({ codes: [code], detail, connection }) => ({
    wrong: `${detail === '' ? 'A document' : `The ${detail}`} to ${connection} was not ${code === 'document_unacknowledged' ? 'acknowledged' : 'answered'} in time.`,
    action: acknowledgementsOverdue.nextAction,
    actor: 'partner',
    page: '/partners',
  }),
}
