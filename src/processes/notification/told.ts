import { readInstant } from '../../base/instant.ts'
import { type Derived, type Fact, isReport, type Reference } from '../../model/fact.ts'
import type { ContactsReport, CustomerNotice, OrderReport } from '../../model/notification/correspondence.ts'
import {
  type AddressedNotice,
  correspondenceSubject,
  type Notice,
  recipientSubject,
} from '../../model/notification/notice.ts'
import type { MessageOutcome } from '../../model/notification/outcome.ts'
import type { Data } from '../posting.ts'
import { contactsOf, namedDocument, referenceOf } from './customer-events.ts'
import { notificationEvents } from './events.ts'
import { dataOf, type Happening, type NotificationEvent, textOf, valuesOf } from './happening.ts'
import type { NotificationRule, NotificationSettings } from './settings.ts'

/** What follows from a fact for those who are told things, and how many of them a process waits for. */
export interface ToldNotices {
  readonly facts: readonly Derived[]
  readonly targets: number
}

/** News that is older when it comes is told to nobody: history that is taken in late must not write to customers. */
const freshMs = 48 * 3_600_000

/** Hands news on to those who hear it by the declarations of the tenant. Total: it runs inside the fold of a partition. */
export function toldNotices(fact: Fact, state: unknown, settings: NotificationSettings | undefined): ToldNotices {
  if (settings === undefined || settings.rules.length === 0 || fact.replay === true) return nothing
  if (fact.type === 'process.effect_wanted') return wanted(fact, settings)
  const events = byFact.get(fact.type) ?? []
  const news = events.flatMap((event) =>
    settings.rules
      .filter((rule) => rule.audience === event.audience && rule.events.has(event.name))
      .flatMap((rule) => event.happenings(fact, state).flatMap((one) => notices(fact, event.name, { rule, one }))),
  )
  return { facts: [...correspondents(fact, settings), ...news].map(numbered), targets: 0 }
}

const nothing: ToldNotices = { facts: [], targets: 0 }

const byFact: ReadonlyMap<string | undefined, readonly NotificationEvent[]> = Map.groupBy(
  notificationEvents,
  ({ fact }) => fact,
)

/** The outcome of a message, for the recipient that it was for: the fact that caused it is named after him. */
export function toldRecipient(fact: Fact): readonly Derived[] {
  const outcome = outcomes[fact.type]
  const { command, naturalKey, reason } = dataOf(fact)
  if (outcome === undefined || command !== 'notify_party') return []
  const [, subject, n] = /:(rcp_[0-9a-z]{26}):(\d{1,9})$/.exec(textOf(naturalKey)) ?? []
  if (subject === undefined || n === undefined) return []
  const data: MessageOutcome = { n: Number(n), outcome, ...(reason === undefined ? {} : { reason: textOf(reason) }) }
  return [{ rule: 'told', type: 'recipient.outcome_reported', subject, data }]
}

const outcomes: Readonly<Record<string, MessageOutcome['outcome'] | undefined>> = {
  'effect.applied': 'applied',
  'effect.parked': 'parked',
  'effect.refused': 'refused',
}

/** Facts of documents say which order they belong to and who that is, where any customer is told anything. */
function correspondents(fact: Fact, { rules }: NotificationSettings): readonly Omit<Derived, 'rule'>[] {
  const [entity = ''] = fact.type.split('.', 1)
  if (isReport(fact.type) || !addressed.has(entity)) return []
  if (!rules.some(({ audience }) => audience === 'customer')) return []
  const { references = [], object } = dataOf(fact) as {
    readonly references?: readonly Reference[]
    readonly object?: Data
  }
  const known = contactsOf(fact)
  const contacts: ContactsReport = { contacts: known }
  return namedDocument(entity, references, object).flatMap(({ reference, number }) => {
    const subject = correspondenceSubject(fact.tenant, reference)
    const order: OrderReport = { correspondence: subject, number: textOf(object?.['orderNumber']) }
    const part = correspondenceSubject(fact.tenant, referenceOf(entity, number))
    return [
      ...(known.length === 0 ? [] : [{ type: 'correspondence.contacts_reported', subject, data: contacts }]),
      ...(part === subject ? [] : [{ type: 'correspondence.order_reported', subject: part, data: order }]),
    ]
  })
}

const addressed: ReadonlySet<string> = new Set(['delivery', 'order', 'return'])

/** What a process wants somebody to be told: `about` names the text, the numbers say whose matter it is. */
function wanted(fact: Fact, settings: NotificationSettings): ToldNotices {
  const { command, businessKey, payload } = dataOf(fact)
  if (command !== 'notify_party') return nothing
  const { about, lines: _, ...told } = (payload ?? {}) as Data
  const [scheme, number] =
    numbers.map(([name, one]) => [name, textOf(told[one])] as const).find(([, one]) => one !== '') ?? ([] as const)
  const event = textOf(about) === '' ? 'message' : textOf(about)
  const rules = settings.rules.filter((rule) => rule.events.has('notify_party') || rule.events.has(event))
  const facts = rules.flatMap((rule) => {
    const naturalKey = `notify_party:${rule.channel}:${textOf(businessKey)}`
    const one: Happening = {
      key: `notify_party:${textOf(businessKey)}`,
      number: textOf(told['returnNumber'] ?? told['orderNumber'] ?? number),
      values: {
        ...valuesOf(told),
        ...valuesOf({ about: event, number: told['returnNumber'] ?? told['orderNumber'] ?? number }),
      },
      reference: scheme === undefined || number === undefined ? fact.subject : referenceOf(scheme, number),
    }
    return notices(fact, event, { rule, one }).map((notice, index) => {
      if (index > 0) return notice
      const data = { ...(notice.data as Notice), origin: { process: fact.subject, naturalKey } }
      return { ...notice, data }
    })
  })
  return { facts: facts.map(numbered), targets: rules.length }
}

const numbers = [
  ['order', 'orderNumber'],
  ['return', 'returnNumber'],
  ['delivery', 'deliveryNumber'],
] as const

/** One happening for everybody whom a rule names. */
function notices(
  fact: Fact,
  event: string,
  { rule, one }: { readonly rule: NotificationRule; readonly one: Happening },
): readonly Omit<Derived, 'rule'>[] {
  const { reference, roles, event: _, ...happening } = one
  const { events: _events, parties, recipients, roles: wantedRoles, unaddressed, ...own } = rule
  if (roles !== undefined && wantedRoles.size > 0 && !roles.some((role) => wantedRoles.has(role))) return []
  const notice: Notice = {
    ...happening,
    event,
    object: fact.subject,
    rule: own,
    ...(isStale(fact) ? { isStale: true } : {}),
  }
  if (rule.audience === 'customer') {
    const data: CustomerNotice = { ...notice, roles: parties, ...(unaddressed ? { unaddressed: true } : {}) }
    return [
      {
        type: 'correspondence.notice_reported',
        subject: correspondenceSubject(fact.tenant, reference ?? fact.subject),
        data,
      },
    ]
  }
  return (unaddressed ? [''] : recipients).map((address) => {
    const data: AddressedNotice = { ...notice, to: { address } }
    return { type: 'recipient.notice_reported', subject: recipientSubject(fact.tenant, rule.channel, address), data }
  })
}

function isStale({ occurredAt, recordedAt }: Fact): boolean {
  const at = occurredAt === undefined ? undefined : readInstant(occurredAt)
  return at !== undefined && at < (readInstant(recordedAt) ?? 0) - freshMs
}

function numbered(derived: Omit<Derived, 'rule'>, index: number): Derived {
  return { rule: `n${index}`, ...derived }
}
