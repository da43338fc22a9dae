import { choice, type Fields, integer, list, text } from '../../base/fields.ts'
import { isTimeZone } from '../../base/time-zone.ts'
import type { Connection } from '../../flow/connection.ts'
import { partyRoles } from '../../model/objects/parts/party-ref.ts'
import { taskRoles } from '../../model/task/roles.ts'
import { notificationEvents } from '../../processes/notification/events.ts'
import { knownLocale } from '../../processes/notification/format.ts'
import {
  type NotificationRule,
  type NotificationSettings,
  type Wording,
  wordingKey,
} from '../../processes/notification/settings.ts'
import { namesIn, readTemplate, type Template } from '../../processes/notification/template.ts'
import { isMailbox } from '../../transports/smtp/mail.ts'
import { parsed } from './partner.ts'
import { known, type Reading, readFields } from './reading.ts'
import type { Entry, Sections } from './sections.ts'

/** Keys of an entry of `notifications`. */
export const notificationFields = {
  name: text('Name of the declaration; it is shown beside what was told by it.', { example: 'customers' }),
  audience: choice('Who is told.', ['customer', 'staff']),
  events: list('What they are told: names of events; notify_party for whatever processes ask for.'),
  target: text('The connection that carries it, of a connector for messages.', { example: 'post-office' }),
  parties: list('Of customers: parts of the business in which somebody may be told, the best first.', {
    default: ['sold_to', 'ship_to', 'consignee'],
  }),
  recipients: list('Of staff: addresses; without any where the connection leads to one place.', { default: [] }),
  roles: list('Of staff: only tasks of these roles; of all without it.', { default: [] }),
  locale: text('Language of readers who named none, BCP 47.', { default: 'en' }),
  timeZone: text('Time zone of the readers, IANA.', { default: 'UTC' }),
  quietHours: text('When nobody is told anything, in that time zone: 20:00-07:00.', { default: '' }),
  perDay: integer('Most messages to one recipient in a day; what is more comes in one message on the next.', {
    default: 20,
    min: 1,
    max: 1000,
  }),
  digestMinutes: integer('For so long news is gathered into one message; 0 tells each at once.', {
    default: 0,
    min: 0,
    max: 1440,
  }),
  etaMinutes: integer('An expected time that moves by less is not told.', { default: 60, min: 0, max: 10_080 }),
  etaStableMinutes: integer('For so long an expected time must stay before it is told.', {
    default: 15,
    min: 0,
    max: 1440,
  }),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** Keys of an entry of `notificationTexts`. */
export const notificationTextFields = {
  event: text('What it tells: the name of an event, or what a process calls it.', { example: 'shipment_delivered' }),
  locale: text('In which language, BCP 47.', { example: 'fr' }),
  subject: text('Template of the subject.'),
  text: text('Template of the text.'),
  html: text('Template of the HTML part; made of the text without it.', { default: '' }),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** Who is told what, by tenant. */
export function readNotifications(
  reading: Reading,
  sections: Pick<Sections, 'notifications' | 'notificationTexts'>,
  connections: ReadonlyMap<string, Connection>,
): ReadonlyMap<string, NotificationSettings> {
  const rules = sections.notifications.flatMap((entry) => readRule(reading, entry, connections) ?? [])
  const wordings = sections.notificationTexts.flatMap((entry) => readWording(reading, entry) ?? [])
  const tenants = new Set([...rules, ...wordings].map(({ tenant }) => tenant))
  return new Map(
    [...tenants].map((tenant) => [
      tenant,
      {
        rules: rules.filter((one) => one.tenant === tenant).map(({ rule }) => rule),
        wording: new Map(
          wordings.filter((one) => one.tenant === tenant).map(({ key, wording }) => [key, wording] as const),
        ),
      },
    ]),
  )
}

function readRule(
  reading: Reading,
  { place, values, source }: Entry,
  connections: ReadonlyMap<string, Connection>,
): { readonly tenant: string; readonly rule: NotificationRule } | undefined {
  const read = readFields(reading, notificationFields, values, place)
  const target = known(reading, connections, values['target'], { what: 'connection', place: place.at('target') })
  if (read === undefined || target === undefined) return undefined
  const one = parsed(notificationFields, read)
  const problems = new Faults(reading, place)
  const { audience, events, target: channel, recipients, roles, parties, quietHours, tenant, ...own } = one
  const { messages } = target.connector
  if (messages === undefined) problems.add('target', `${channel} carries no messages to people.`)
  const unaddressed = messages?.addressed === false
  const names = notificationEvents.filter((event) => event.audience === audience).map(({ name }) => name)
  for (const name of events)
    if (name !== 'notify_party' && !names.includes(name))
      problems.add('events', `there is no ${name} for ${audience}; known are ${[...names, 'notify_party'].join(', ')}.`)
  if (audience === 'staff' && !unaddressed && recipients.length === 0) problems.add('recipients', 'nobody is named.')
  if (unaddressed && recipients.length > 0) problems.add('recipients', `${channel} leads to one place.`)
  for (const address of recipients) if (!isMailbox(address)) problems.add('recipients', 'one of them is no address.')
  for (const role of roles)
    if (!Object.hasOwn(taskRoles.values, role)) problems.add('roles', `there is no role ${role}.`)
  for (const party of parties)
    if (!Object.hasOwn(partyRoles.values, party)) problems.add('parties', `there is no part ${party} in the business.`)
  if (!isTimeZone(own.timeZone)) problems.add('timeZone', 'there is no such time zone.')
  if (knownLocale(own.locale) === 'en' && !/^en\b/i.test(own.locale))
    problems.add('locale', 'nobody knows this language.')
  const quiet = quietHours === '' ? undefined : readHours(quietHours)
  if (quietHours !== '' && quiet === undefined) problems.add('quietHours', 'expected hours like 20:00-07:00.')
  if (!problems.isWhole) return undefined
  const rule: NotificationRule = {
    ...own,
    audience,
    channel,
    parties,
    recipients,
    unaddressed,
    events: new Set(events),
    roles: new Set(roles),
    ...(quiet === undefined ? {} : { quiet }),
  }
  return { tenant: tenant === '' ? source.tenant : tenant, rule }
}

function readWording(
  reading: Reading,
  { place, values, source }: Entry,
): { readonly tenant: string; readonly key: string; readonly wording: Wording } | undefined {
  const read = readFields(reading, notificationTextFields, values, place)
  if (read === undefined) return undefined
  const { event, locale, tenant, ...texts } = parsed(notificationTextFields, read)
  const problems = new Faults(reading, place)
  if (!/^[a-z][a-z0-9_]{1,59}$/.test(event)) problems.add('event', 'expected a name in small letters, digits and _.')
  const example = notificationEvents.find(({ name }) => name === event)?.example
  const template = (key: 'html' | 'subject' | 'text'): Template | undefined => {
    try {
      const made = readTemplate(texts[key])
      const unknown = example === undefined ? [] : namesIn(made).filter((name) => !isValueOf(example, name))
      if (unknown.length > 0 && example !== undefined)
        problems.add(key, `${event} has no ${unknown[0]}; it has ${Object.keys(example).join(', ')}.`)
      return made
    } catch (error) {
      problems.add(key, `${error instanceof Error ? error.message : String(error)}.`)
      return undefined
    }
  }
  const [subject, body, html] = [
    template('subject'),
    template('text'),
    texts.html === '' ? undefined : template('html'),
  ]
  if (!problems.isWhole || subject === undefined || body === undefined) return undefined
  const wording: Wording = { subject, text: body, ...(html === undefined ? {} : { html }) }
  return { tenant: tenant === '' ? source.tenant : tenant, key: wordingKey(event, locale), wording }
}

/** By itself, or as a member of a list. */
function isValueOf(example: (typeof notificationEvents)[number]['example'], name: string): boolean {
  return (
    Object.hasOwn(example, name) ||
    Object.values(example).some((value) => typeof value !== 'string' && value.some((one) => Object.hasOwn(one, name)))
  )
}

function readHours(hours: string): { readonly from: number; readonly to: number } | undefined {
  const [, ...parts] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(hours) ?? []
  const [fromHour, fromMinute, toHour, toMinute] = parts.map(Number)
  if (toMinute === undefined) return undefined
  return { from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + toMinute }
}

/** What is wrong with one entry. */
class Faults {
  isWhole = true
  readonly #reading: Reading
  readonly #place: Entry['place']

  constructor(reading: Reading, place: Entry['place']) {
    this.#reading = reading
    this.#place = place
  }

  add(key: string, problem: string): void {
    this.isWhole = false
    this.#reading.problems.add('MANIFEST_VALUE_INVALID', this.#place.at(key), { key, problem })
  }
}
