import type { Pool } from 'pg'
import { failureCode } from '../../base/failure-code.ts'
import type { SlaDesk } from '../../gateway/desks/sla-desk.ts'
import { defineSlaGauges } from '../../watch/slas/sla-gauges.ts'
import { SlaRounds } from '../../watch/slas/sla-rounds.ts'
import { SlaStore } from '../../watch/slas/sla-store.ts'
import { systemClock } from '../ports.ts'
import type { WatchingOptions } from './watching.ts'

/** Service levels for whoever sees what these connections see, and, where it is named, one tenant alone. */
export type OpenSlaDesk = (own: Pick<Pool, 'query'>, only?: string) => SlaDesk

const pauseMs = 1000
const dayMs = 86_400_000
/** Periods are shown for so long after they ended. */
const keptDays = 800

/** Measures the service levels of all tenants, by one of all instances, and opens the desk that shows them. */
export function startSlas(options: WatchingOptions): OpenSlaDesk {
  const { pool, node, registry, signals, network, effectDays } = options
  const store = new SlaStore(pool)
  const now = (): number => Date.now()
  const slas = () => network().slas
  defineSlaGauges(registry, { slas, store, now })
  const rounds = new SlaRounds({
    slas,
    pool,
    store,
    now,
    mono: () => systemClock.mono(),
    effectDays,
    failed: (_, error) => signals.loopFailed({ loop: 'sla', code: failureCode(error) }),
  })
  const isOurs = (): boolean => node.place.translate[0]?.held === true
  const trim = async (): Promise<boolean> => {
    if (isOurs()) await store.trim(now() - keptDays * dayMs)
    return false
  }
  node.run('slas', async () => isOurs() && (await rounds.round()), pauseMs)
  node.run('sla-history', trim, 3_600_000)
  return (own, only) => {
    const seen = new SlaStore(own)
    const of = (tenant: string): string => only ?? tenant
    return {
      slas: (tenant) => slas().filter((one) => one.tenant === of(tenant)),
      latest: (tenant) => seen.latest(of(tenant)),
      periods: (tenant, sla) => seen.periods(of(tenant), sla),
      misses: (sla, period, page) => seen.misses({ ...sla, tenant: of(sla.tenant) }, period, { ...page, now: now() }),
    }
  }
}
