import type { Queryable } from './queryable.ts'

/** Who used a contract, as far as counting needs it. */
export interface ContractUser {
  readonly tenant: string
  readonly contract: string
  /** Id of the key, client, person or subscription. */
  readonly principal: string
  readonly name: string
  readonly partner?: string
}

/** How often somebody used a contract since some day, and when last (ms since 1970). */
export interface CountedUse extends Omit<ContractUser, 'tenant'> {
  readonly uses: number
  readonly lastAt: number
}

interface Counted extends ContractUser {
  readonly day: string
  uses: number
  lastAt: number
}

/** Users that are told apart until the next flush; the others are counted together. */
const usersMost = 10_000
/** Stands for all of those. */
const others = 'other'
const keptDays = 400

/** Counts uses in memory and writes them down together: a use costs a look-up in a map. */
export class ContractUses {
  readonly #now: () => number
  #counted = new Map<string, Counted>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** One use, now. */
  add(user: ContractUser): void {
    const lastAt = this.#now()
    this.#count({ ...user, day: new Date(lastAt).toISOString().slice(0, 10), uses: 1, lastAt })
  }

  #count(one: Counted): void {
    const { tenant, contract, principal, day, uses, lastAt } = one
    const key = `${tenant} ${contract} ${principal} ${day}`
    const known = this.#counted.get(key)
    if (known !== undefined) {
      known.uses += uses
      known.lastAt = Math.max(known.lastAt, lastAt)
    } else if (this.#counted.size < usersMost || principal === others) this.#counted.set(key, one)
    else this.#count({ tenant, contract, principal: others, name: 'others', day, uses, lastAt })
  }

  /** Writes down what was counted. What cannot be written is counted on. */
  async flush(database: Queryable): Promise<void> {
    if (this.#counted.size === 0) return
    const counted = this.#counted
    this.#counted = new Map()
    try {
      await database.query(
        `INSERT INTO contract_use AS u (tenant, contract, principal, day, name, partner, uses, last_at)
         SELECT c.tenant, c.contract, c.principal, c.day, c.name, c.partner, c.uses, c."lastAt"
           FROM jsonb_to_recordset($1::jsonb) AS c(tenant text, contract text, principal text, day date, name text, partner text, uses bigint, "lastAt" bigint)
          ORDER BY 1, 2, 3, 4
         ON CONFLICT (tenant, contract, principal, day) DO UPDATE SET uses = u.uses + excluded.uses, last_at = greatest(u.last_at, excluded.last_at), name = excluded.name`,
        [JSON.stringify([...counted.values()])],
      )
    } catch (error) {
      for (const one of counted.values()) this.#count(one)
      throw error
    }
  }
}

/** Who used a contract of a tenant since a day, the most used first, at most 1,000. */
export async function usesSince(
  database: Queryable,
  filter: { readonly tenant: string; readonly contract: string; readonly days: number },
): Promise<readonly CountedUse[]> {
  const { rows } = await database.query(
    `SELECT contract, principal, max(name) AS name, max(partner) AS partner, sum(uses) AS uses, max(last_at) AS last_at FROM contract_use
      WHERE tenant = $1 AND contract = $2 AND day > (now() AT TIME ZONE 'UTC')::date - $3::integer
      GROUP BY contract, principal ORDER BY sum(uses) DESC, principal LIMIT 1000`,
    [filter.tenant, filter.contract, filter.days],
  )
  return rows.map((row) => ({
    contract: String(row['contract']),
    principal: String(row['principal']),
    name: String(row['name']),
    ...(typeof row['partner'] === 'string' ? { partner: row['partner'] } : {}),
    uses: Number(row['uses']),
    lastAt: Number(row['last_at']),
  }))
}

/** How many different users each contract of a tenant had. */
export async function usersOf(database: Queryable, tenant: string, days: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database.query(
    `SELECT contract, count(DISTINCT principal) AS users FROM contract_use
      WHERE tenant = $1 AND day > (now() AT TIME ZONE 'UTC')::date - $2::integer GROUP BY contract`,
    [tenant, days],
  )
  return new Map(rows.map(({ contract, users }) => [String(contract), Number(users)]))
}

/** Forgets days that nobody asks for any more. */
export async function trimUses(database: Queryable): Promise<void> {
  await database.query(`DELETE FROM contract_use WHERE day < (now() AT TIME ZONE 'UTC')::date - $1::integer`, [
    keptDays,
  ])
}
