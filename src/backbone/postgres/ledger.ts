import { bookings } from '../../model/posting/status.ts'
import type {
  Attempt,
  Claimed,
  ClaimRequest,
  Conclusion,
  Decision,
  Effect,
  EffectFilter,
  Evidence,
  Intent,
  IntentResult,
  Ledger,
} from '../ledger.ts'
import { storable } from '../storable.ts'
import { assertTransition } from '../transitions.ts'
import { conclusionRow, factRow, shown } from './conclusion-row.ts'
import { Condition } from './condition.ts'
import { type Database, defined, integer, optionalInteger, optionalText, text } from './database.ts'
import { effectColumns, effectOf, stateOf } from './effect-row.ts'

/** The ledger over the tables of migration 0002. A verb changes all that it changes in one statement, so in one transaction. */
export class PostgresLedger implements Ledger {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async due(): ReturnType<Ledger['due']> {
    const rows = await this.#database.read(
      `SELECT target, count(*) AS lanes FROM lane
        WHERE next_at <= now_ms() AND (claim_until IS NULL OR claim_until < now_ms()) GROUP BY target ORDER BY target`,
    )
    return rows.map((row) => ({ target: text(row['target']), lanes: integer(row['lanes']) }))
  }

  async claim({ node, claimSeconds, limit, except, targets, lanes }: ClaimRequest): Promise<readonly Claimed[]> {
    const claimed = await this.#database.write(
      'SELECT lane_id, claim_epoch, claim_until, head_seq FROM claim_lanes($1, $2, $3, $4, $5, $6)',
      [node, claimSeconds, limit, except ?? null, targets ?? null, lanes ?? null],
    )
    if (claimed.length === 0) return []
    // A statement of its own: what it sees is at least as new as the claim.
    const heads = await this.#database.read(
      `SELECT lane_id, ${effectColumns} FROM effect e JOIN unnest($1::text[], $2::bigint[]) u(lane, head) ON e.lane_id = u.lane AND e.seq = u.head`,
      [claimed.map((row) => row['lane_id']), claimed.map((row) => row['head_seq'])],
    )
    const effects = new Map(heads.map((row) => [text(row['lane_id']), effectOf(row)]))
    const found = claimed.flatMap((row) => {
      const effect = effects.get(text(row['lane_id']))
      return effect === undefined
        ? []
        : [
            {
              lane: text(row['lane_id']),
              claimEpoch: integer(row['claim_epoch']),
              claimUntil: integer(row['claim_until']),
              effect,
            },
          ]
    })
    return found.sort((a, b) => a.effect.priority - b.effect.priority)
  }

  async intend(intents: readonly Intent[]): Promise<readonly IntentResult[]> {
    if (intents.length === 0) return []
    const rows = await this.#database.write(
      'SELECT no, attempt, send_deadline, ms_left FROM intend_effects($1::text[], $2::bigint[], $3::text[], $4::bigint[])',
      [
        intents.map(({ lane }) => lane),
        intents.map(({ claimEpoch }) => claimEpoch),
        intents.map(({ effect }) => effect),
        intents.map(({ reserveMs }) => reserveMs),
      ],
    )
    const going = new Map(rows.map((row) => [integer(row['no']), row]))
    return intents.map((_, index): IntentResult => {
      const row = going.get(index + 1)
      if (row === undefined) return { ok: false }
      return {
        ok: true,
        attempt: integer(row['attempt']),
        msLeft: Number(row['ms_left']),
        sendDeadline: integer(row['send_deadline']),
      }
    })
  }

  async conclude(conclusions: readonly Conclusion[]): Promise<readonly boolean[]> {
    for (const { from, to } of conclusions) assertTransition(from, to)
    if (conclusions.length === 0) return []
    const rows = await this.#database.write('SELECT conclude_effects($1::jsonb, $2::text[]) AS results', [
      JSON.stringify(conclusions.map(conclusionRow)),
      bookings,
    ])
    const results = rows[0]?.['results']
    return Array.isArray(results) ? results.map((result) => result === true) : []
  }

  async evidence(rows: readonly Evidence[]): Promise<void> {
    if (rows.length === 0) return
    await this.#database.write(
      `INSERT INTO effect_evidence (effect_id, attempt, seen_at, kind, document_reference, detail, answer)
         SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])`,
      [
        rows.map(({ effect }) => effect),
        rows.map(({ attempt }) => attempt),
        rows.map(({ seenAt }) => seenAt),
        rows.map(({ kind }) => kind),
        rows.map(({ documentReference }) => shown(documentReference)),
        rows.map(({ detail }) => shown(detail)),
        rows.map(({ answer }) => (answer === undefined ? undefined : JSON.stringify(answer))),
      ],
    )
  }

  async evidenceOf(effect: string): Promise<readonly Evidence[]> {
    const rows = await this.#database.read(
      'SELECT attempt, seen_at, kind, document_reference, detail, answer FROM effect_evidence WHERE effect_id = $1 ORDER BY no',
      [effect],
    )
    return rows.map((row) => ({
      effect,
      attempt: integer(row['attempt']),
      seenAt: integer(row['seen_at']),
      kind: kindOf(row['kind']),
      ...defined({ documentReference: optionalText(row['document_reference']), detail: optionalText(row['detail']) }),
      ...answerIn(optionalText(row['answer'])),
    }))
  }

  async unclaim(
    claims: readonly { readonly lane: string; readonly claimEpoch: number }[],
    nextAt?: number,
  ): Promise<void> {
    if (claims.length === 0) return
    await this.#database.write(
      `UPDATE lane SET claim_until = NULL, claimed_by = NULL, next_at = CASE WHEN next_at IS NULL THEN NULL ELSE coalesce($3::bigint, next_at) END
        WHERE lane_id IN (
          SELECT l.lane_id FROM lane l JOIN unnest($1::text[], $2::bigint[]) u(lane, epoch) ON l.lane_id = u.lane AND l.claim_epoch = u.epoch
           WHERE l.claim_until IS NOT NULL ORDER BY l.lane_id FOR UPDATE OF l)`,
      [claims.map(({ lane }) => lane), claims.map(({ claimEpoch }) => claimEpoch), nextAt ?? null],
    )
  }

  async effect(id: string): Promise<Effect | undefined> {
    const [row] = await this.#database.read(`SELECT ${effectColumns} FROM effect e WHERE effect_id = $1`, [id])
    return row === undefined ? undefined : effectOf(row)
  }

  async effects(filter: EffectFilter): Promise<readonly Effect[]> {
    const where = new Condition()
      .when('tenant = ?', filter.tenant)
      .when('target = ?', filter.target)
      .when('command = ?', filter.command)
      .when('state = ANY (?::text[])', filter.state)
      .when('correlation = ?', filter.correlation)
      .when('causation = ?', filter.causation)
      .when('causation = ANY (?::text[])', filter.causations)
      .when('natural_key = ?', filter.naturalKey)
      .when('updated_at >= ?', filter.updatedSince)
      .when('effect_id > ?', filter.after)
    const rows = await this.#database.read(
      `SELECT ${effectColumns} FROM effect e WHERE ${where.toString()} ORDER BY effect_id LIMIT ${where.value(filter.limit)}`,
      where.values,
    )
    return rows.map(effectOf)
  }

  async knownKeys(tenant: string, naturalKeys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#database.read(
      `SELECT k.key FROM unnest($2::text[]) k(key)
        WHERE EXISTS (SELECT FROM effect e WHERE e.tenant = $1 AND e.natural_key = k.key COLLATE "C")
           OR EXISTS (SELECT FROM effect_past p WHERE p.key = past_key($1, k.key))`,
      [tenant, naturalKeys],
    )
    return new Set(rows.map((row) => text(row['key'])))
  }

  async attempts(effect: string): Promise<readonly Attempt[]> {
    const rows = await this.#database.read(
      `SELECT attempt, claim_epoch, intent_at, send_deadline, wire, ended_at, outcome, status FROM effect_attempt WHERE effect_id = $1 ORDER BY attempt`,
      [effect],
    )
    return rows.map((row) => ({
      effect,
      attempt: integer(row['attempt']),
      claimEpoch: integer(row['claim_epoch']),
      intentAt: integer(row['intent_at']),
      sendDeadline: integer(row['send_deadline']),
      ...defined({
        wire: typeof row['wire'] === 'boolean' ? row['wire'] : undefined,
        endedAt: optionalInteger(row['ended_at']),
        outcome: optionalText(row['outcome']),
        status: optionalInteger(row['status']),
      }),
    }))
  }

  async openKeys(target: string): Promise<ReadonlySet<string>> {
    const rows = await this.#database.read('SELECT DISTINCT key FROM lane WHERE target = $1 AND head_seq IS NOT NULL', [
      target,
    ])
    return new Set(rows.map((row) => text(row['key'])))
  }

  async decide(decision: Decision): ReturnType<Ledger['decide']> {
    const { effect, action, payload, documentReference, reason, by, fact } = decision
    const row = fact === undefined ? undefined : factRow(fact)
    const rows = await this.#database.write(
      'SELECT decide_effect_told($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS result',
      [
        ...[effect, action, payload ?? null, shown(documentReference), storable(reason), storable(by)],
        ...[
          row?.fact_part ?? null,
          row === undefined ? null : Buffer.from(row.fact_bytes, 'base64'),
          row?.fact_subject ?? null,
        ],
        ...[row?.fact_origin_part ?? null, row?.fact_origin ?? null, decision.address ?? null, decision.trace ?? null],
      ],
    )
    const result = rows[0]?.['result']
    return result === 'done' || result === 'not_allowed' ? result : 'not_found'
  }

  async counts(): ReturnType<Ledger['counts']> {
    const rows = await this.#database.read(
      'SELECT target, command, state, count(*) AS count FROM effect GROUP BY target, command, state ORDER BY target, command, state',
    )
    return rows.map((row) => ({
      target: text(row['target']),
      command: text(row['command']),
      state: stateOf(row['state']),
      count: integer(row['count']),
    }))
  }
}

function kindOf(value: unknown): Evidence['kind'] {
  return value === 'read_back' || value === 'operator' ? value : 'answer'
}

/** Written by this hub as an object; absent in rows that are older than the column. */
function answerIn(told: string | undefined): Pick<Evidence, 'answer'> {
  return told === undefined ? {} : { answer: JSON.parse(told) as NonNullable<Evidence['answer']> }
}
