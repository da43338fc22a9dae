import type { Registry } from 'prom-client'
import type { IntakeStore } from '../../backbone/stores.ts'
import type { PartnerCheck } from '../../gateway/desks/network-desk.ts'
import { defineGauge } from '../../watch/signals.ts'
import type { Partner } from '../network/partner.ts'
import { failed, passed, skipped } from './check.ts'

const dayMs = 86_400_000
/** How far back somebody looks for a sign of life. */
const daysMost = 400

/** Whole days since the partner was heard of on any of its connections; undefined when it never was. */
export async function quietSince(
  { tenant, connections }: Pick<Partner, 'tenant' | 'connections'>,
  intake: Pick<IntakeStore, 'read'>,
  now: number,
): Promise<number | undefined> {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const counts = await Promise.all(
    connections.map((connection) =>
      intake.read({ tenant, connection, since: day(now - daysMost * dayMs), until: day(now) }),
    ),
  )
  const heard = counts.flat().filter(({ accepted, duplicate }) => accepted + duplicate > 0)
  const last = heard.map((one) => Date.parse(one.day)).reduce((latest, one) => Math.max(latest, one), 0)
  return last === 0 ? undefined : Math.max(0, Math.round((Date.parse(day(now)) - last) / dayMs))
}

/** Whether a partner that should be heard of every few days was. */
export async function checkQuiet(
  partner: Partner,
  intake: Pick<IntakeStore, 'read'>,
  now: number,
): Promise<readonly PartnerCheck[]> {
  const { quietDays } = partner.sla
  if (quietDays === 0) return []
  const about = { check: 'sign of life', about: `every ${quietDays} days` }
  const days = await quietSince(partner, intake, now)
  if (days === undefined)
    return [skipped(about, 'Nothing has come so far.', 'Ask the partner to send a first document.')]
  const detail = days === 0 ? 'Heard of today.' : `Heard of ${days} days ago.`
  return [
    days <= quietDays
      ? passed(about, detail)
      : failed(about, detail, 'Ask the partner whether it sends; look at interline pick-ups.'),
  ]
}

/** Partners that should be heard of, for an alarm: above 0 somebody should ask. */
export function defineQuietGauge(
  registry: Registry,
  parts: {
    readonly partners: () => readonly Partner[]
    readonly intake: Pick<IntakeStore, 'read'>
    readonly now: () => number
  },
): void {
  defineGauge(registry, {
    name: 'interline_partner_quiet_days',
    help: 'Days of silence beyond what was agreed with a partner (sla.quietDays).',
    labels: ['partner'],
    read: async () =>
      Promise.all(
        parts
          .partners()
          .filter(({ sla }) => sla.quietDays > 0)
          .map(async (one) => {
            const days = (await quietSince(one, parts.intake, parts.now())) ?? 0
            return { labels: { partner: one.id }, value: Math.max(0, days - one.sla.quietDays) }
          }),
      ),
  })
}
