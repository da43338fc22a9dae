import type { Intake } from '../../flow/intake/intake.ts'
import { deskArrival } from '../../flow/stewardship/desk.ts'
import type { Assertion } from '../../model/fact.ts'
import { type AddressedNotice, recipientSubject } from '../../model/notification/notice.ts'
import type { NotificationRule, NotificationSettings } from '../../processes/notification/settings.ts'
import type { AlertNews } from '../../watch/alerts/alert-rounds.ts'
import { checks } from '../../watch/checks/all.ts'

/** What telling somebody of an alert needs of the hub. */
export interface AlertTelling {
  readonly intake: Pick<Intake, 'accept'>
  readonly partitions: number
  readonly settings: (tenant: string) => NotificationSettings | undefined
  /** Id of a new trace. */
  readonly trace: () => string
  readonly publicUrl: string
}

/** Event of a notification by what happens to an alert. */
const events = { fired: 'alert_fired', repeated: 'alert_repeated', resolved: 'alert_resolved' } as const

/** Declarations of staff that tell of alerts. */
export function alertRoutes(settings: NotificationSettings | undefined): readonly NotificationRule[] {
  return settings?.rules.filter(({ audience, events: told }) => audience === 'staff' && told.has('alert_fired')) ?? []
}

/**
 * Hands news of an alert to those who tell people: a row of the ledger for each recipient, told once. The same news comes as the same
 * message, so that doing it again tells nobody twice.
 */
export async function tellAlert(hub: AlertTelling, news: AlertNews): Promise<void> {
  const { firing, kind, n } = news
  const { tenant, wish } = firing
  const routes = alertRoutes(hub.settings(tenant))
    .filter(({ name }) => wish.route.length === 0 || wish.route.includes(name))
    .filter((rule) => rule.events.has(events[kind]))
  const assertions = routes.flatMap((rule) => assertionsOf(rule, news, hub))
  if (assertions.length === 0) return
  const identity = `alert:${firing.id}:${kind}:${n}`
  await hub.intake.accept(deskArrival(assertions, { tenant, identity, trace: hub.trace(), partitions: hub.partitions }))
}

function assertionsOf(
  declared: NotificationRule,
  { kind, firing, n }: AlertNews,
  { publicUrl }: Pick<AlertTelling, 'publicUrl'>,
): readonly Assertion[] {
  const { events: _e, parties: _p, recipients, roles: _r, unaddressed, ...rule } = declared
  const { tenant, wish, firedAt, resolvedAt, value } = firing
  const { question = wish.check, nextAction = '', unit = '' } = checks.find(({ id }) => id === wish.check) ?? {}
  const first = `alert:${firing.id}`
  const values = {
    name: wish.name,
    severity: wish.severity,
    question,
    nextAction,
    firedAt: new Date(firedAt).toISOString(),
    ...(value === undefined ? {} : { value: String(value), unit }),
    ...(resolvedAt === undefined ? {} : { resolvedAt: new Date(resolvedAt).toISOString() }),
    ...(publicUrl === '' ? {} : { url: `${publicUrl}/alerts` }),
  }
  const notice = {
    event: events[kind],
    key: kind === 'fired' ? first : `${first}:${kind}:${n}`,
    object: firing.id,
    number: wish.name,
    values,
    rule,
    // Who did not hear that it fired need not hear that it is over.
    ...(kind === 'resolved' ? { corrects: first } : {}),
  }
  return (unaddressed ? [''] : recipients).map((address) => {
    const subject = recipientSubject(tenant, rule.channel, address)
    const data: AddressedNotice = { ...notice, to: { address } }
    const about = {
      entity: 'recipient',
      references: [{ scheme: 'recipient', value: subject }],
      unknown: 'create',
    } as const
    return { type: 'recipient.notice_reported', about, data }
  })
}
