import type { Pool } from 'pg'
import type { BudgetStore } from '../backbone/stores.ts'
import { bucketOf, levelOf, type Quota } from '../gateway/access/quota.ts'
import type { QuotaDesk } from '../gateway/desks/quota-desk.ts'
import { ClientQuotas } from '../registry/client-quotas.ts'
import { type QuotaRefusal, QuotaRefusals } from '../registry/quota-refusals.ts'

const hourMs = 3_600_000
/** Clients, hours and operations that are counted between two writes: more would be an attack that nobody reads one by one. */
const refusalsMost = 10_000

/** What each client may send, in memory: every request asks. A few seconds behind what other instances were told. */
export class QuotasInForce {
  readonly #pool: Pick<Pool, 'query'>
  readonly #everybody: Quota
  #own: ReadonlyMap<string, ReadonlyMap<string, Quota>> = new Map()

  readonly #budgets: Pick<BudgetStore, 'read'>
  readonly #now: () => number
  /** Counted and not yet written down. */
  #refused = new Map<string, QuotaRefusal>()

  /** `pool` sees all tenants. */
  constructor(
    pool: Pick<Pool, 'query'>,
    about: { readonly everybody: Quota; readonly budgets: Pick<BudgetStore, 'read'>; readonly now: () => number },
  ) {
    this.#pool = pool
    this.#everybody = about.everybody
    this.#budgets = about.budgets
    this.#now = about.now
  }

  /** A request was refused; a crash loses some seconds of these counts. */
  readonly refused = (one: Pick<QuotaRefusal, 'tenant' | 'client' | 'partner' | 'operation'>): void => {
    const lastAt = this.#now()
    const hour = lastAt - (lastAt % hourMs)
    const key = `${one.client} ${hour} ${one.operation}`
    const refused = (this.#refused.get(key)?.refused ?? 0) + 1
    if (refused > 1 || this.#refused.size < refusalsMost) this.#refused.set(key, { ...one, hour, refused, lastAt })
  }

  /** Writes down what was refused; what cannot be written is counted on. */
  readonly flush = async (): Promise<void> => {
    const counted = this.#refused
    this.#refused = new Map()
    if (counted.size === 0) return
    try {
      await new QuotaRefusals(this.#pool).add([...counted.values()])
    } catch (error) {
      for (const [key, one] of counted) {
        const since = this.#refused.get(key)
        this.#refused.set(key, { ...one, ...since, refused: one.refused + (since?.refused ?? 0) })
      }
      throw error
    }
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
      levels: async (tenant, clients) => {
        const seen = new Map((await this.#budgets.read(clients.map(bucketOf))).map((one) => [one.name, one]))
        const now = this.#now()
        return new Map(
          clients.map((client) => {
            const quota = this.of(tenant, client)
            return [client, { ...quota, ...levelOf(quota, seen.get(bucketOf(client)), now) }]
          }),
        )
      },
      refusals: (tenant, clients, since) => new QuotaRefusals(own).since(tenant, clients, since),
      set: (quota, note) => changed(quotas.set(quota, note)),
      remove: (quota, note) => changed(quotas.remove(quota, note)),
    }
  }
}
