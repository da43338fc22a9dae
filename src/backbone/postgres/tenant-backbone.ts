import type { Backbone } from '../backbone.ts'
import type { TenantBackbone } from '../tenant-backbone.ts'
import type { Database } from './database.ts'
import { PostgresLedger } from './ledger.ts'
import { readStates, readTimers } from './objects.ts'
import { Parking } from './parking.ts'
import { postgresStores } from './stores.ts'
import type { Owner } from './tenant-pool.ts'

/**
 * The backbone as a tenant may see it. Tables are read over `database`, which sees one tenant. A row of the log holds messages or facts
 * of many tenants, so no policy can part them: what is read of it passes here and nowhere else. What workers do for a tenant (`hub`) is
 * asked for only after the tenant was seen to have it.
 */
export function tenantBackbone(hub: Backbone, database: Database, { tenant, connections }: Owner): TenantBackbone {
  const isOwn = (one: { readonly tenant: string }): boolean => one.tenant === tenant
  const isThrough = (connection: string): boolean => connections?.includes(connection) ?? true
  const ledger = new PostgresLedger(database)
  const stores = postgresStores(database)
  const parking = new Parking(database, (id) => hub.message(id))
  const hasParked = async (message: string): Promise<boolean> =>
    (await parking.parked({ message, limit: 1 })).some((one) => one.message === message)
  const message: Backbone['message'] = async (id) => {
    const found = await hub.message(id)
    return found !== undefined && isOwn(found) && isThrough(found.connection) ? found : undefined
  }
  return {
    partitions: hub.partitions,
    message,
    known: async (inputs) => {
      const isTheirs = inputs.map((one) => isOwn(one) && isThrough(one.connection))
      const found = (await hub.known(inputs.filter((_, at) => isTheirs[at] === true))).values()
      return isTheirs.map((own) => (own ? found.next().value : undefined))
    },
    lookBack: async (partition, before, most) => {
      const back = await hub.lookBack(partition, before, most)
      return { ...back, heads: back.heads.filter((one) => isOwn(one) && isThrough(one.connection)) }
    },
    offsetAt: (partition, at) => hub.offsetAt(partition, at),
    history: async (subject, limit) =>
      (await hub.history(subject, limit)).filter(({ fact }) => isOwn(fact) && isThrough(fact.source)),
    factsOf: async (id, limit) =>
      (await hub.factsOf(id, limit)).filter(({ fact }) => isOwn(fact) && isThrough(fact.source)),
    states: (subjects) => readStates(database, subjects),
    timers: (filter) => readTimers(database, hub.partitions, filter),
    parked: (filter) => parking.parked(filter),
    waits: (code, limit) => parking.waits(code, limit),
    release: async (messages, by, note) => {
      const own = await Promise.all(messages.map(async (one) => ((await hasParked(one)) ? [one] : [])))
      return hub.release(own.flat(), by, note)
    },
    commit: async ({ unparks = [], audits = [] }) => {
      for (const { message: one } of unparks) if (!(await hasParked(one))) return { outcome: 'fenced' }
      return hub.commit({ unparks, audits: audits.filter(isOwn) })
    },
    position: (consumer, partition) => hub.position(consumer, partition),
    heads: () => hub.heads(),
    accounting: () => hub.accounting(),
    ledger: {
      effect: (id) => ledger.effect(id),
      effects: (filter) => ledger.effects(filter),
      attempts: (effect) => ledger.attempts(effect),
      evidenceOf: (effect) => ledger.evidenceOf(effect),
      counts: () => ledger.counts(),
      decide: async (decision) =>
        (await ledger.effect(decision.effect)) === undefined ? 'not_found' : hub.ledger.decide(decision),
    },
    stores: {
      subscriptions: stores.subscriptions,
      answers: stores.answers,
      jobs: stores.jobs,
      keys: stores.keys,
      budgets: hub.stores.budgets,
      cursors: hub.stores.cursors,
    },
  }
}
