import type { Pool } from 'pg'
import type { Quota } from '../gateway/quota.ts'
import type { QuotaDesk } from '../gateway/quota-desk.ts'
import { ClientQuotas } from '../registry/client-quotas.ts'

/** What each client may send, in memory: every request asks. A few seconds behind what other instances were told. */
export class QuotasInForce {
  readonly #pool: Pick<Pool, 'query'>
  readonly #everybody: Quota
  #own: ReadonlyMap<string, ReadonlyMap<string, Quota>> = new Map()

  /** `pool` sees all tenants. */
  constructor(pool: Pick<Pool, 'query'>, everybody: Quota) {
    this.#pool = pool
    this.#everybody = everybody
  }

  readonly of = (tenant: string, client: string): Quota => this.#own.get(tenant)?.get(client) ?? this.#everybody

  readonly refresh = async (): Promise<void> => {
    const rows = await new ClientQuotas(this.#pool).list()
    this.#own = new Map(
      [...Map.groupBy(rows, ({ tenant }) => tenant)].map(([tenant, own]) => [
        tenant,
        new Map(own.map((one) => [one.client, one])),
      ]),
    )
  }

  /** The quotas of whoever sees what these connections to the database see. */
  readonly desk = (own: Pick<Pool, 'query'>): QuotaDesk => {
    const quotas = new ClientQuotas(own)
    const changed = async <T>(change: Promise<T>): Promise<T> => {
      const made = await change
      await this.refresh()
      return made
    }
    return {
      everybody: this.#everybody,
      list: (tenant) => quotas.list(tenant),
      get: (tenant, client) => quotas.get(tenant, client),
      set: (quota, note) => changed(quotas.set(quota, note)),
      remove: (quota, note) => changed(quotas.remove(quota, note)),
    }
  }
}
