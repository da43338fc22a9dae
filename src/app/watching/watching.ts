import type { Pool } from 'pg'
import type { Backbone } from '../../backbone/backbone.ts'
import { failureCode } from '../../base/failure-code.ts'
import type { Reconciler } from '../../flow/dispatch/reconcile.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { CheckDesk } from '../../gateway/desks/check-desk.ts'
import type { ExceptionDesk } from '../../gateway/desks/exception-desk.ts'
import { ExceptionClaims } from '../../registry/exception-claims.ts'
import { defineCheckGauges } from '../../watch/check-gauges.ts'
import { CheckRounds } from '../../watch/check-rounds.ts'
import { foundRows } from '../../watch/check-rows.ts'
import { CheckStore } from '../../watch/check-store.ts'
import { checks } from '../../watch/checks/all.ts'
import type { CheckWorld } from '../../watch/checks/world.ts'
import type { OtherExceptions } from '../../watch/exceptions/exception-query.ts'
import { exceptionAges, exceptionRows } from '../../watch/exceptions/exception-rows.ts'
import { worldExceptions } from '../../watch/exceptions/world.ts'
import type { Oracle } from '../../watch/oracle.ts'
import type { Network } from '../network/network.ts'
import { certificatesOf } from '../partner/certificates.ts'
import { systemClock } from '../ports.ts'
import type { AlertTelling } from './alert-teller.ts'
import { type OpenAlertDesk, startAlerts } from './alerting.ts'
import type { Instruments } from './instruments.ts'
import { startOracle } from './oracle-rounds.ts'
import { type OpenSlaDesk, startSlas } from './service-levels.ts'

/** The parts of a hub that are watched. */
export interface WatchingOptions extends Instruments {
  readonly pool: Pool
  readonly backbone: Backbone
  readonly node: FlowNode
  readonly network: () => Network
  readonly reconciler: Pick<Reconciler, 'results'>
  readonly historyDays: number
  /** Days that settled effects are kept; 0: for good. */
  readonly effectDays: number
  /** What telling people of alerts needs, but what the network and the settings say of themselves. */
  readonly telling: Omit<AlertTelling, 'settings' | 'trace'>
}

/** Business checks for whoever sees what these connections see, and, where it is named, one tenant alone. */
export type OpenCheckDesk = (own: Pick<Pool, 'query'>, only?: string) => CheckDesk

const dayMs = 86_400_000
const pauseMs = 1000

/** Exceptions for whoever sees what these connections see, and, where it is named, one tenant alone. */
export type OpenExceptionDesk = (own: Pick<Pool, 'query'>, only?: string) => ExceptionDesk

/** What those see who watch: the desks of a running hub. */
export interface WatchDesks {
  readonly alertDesk: OpenAlertDesk
  readonly checkDesk: OpenCheckDesk
  readonly exceptionDesk: OpenExceptionDesk
  readonly slaDesk: OpenSlaDesk
}

/** What watches over a running hub: its oracle, and the business checks, asked by one of all instances and shown by each. */
export function startWatching(options: WatchingOptions): WatchDesks {
  const { pool, node, registry, signals, network, historyDays } = options
  const store = new CheckStore(pool)
  const world = worldOf(options, startOracle(node, options.backbone, options))
  const now = (): number => Date.now()
  const policy = (tenant: string, check: string) => network().checks.get(`${tenant} ${check}`)
  defineCheckGauges(registry, { checks, store, now })
  const rounds = new CheckRounds({
    checks,
    world,
    store,
    policy,
    now,
    mono: () => systemClock.mono(),
    failed: (check, error) => signals.loopFailed({ loop: `check-${check}`, code: failureCode(error) }),
  })
  // By whoever owns the first partition: one of all instances.
  const isOurs = (): boolean => node.place.translate[0]?.held === true
  node.run('checks', async () => isOurs() && (await rounds.round()), pauseMs)
  const trim = async (): Promise<boolean> => {
    if (isOurs()) await store.trim(now() - historyDays * dayMs)
    return false
  }
  node.run('check-history', trim, 3_600_000)
  const limits: CheckDesk['limits'] = (tenant, { id, thresholds, graceMinutes = 0 }) => ({
    ...thresholds,
    graceMinutes,
    ...policy(tenant, id),
  })
  const checkDesk: OpenCheckDesk = (own, only) => ({
    checks,
    limits,
    latest: (tenant) => new CheckStore(own).latest(tenant),
    history: (tenant, check, from) => new CheckStore(own).history(tenant, check, from),
    rows: (check, scope) =>
      foundRows(
        check,
        { ...world, pool: own },
        { ...scope, tenant: only ?? scope.tenant, now: now(), graceMinutes: limits(scope.tenant, check).graceMinutes },
      ),
  })
  return {
    checkDesk,
    exceptionDesk: exceptionDeskOf(world, now),
    alertDesk: startAlerts(options),
    slaDesk: startSlas(options),
  }
}

