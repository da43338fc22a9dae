import { deskArrival } from '../../flow/stewardship/desk.ts'
import type { Assertion } from '../../model/fact.ts'
import { type AddressedNotice, recipientSubject } from '../../model/notification/notice.ts'
import type { Follower } from '../../registry/tracking-followers.ts'
import type { Gateway } from '../gateway.ts'
import type { Brand } from './brand.ts'
import { expectedTime } from './clock.ts'
import { languages, type TrackingLanguage } from './language.ts'
import type { Story } from './story.ts'

/** What a notice is made with. */
export type Teller = Pick<Gateway, 'backbone' | 'intake' | 'publicUrl' | 'traces'>

/** E-mails are written in English or German. */
export function mailLanguage(language: string): TrackingLanguage & ('de' | 'en') {
  return language === 'de' ? 'de' : 'en'
}

/** Where a follower agrees, reads on, or ends it. */
export function followUrl({ publicUrl }: Pick<Gateway, 'publicUrl'>, { token }: Pick<Follower, 'token'>): string {
  return `${publicUrl}/track/follow/${token}`
}

/** What they know when they were told this. */
export function toldOf({ state, detail, expected }: Story): string {
  const day =
    expected === undefined
      ? ''
      : 'at' in expected
        ? new Date(expected.at).toISOString()
        : (expected.from ?? expected.to ?? '')
  return [state, detail ?? '', day.slice(0, 10)].join(' ')
}

/** Values of the e-mail that tells where the parcel is. */
export function newsValues(
  story: Story,
  language: TrackingLanguage,
  { timeZone }: Brand,
): Readonly<Record<string, string>> {
  const { words } = languages[language]
  return {
    status: words.state[story.state],
    ...(story.detail === undefined ? {} : { detail: words.detail[story.detail] }),
    ...(story.expected === undefined ? {} : { expected: expectedTime(story.expected, language, timeZone) }),
  }
}

/**
 * Hands one e-mail to those who tell customers things: as any other it is a row of the ledger, told once, held back where nothing may be
 * sent. `identity` makes a repetition a duplicate.
 */
export async function tellFollower(
  teller: Teller,
  follower: Pick<Follower, 'tenant' | 'shipment' | 'email' | 'language'>,
  notice: {
    readonly event: 'tracking_changed' | 'tracking_confirm'
    readonly identity: string
    readonly number: string
    readonly values: Readonly<Record<string, string>>
    readonly brand: Brand
  },
): Promise<void> {
  const { tenant, shipment, email, language } = follower
  const { event, identity, number, values, brand } = notice
  const subject = recipientSubject(tenant, brand.channel, email)
  const locale = mailLanguage(language)
  const data: AddressedNotice = {
    ...{ event, key: identity, object: shipment, number, values: { ...values, number } },
    to: { address: email, language: locale },
    rule: {
      ...{ name: 'tracking page', channel: brand.channel, audience: 'customer', locale, timeZone: brand.timeZone },
      ...{ perDay: 20, digestMinutes: 0, etaMinutes: 60, etaStableMinutes: 15 },
    },
  }
  const about = {
    entity: 'recipient',
    references: [{ scheme: 'recipient', value: subject }],
    unknown: 'create',
  } as const
  const assertion: Assertion = { type: 'recipient.notice_reported', about, data }
  const { partitions } = teller.backbone
  await teller.intake.accept(deskArrival([assertion], { tenant, identity, trace: teller.traces.next(), partitions }))
}
