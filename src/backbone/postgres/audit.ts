import type { AuditNote } from '../stores.ts'

/** What a statement does to a row, for the audit log. */
interface Audited {
  readonly change: 'create' | 'change' | 'remove'
  readonly kind: string
}

/**
 * A statement that returns the row that it changed, with the line of the audit log that says who did it: both are written, or neither.
 * `first` is the number of the first value of `auditValues`. Without a note nothing is said.
 */
export function audited(statement: string, { change, kind }: Audited, first: number): string {
  const [actor, before, after] = [first, first + 1, first + 2].map((at) => `$${at}::text`)
  return `WITH made AS (${statement}),
          told AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after)
                   SELECT now_ms(), made.tenant, ${actor}, (SELECT revision FROM network), 'api', '${change}', '${kind}', made.id, ${before}, ${after}
                     FROM made WHERE ${actor} IS NOT NULL)
          SELECT * FROM made`
}

/** The values of a note, in the order that `audited` wants. */
export function auditValues(note: AuditNote | undefined): readonly (string | null)[] {
  const written = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
  return [note?.actor ?? null, written(note?.before), written(note?.after)]
}