/** What the world knows is asked for once in a while: many look at the list, and it says the same to all. */
const worldMs = 15_000

function exceptionDeskOf(world: CheckWorld, now: () => number): OpenExceptionDesk {
  let asked: { readonly at: number; readonly found: ReturnType<typeof worldExceptions> } | undefined
  const others = async (tenant: string): Promise<OtherExceptions> => {
    if (asked === undefined || now() - asked.at > worldMs) {
      const found = worldExceptions(world, now())
      asked = { at: now(), found }
      // Whoever asks next asks anew.
      found.catch(() => {
        asked = undefined
      })
    }
    return (await asked.found).filter((one) => one.tenant === tenant)
  }
  return (own, only) => {
    const claims = new ExceptionClaims(own)
    const seen = (tenant: string): string => only ?? tenant
    return {
      list: async (filter, page) =>
        exceptionRows(own, { ...filter, now: now() }, page, await others(seen(filter.tenant))),
      ages: async (filter) => exceptionAges(own, { ...filter, now: now() }, await others(seen(filter.tenant))),
      take: (claim, takesOver) => claims.take(claim, takesOver),
      release: (claim) => claims.release(claim),
      acknowledge: (claim, note) => claims.acknowledge(claim, note),
    }
  }
}

function worldOf({ pool, backbone, network, reconciler }: WatchingOptions, oracle: Oracle): CheckWorld {
  return {
    pool,
    tenants: async () => {
      const { rows } = await pool.query<{ tenant: string }>(
        'SELECT tenant FROM person UNION SELECT tenant FROM api_key UNION SELECT tenant FROM subscription',
      )
      const declared = [...network().connections.values()].map(({ tenant }) => tenant)
      return [...new Set([...rows.map(({ tenant }) => tenant), ...declared])].toSorted()
    },
    feeds: () => feedsOf(network()),
    certificates: () =>
      network().partners.flatMap(({ id: partner, tenant, connections, sla }) =>
        certificatesOf(
          network().as2Partners.filter(({ connection }) => connections.includes(connection.id)),
          Date.now(),
        ).map(({ connection, use, subject, validTo }) => ({
          tenant,
          partner,
          connection,
          use,
          subject,
          validTo,
          days: sla.certificateDays,
        })),
      ),
    unaccounted: async () => (await backbone.accounting()).unaccounted,
    violations: () => oracle.violations,
    compared: () =>
      reconciler.results.map(({ connection: target, until, differences }) => ({
        tenant: network().connections.get(target)?.tenant ?? '',
        target,
        at: Date.parse(until),
        differences: differences.map((one) => ({
          kind: one.kind,
          subject: one.effect ?? one.documentNumbers.join(' '),
          detail: one.documentNumbers.join(' '),
        })),
      })),
  }
}

/** Connections that something comes from; whoever is only told things is none. */
function feedsOf({ connections, partners }: Network): ReturnType<CheckWorld['feeds']> {
  const partnerOf = new Map(partners.flatMap((partner) => partner.connections.map((id) => [id, partner] as const)))
  return [...connections.values()]
    .filter(({ connector: { kind } }) => kind !== 'messaging' && kind !== 'subscriber')
    .map(({ id: connection, tenant, connector: { kind } }) => {
      const partner = partnerOf.get(connection)
      return { tenant, connection, kind, partner: partner?.id ?? '', quietDays: partner?.sla.quietDays ?? 0 }
    })
}

/** SQLSTATE of a database error, or what kind of error it is. */
