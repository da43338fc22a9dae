import type { Pool } from 'pg'
import type { Period } from './period.ts'
import { promiseOf, type Sla, type SlaPromise } from './sla.ts'
import { slaMissesQuery } from './sla-query.ts'
import type { SlaCounts } from './standing.ts'

/** What was measured of one SLA in one period. */
export interface MeasuredPeriod extends Period, SlaCounts {
  readonly tenant: string
  readonly sla: string
  /** As it was when this was measured. */
  readonly promise: SlaPromise
  readonly measuredAt: number
}

/** One thing that missed the promise. */
export interface Miss {
  readonly object: string
  readonly number: string
  /** RFC 3339. From here on the time was counted. */
  readonly since: string
  readonly detail: string
  /** Page of the tower with this object; empty for none. */
  readonly page: string
  readonly position: string
}

const periodsMost = 400
const columns = `tenant, sla, starts_at, ends_at, promise, met::float8, missed::float8, open::float8, unknown::float8, measured_at`

/** Measured periods, in one database. Every instance reads them; one writes. */
export class SlaStore {
  readonly #pool: Pick<Pool, 'query'>

  constructor(pool: Pick<Pool, 'query'>) {
    this.#pool = pool
  }

  /** Keeps a measurement. What retention has taken meanwhile is not taken back: of the same promise, fewer never replace more. */
  async save(sla: Sla, { startsAt, endsAt }: Period, counts: SlaCounts, at: number): Promise<void> {
    const { met, missed, open, unknown } = counts
    await this.#pool.query({
      name: 'watch-sla-save',
      text: `INSERT INTO watch_sla AS w (tenant, sla, starts_at, ends_at, promise, met, missed, open, unknown, measured_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (tenant, sla, starts_at) DO UPDATE SET ends_at = excluded.ends_at, promise = excluded.promise, met = excluded.met,
          missed = excluded.missed, open = excluded.open, unknown = excluded.unknown, measured_at = excluded.measured_at
        WHERE w.promise <> excluded.promise OR excluded.ends_at > excluded.measured_at
          OR excluded.met + excluded.missed + excluded.open + excluded.unknown >= w.met + w.missed + w.open + w.unknown`,
      values: [
        ...[sla.tenant, sla.id, instant(startsAt), instant(endsAt), JSON.stringify(promiseOf(sla))],
        ...[met, missed, open, unknown, instant(at)],
      ],
    })
  }

  /** The newest period of each SLA: of a tenant, or of all. */
  async latest(tenant?: string): Promise<readonly MeasuredPeriod[]> {
    const { rows } = await this.#pool.query<Stored>(
      `SELECT DISTINCT ON (tenant, sla) ${columns} FROM watch_sla WHERE $1::text IS NULL OR tenant = $1 ORDER BY tenant, sla, starts_at DESC`,
      [tenant ?? null],
    )
    return rows.map(measuredOf)
  }

  /** The newest first. */
  async periods(tenant: string, sla: string): Promise<readonly MeasuredPeriod[]> {
    const { rows } = await this.#pool.query<Stored>(
      `SELECT ${columns} FROM watch_sla WHERE tenant = $1 AND sla = $2 ORDER BY starts_at DESC LIMIT ${periodsMost}`,
      [tenant, sla],
    )
    return rows.map(measuredOf)
  }

  /** What missed in a period, as it is now. */
  async misses(sla: Sla, period: Period, page: Parameters<typeof slaMissesQuery>[2]): Promise<readonly Miss[]> {
    const { text, values, page: shown } = slaMissesQuery(sla, period, page)
    const { rows } = await this.#pool.query<Omit<Miss, 'page' | 'since'> & { began: Date }>(text, [...values])
    return rows.map(({ object, number, began, detail, position }) => ({
      object,
      number,
      detail,
      since: began.toISOString(),
      page: shown,
      position: `${position} ${object}`,
    }))
  }

  /** Forgets what was over before an instant. Returns how many periods. */
  async trim(before: number): Promise<number> {
    return (await this.#pool.query('DELETE FROM watch_sla WHERE ends_at < $1', [instant(before)])).rowCount ?? 0
  }
}

interface Stored extends SlaCounts {
  readonly tenant: string
  readonly sla: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly promise: SlaPromise
  readonly measured_at: Date
}

function measuredOf({ starts_at: from, ends_at: until, measured_at: at, ...row }: Stored): MeasuredPeriod {
  return { ...row, startsAt: from.getTime(), endsAt: until.getTime(), measuredAt: at.getTime() }
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
