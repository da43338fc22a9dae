import { transportReceiptsMissing } from '../../checks/transport-receipts-missing.ts'
import type { ExceptionSource } from '../source.ts'

/** Documents whose receipt of the transport is late, says no, or proves other bytes than were sent. */
export const missingTransportReceipts: ExceptionSource = {
  kind: 'transport_receipt',
  meaning: 'A document of which no receipt of the transport (AS2) proves that the partner has it.',
  found: {
    from: 'view_transmission x',
    where: `x.tenant = :tenant AND x.receipt <> '' AND x.status <> 'closed'`,
    object: 'x.id',
    number: 'x.number',
    since: 'x.updated_at',
    severity: `CASE WHEN x.receipt = 'overdue' THEN 'warning' ELSE 'critical' END`,
    codes: `CASE x.receipt WHEN 'mismatched' THEN 'transport_receipt_mismatch' ELSE 'transport_receipt_' || x.receipt END`,
    detail: 'x.document_set',
    role: `'integration'`,
    connection: 'x.connection',
  },
  tell: ({ codes: [code = ''], detail, connection }) => ({
    wrong: `${detail === '' ? 'A document' : `The ${detail}`} to ${connection} ${outcome[code] ?? 'has no receipt'}.`,
    action: transportReceiptsMissing.nextAction,
    actor: 'partner',
    page: '/partners',
  }),
}

const outcome: Readonly<Record<string, string>> = {
  transport_receipt_overdue: 'has no receipt in time',
  transport_receipt_refused: 'was refused by the receipt of the partner',
  transport_receipt_mismatch: 'arrived as other bytes than were sent, says its receipt',
}
