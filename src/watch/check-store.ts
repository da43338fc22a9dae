import type { Pool } from 'pg'

/** What a check answered one tenant. */
export interface CheckAnswer {
  /** `*` where it is about the hub as a whole. */
  readonly tenant: string
  readonly check: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Absent: nobody knows. */
  readonly value?: number
  /** How many the question is about; absent where they are not counted. */
  readonly asked?: number
  readonly state: CheckState
  /** Since when it is in this state. */
  readonly since: number
  /** The largest groups by label. */
  readonly breakdown: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
}

/** `failed`: it could not be answered this time. */
export type CheckState = 'green' | 'amber' | 'red' | 'unknown' | 'failed'

/** What a check answered at one moment. */
export interface CheckSample {
  readonly tenant: string
  readonly check: string
  readonly at: number
  readonly value?: number
  readonly asked?: number
  readonly state: CheckState
}

/** Answers are kept whenever they change, and so often when they do not. */
const sampleSeconds = 900
const samplesMost = 20_000

/** Newest answers and those of the past, in one database. Every instance reads them; one writes. */
export class CheckStore {
  readonly #pool: Pick<Pool, 'query'>

  constructor(pool: Pick<Pool, 'query'>) {
    this.#pool = pool
  }

  /** One answer for each tenant. An older one that comes late changes nothing. */
  async save(
    check: string,
    at: number,
    answers: readonly Omit<CheckAnswer, 'check' | 'at' | 'since'>[],
  ): Promise<void> {
    if (answers.length === 0) return
    await this.#pool.query({
      name: 'watch-check-save',
      text: `WITH kept AS (
          INSERT INTO watch_check AS c (tenant, check_id, at, value, asked, state, since, breakdown, sampled_at)
          SELECT g.tenant, $1, $2::timestamptz, g.value, g.asked, g.state, $2::timestamptz, g.breakdown::jsonb, $2::timestamptz
            FROM unnest($3::text[], $4::float8[], $5::bigint[], $6::text[], $7::text[]) g(tenant, value, asked, state, breakdown) ORDER BY g.tenant
          ON CONFLICT (tenant, check_id) DO UPDATE SET at = excluded.at, value = excluded.value, asked = excluded.asked, state = excluded.state, breakdown = excluded.breakdown,
            since = CASE WHEN c.state = excluded.state THEN c.since ELSE excluded.at END,
            sampled_at = CASE WHEN c.value IS DISTINCT FROM excluded.value OR c.state <> excluded.state OR c.sampled_at <= excluded.at - make_interval(secs => ${sampleSeconds})
              THEN excluded.at ELSE c.sampled_at END
          WHERE c.at < excluded.at
          RETURNING c.*
        ) INSERT INTO watch_sample (tenant, check_id, at, value, asked, state)
          SELECT tenant, check_id, at, value, asked, state FROM kept WHERE sampled_at = at ON CONFLICT DO NOTHING`,
      values: [
        check,
        new Date(at).toISOString(),
        answers.map(({ tenant }) => tenant),
        answers.map(({ value }) => value ?? null),
        answers.map(({ asked }) => asked ?? null),
        answers.map(({ state }) => state),
        answers.map(({ breakdown }) => JSON.stringify(breakdown)),
      ],
    })
  }

  /** The newest answers: of a tenant with those about the hub, or of all. */
  async latest(tenant?: string): Promise<readonly CheckAnswer[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'watch-check-latest',
      text: `SELECT tenant, check_id, at, value, asked::int AS asked, state, since, breakdown FROM watch_check
             WHERE $1::text IS NULL OR tenant IN ($1, '*') ORDER BY check_id, tenant`,
      values: [tenant ?? null],
    })
    return rows.map(({ since, breakdown, ...row }) => ({ ...sampleOf(row), since: since.getTime(), breakdown }))
  }

  /** From an instant on, the oldest first, with the last one before it: an answer holds until the next. */
  async history(tenant: string, check: string | undefined, from: number): Promise<readonly CheckSample[]> {
    const { rows } = await this.#pool.query<Omit<Stored, 'since' | 'breakdown'>>({
      name: 'watch-check-history',
      text: `SELECT tenant, check_id, at, value, asked::int AS asked, state FROM watch_sample
             WHERE tenant IN ($1, '*') AND ($2::text IS NULL OR check_id = $2) AND at >= $3::timestamptz - make_interval(secs => ${sampleSeconds})
             ORDER BY at, check_id LIMIT ${samplesMost}`,
      values: [tenant, check ?? null, new Date(from).toISOString()],
    })
    return rows.map(sampleOf)
  }

  /** Forgets the past before an instant, and checks and tenants that there are no more. Returns how many samples. */
  async trim(before: number): Promise<number> {
    const instant = new Date(before).toISOString()
    await this.#pool.query('DELETE FROM watch_check WHERE at < $1', [instant])
    const { rowCount } = await this.#pool.query('DELETE FROM watch_sample WHERE at < $1', [instant])
    return rowCount ?? 0
  }
}

interface Stored {
  readonly tenant: string
  readonly check_id: string
  readonly at: Date
  readonly value: number | null
  readonly asked: number | null
  readonly state: CheckState
  readonly since: Date
  readonly breakdown: CheckAnswer['breakdown']
}

function sampleOf({
  tenant,
  check_id: check,
  at,
  value,
  asked,
  state,
}: Omit<Stored, 'since' | 'breakdown'>): CheckSample {
  return {
    tenant,
    check,
    at: at.getTime(),
    state,
    ...(value === null ? {} : { value }),
    ...(asked === null ? {} : { asked }),
  }
}
