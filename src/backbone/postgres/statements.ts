import { auditStatement } from './audit.ts'

/** Prepared statements of the hot connections. All parameters are binary arrays; the functions are in the migrations. */
export const statements = {
  fences: 'SELECT hold_fences($1, $2, $3, $4, $5, $6, $7, $8, $9)',
  messages: `SELECT firsts, dup_no, dup_part, dup_off, dup_same
    FROM append_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
  facts: 'SELECT append_facts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
  // The fence makes the owner the only writer, so that MERGE, which locks nothing ahead, is enough; ON CONFLICT costs 7 % more log.
  states: `MERGE INTO state s USING unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) u(subject, tenant, version, body)
      ON s.subject = u.subject COLLATE "C"
    WHEN MATCHED THEN UPDATE SET version = u.version, body = u.body
    WHEN NOT MATCHED THEN INSERT (subject, tenant, version, body) VALUES (u.subject, u.tenant, u.version, u.body)`,
  identifiers: 'SELECT claim_identifiers($1, $2, $3, $4, $5)',
  offers: 'SELECT offer_identifiers($1, $2, $3, $4)',
  conclusions: 'SELECT conclude_with_step($1, $2, $3)',
  effects: 'SELECT add_effects($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
  timers_set: `INSERT INTO timer (part, subject, name, tenant, at, data)
    SELECT * FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
    ON CONFLICT (part, subject, name) DO UPDATE SET tenant = excluded.tenant, at = excluded.at, data = excluded.data`,
  timers_clear: `DELETE FROM timer t USING unnest($1::smallint[], $2::text[], $3::text[]) u(part, subject, name)
    WHERE t.part = u.part AND t.subject = u.subject AND t.name = u.name`,
  audits: auditStatement,
  corrections: 'SELECT correct_parked($1, $2, $3)',
  parks: 'SELECT settle_parks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
} as const
