import { isTimeZone } from '../base/time-zone.ts'
import type { NotificationDesk } from '../gateway/desks/notification-desk.ts'
import { notificationEvents } from '../processes/notification/events.ts'
import { wordingFor, writeMessage } from '../processes/notification/message.ts'
import type { NotificationSettings } from '../processes/notification/settings.ts'

/** Kinds of news, and previews in the words of a tenant. */
export function notificationDesk(settings: (tenant: string) => NotificationSettings | undefined): NotificationDesk {
  return {
    events: notificationEvents.map(({ name, audience, about, example }) => ({ name, audience, about, example })),
    preview: (tenant, { event, locale, timeZone, values }) => {
      const own = settings(tenant)?.wording ?? new Map()
      const known = notificationEvents.find(({ name }) => name === event)
      const { isWritten } = wordingFor(event, locale, own)
      if (known === undefined && !isWritten) return undefined
      const all = { ...known?.example, ...(values as Readonly<Record<string, string>> | undefined) }
      const reader = { locale, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' }
      return writeMessage([{ event, values: all }], reader, own)
    },
  }
}
