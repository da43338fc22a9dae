import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { failureCode } from '../../base/failure-code.ts'
import type { AlertDesk } from '../../gateway/desks/alert-desk.ts'
import { AlertRules } from '../../registry/alert-rules.ts'
import { AlertRounds } from '../../watch/alerts/alert-rounds.ts'
import { AlertStore } from '../../watch/alerts/alert-store.ts'
import { backTest } from '../../watch/alerts/back-test.ts'
import { readCondition } from '../../watch/alerts/condition.ts'
import { alertRuleOf } from '../../watch/alerts/declared-rule.ts'
import { CheckStore } from '../../watch/check-store.ts'
import { traceIds } from '../../watch/traces.ts'
import { type AlertTelling, alertRoutes, tellAlert } from './alert-teller.ts'
import type { WatchingOptions } from './watching.ts'

/** Alerts for whoever sees what these connections see. */
export type OpenAlertDesk = (own: Pick<Pool, 'query'>) => AlertDesk

const pauseMs = 5000
const dayMs = 86_400_000
/** What was over is shown for so long. */
const keptDays = 400

/** Judges the rules of all tenants, by one of all instances, and opens the desk that shows them. */
export function startAlerts(options: WatchingOptions): OpenAlertDesk {
  const { pool, node, signals, network, telling } = options
  const store = new AlertStore(pool)
  const now = (): number => Date.now()
  const settings: AlertTelling['settings'] = (tenant) => network().notifications.get(tenant)
  const hub: AlertTelling = { ...telling, settings, trace: traceIds((count) => randomBytes(count)) }
  const rules = new AlertRules(pool)
  const rounds = new AlertRounds({
    rules: async () => (await rules.list()).map(alertRuleOf),
    checks: new CheckStore(pool),
    store,
    tell: (news) => tellAlert(hub, news),
    now,
    failed: (_, error) => signals.loopFailed({ loop: 'alert-rule', code: failureCode(error) }),
  })
  const isOurs = (): boolean => node.place.translate[0]?.held === true
  const round = async (): Promise<boolean> => {
    if (isOurs()) await rounds.round()
    return false
  }
  const trim = async (): Promise<boolean> => {
    if (isOurs()) await store.trim(now() - keptDays * dayMs)
    return false
  }
  node.run('alerts', round, pauseMs)
  node.run('alert-history', trim, 3_600_000)
  return (own) => deskOf(own, settings, now)
}

function deskOf(own: Pick<Pool, 'query'>, settings: AlertTelling['settings'], now: () => number): AlertDesk {
  const rules = new AlertRules(own)
  const store = new AlertStore(own)
  const shown = (kept: Parameters<typeof alertRuleOf>[0] | undefined): ReturnType<typeof alertRuleOf> | undefined =>
    kept === undefined ? undefined : alertRuleOf(kept)
  return {
    firings: (filter) => store.list(filter),
    rules: async (tenant) => (await rules.list(tenant)).map(alertRuleOf),
    rule: async (tenant, id) => shown(await rules.get(tenant, id)),
    create: async ({ id, tenant, wish }, note) => shown(await rules.create({ id, tenant, body: wish }, note)),
    change: async ({ id, tenant, version }, wish, note) =>
      shown(await rules.change({ id, tenant, version, body: wish }, note)),
    mute: async (rule, mute, note) => shown(await rules.mute(rule, mute, note)),
    remove: (rule, note) => rules.remove(rule, note),
    read: (condition) => void readCondition(condition),
    test: async (tenant, wish, from) => {
      const condition = readCondition(wish.condition)
      const samples = await new CheckStore(own).history(tenant, wish.check, from)
      return backTest(samples, { condition, patience: wish }, { from, until: now() })
    },
    routes: (tenant) => alertRoutes(settings(tenant)).map(({ name }) => name),
  }
}
