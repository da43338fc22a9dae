import type { Fact } from '../../model/fact.ts'
import type { PersonalMessage } from '../../model/notification/personal-message.ts'
import type { RecipientState } from '../../model/notification/recipient-state.ts'
import { externalReferenceOf } from '../posting.ts'
import type { PostingIntent } from '../postings.ts'
import { writeMessage } from './message.ts'
import type { NotificationSettings } from './settings.ts'

/**
 * A message that is due goes to the channel of its declaration: no route is asked. It is counted by the recipient that it is for, so that
 * a fold that is done again asks for the same one; its text is written once, here, and is the same in every attempt.
 */
export function telling(
  fact: Fact,
  state: unknown,
  own: NotificationSettings['wording'],
): readonly PostingIntent[] | undefined {
  const { n, channel, audience, about } = fact.data as {
    readonly n: number
    readonly channel: string
    readonly audience: 'customer' | 'staff'
    readonly about: readonly { readonly event: string; readonly object: string; readonly number: string }[]
  }
  const { to, underWay } = (state ?? { underWay: {} }) as RecipientState
  const notices = underWay[n] ?? []
  const [first] = notices
  if (first === undefined) return undefined
  const reader = { locale: to.language ?? first.rule.locale, timeZone: first.rule.timeZone }
  const { locale: language, ...written } = writeMessage(notices, reader, own)
  const payload: PersonalMessage = {
    ...{ address: to.address, ...(to.name === undefined ? {} : { name: to.name }), recipient: fact.subject },
    ...{ audience, language, ...written },
    about: about.map(({ event, object, number }) => ({ event, object, number })),
  }
  const naturalKey = `notify_party:${channel}:${fact.subject}:${n}`
  const intent: PostingIntent = {
    command: 'notify_party',
    target: channel,
    naturalKey,
    // One that nobody takes holds up no other.
    key: `${fact.subject}:${n}`,
    externalReference: externalReferenceOf(fact.tenant, naturalKey),
    payload,
    lane: 'realtime',
    priority: audience === 'staff' ? 3 : 4,
  }
  return [intent]
}
