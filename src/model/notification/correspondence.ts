import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact } from '../fact.ts'
import type { Addressee } from './addressee.ts'
import { type AddressedNotice, type Notice, recipientSubject } from './notice.ts'

/**
 * Whom an order belongs to. News that came before its order waits until it is known who hears it; what is known of a delivery only is
 * told under the order that it belongs to.
 */
export interface CorrespondenceState {
  readonly contacts: readonly Contact[]
  /** The order, where this is about a part of one. */
  readonly order?: OrderReport
  readonly waiting: readonly WaitingNotice[]
  readonly settled: readonly SettledNotice[]
}

/** Who is told, in which part of the business. */
export interface Contact extends Addressee {
  readonly role: string
}

interface WaitingNotice {
  readonly notice: CustomerNotice
  /** When it was to be told, ms. */
  readonly since: number
}

/** What no longer waits: somebody hears it, or nobody will. */
export interface SettledNotice {
  readonly key: string
  readonly rule: string
  readonly channel: string
  readonly event: string
  readonly object: string
  readonly number: string
  readonly at: number
  readonly handedOn: boolean
}

/** Data of `correspondence.notice_reported`: something that a customer may want to hear; who that is, the order says. */
export interface CustomerNotice extends Notice {
  /** Parts of the business in which somebody may be told, the best first. */
  readonly roles: readonly string[]
  /** The channel leads to one place only: no address is needed. */
  readonly unaddressed?: true
}

/** Data of `correspondence.contacts_reported`: all that the order names. */
export interface ContactsReport {
  readonly contacts: readonly Contact[]
}

/** Data of `correspondence.order_reported`: this is about a part of that order. */
export interface OrderReport {
  /** Hub id of the correspondence about the order. */
  readonly correspondence: string
  /** Number that the customer knows. */
  readonly number: string
}

const unknownCorrespondence: CorrespondenceState = { contacts: [], waiting: [], settled: [] }
const waitingMax = 50
const contactHours = 72
const timer = 'contact'

/** Folds who belongs to an order, and hands on what is to be told. */
export const evolveCorrespondence: Evolve<CorrespondenceState> = (state = unknownCorrespondence, fact) => {
  switch (fact.type) {
    case 'correspondence.contacts_reported': {
      const { contacts } = fact.data as ContactsReport
      // An order that names nobody says nothing against what it named before.
      return handOn(contacts.length === 0 ? state : { ...state, contacts }, fact)
    }
    case 'correspondence.order_reported':
      return handOn({ ...state, order: fact.data as OrderReport }, fact)
    case 'correspondence.notice_reported':
      return handOn(queued(state, fact), fact)
    case 'expectation.missed':
      return gaveUp(state, fact)
    default:
      return { state, facts: [], timers: [] }
  }
}

function queued(state: CorrespondenceState, fact: Fact): CorrespondenceState {
  const one: WaitingNotice = { notice: fact.data as CustomerNotice, since: readInstant(fact.recordedAt) ?? 0 }
  return { ...state, waiting: [...state.waiting, one].slice(-waitingMax) }
}

function handOn(state: CorrespondenceState, fact: Fact): Evolution<CorrespondenceState> {
  const waiting: WaitingNotice[] = []
  const facts: Derived[] = []
  let { settled } = state
  for (const one of state.waiting) {
    if (state.order !== undefined) {
      const { correspondence, number } = state.order
      const data: CustomerNotice = { ...one.notice, number, values: { ...one.notice.values, number } }
      const rule = `notice-${facts.length}`
      facts.push({ rule, type: 'correspondence.notice_reported', subject: correspondence, data })
      settled = settle(settled, one, true)
      continue
    }
    const { roles, unaddressed, ...notice } = one.notice
    const to = unaddressed === true ? { address: '' } : addressee(state.contacts, roles)
    if (to === undefined) {
      waiting.push(one)
      continue
    }
    const data: AddressedNotice = { ...notice, to }
    // Behind a channel that leads to one place each order is somebody: budgets and digests are not shared by strangers.
    const subject = recipientSubject(fact.tenant, notice.rule.channel, unaddressed === true ? fact.subject : to.address)
    facts.push({ rule: `notice-${facts.length}`, type: 'recipient.notice_reported', subject, data })
    settled = settle(settled, one, true)
  }
  return { state: { ...state, waiting, settled }, facts, timers: timerFor(state, waiting) }
}

function addressee(contacts: readonly Contact[], roles: readonly string[]): Addressee | undefined {
  const found = roles.map((role) => contacts.find((one) => one.role === role)).find((one) => one !== undefined)
  if (found === undefined) return undefined
  const { role: _, ...to } = found
  return to
}

/** What waited long enough is told to nobody, and that is said. */
function gaveUp(state: CorrespondenceState, fact: Fact): Evolution<CorrespondenceState> {
  const now = readInstant(fact.occurredAt ?? fact.recordedAt) ?? 0
  const late = state.waiting.filter(({ since }) => since + contactHours * 3_600_000 <= now)
  const waiting = state.waiting.filter((one) => !late.includes(one))
  const facts = late.flatMap(({ notice }, index): Derived[] => {
    const { event, key, object, number, rule, origin } = notice
    const about = { event, key, object, number, rule: rule.name, channel: rule.channel }
    const held: Derived = {
      rule: `held-${index}`,
      type: 'notification.held_back',
      data: { ...about, reason: 'no_contact' },
    }
    if (origin === undefined) return [held]
    const data = { outcome: 'refused', target: rule.channel, naturalKey: origin.naturalKey, reason: 'no_contact' }
    return [held, { rule: `origin-${index}`, type: 'process.outcome_reported', subject: origin.process, data }]
  })
  const settled = late.reduce((known, one) => settle(known, one, false), state.settled)
  return { state: { ...state, waiting, settled }, facts, timers: timerFor({ waiting: [] }, waiting) }
}

function settle(
  settled: readonly SettledNotice[],
  { notice, since: at }: WaitingNotice,
  handedOn: boolean,
): readonly SettledNotice[] {
  const { key, rule, event, object, number } = notice
  const one = { key, rule: rule.name, channel: rule.channel, event, object, number, at, handedOn }
  return [...settled, one].slice(-waitingMax)
}

function timerFor(
  before: Pick<CorrespondenceState, 'waiting'>,
  waiting: readonly WaitingNotice[],
): Evolution['timers'] {
  const [first] = waiting
  if (first === undefined) return before.waiting.length === 0 ? [] : [{ name: timer, at: null }]
  return [{ name: timer, at: writeInstant(first.since + contactHours * 3_600_000) }]
}
