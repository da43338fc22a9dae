import { readInstant, writeInstant } from '../../base/instant.ts'
import { defineProcess } from '../engine/definition.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { present } from '../told-document.ts'
import { offered, unwanted } from './choice.ts'
import { counterSays, report } from './counter.ts'
import { type Known, nothing, subscribes } from './known.ts'
import { states } from './states.ts'
import { tasks } from './tasks.ts'

/** A shipment whose carrier will not come gets another one, as long as nobody has the goods. */
export const carrierReassignment = defineProcess<Known>({
  id: 'carrier-reassignment',
  version: 2,
  title: 'Carrier reassignment',
  about:
    'A carrier declines, does not answer, has no room or does not come: the load is taken from him and offered along the routing guide until somebody takes it. Once anybody has the goods nothing is reassigned any more.',
  key: 'The shipment, by hub id.',
  optIn: true,
  nothing,
  subscribes,
  branches: { main: { about: 'The load.', initial: 'looking', states } },
  says: {
    expiry: {
      about: 'The tender expired: `shipment.tender_expired`.',
      make: (scope) => report(scope, { event: 'tender_expired', carrier: offered(scope) }),
    },
    offer: {
      about: 'The load is offered: `shipment.tendered`.',
      make: (scope) => report(scope, { event: 'tendered', carrier: offered(scope) }),
    },
    reassignment: {
      about: 'The carrier is another one: `shipment.booked`, and `shipment.carrier_reassigned`.',
      make: (scope) => [
        ...report(scope, { event: 'booked', carrier: offered(scope) }),
        {
          type: 'shipment.carrier_reassigned',
          subject: scope.known.shipment,
          occurredAt: scope.moment,
          data: { references: scope.known.references, carrier: offered(scope) },
        },
      ],
    },
    ...counterSays,
    withdrawal: {
      about: 'Offer or booking is taken back: `shipment.tender_cancelled`. The standing rules tell the carrier.',
      make: (scope) => {
        const carrier = unwanted(scope)
        return carrier === undefined ? [] : report(scope, { event: 'tender_cancelled', carrier })
      },
    },
  },
  effects: {
    'refuse-late': {
      about: 'A carrier who takes the load too late is told that it is not his.',
      command: 'withdraw_tender',
      role: 'transport',
      object: ({ known }) => known.shipment,
      make: (scope) => posting(scope.known, scope.choice('late')),
    },
    'void-label': {
      about: 'The label of the old carrier is void, so that nobody sends the goods with it.',
      command: 'void_label',
      role: 'transport',
      object: ({ known }) => known.shipment,
      make: ({ known }) => {
        const carrier = known.failed.at(-1)
        if (carrier === undefined) return undefined
        const { document, connection, trackingNumbers } = known.bookings[carrier] ?? {}
        const wanted = posting(known, carrier)
        return {
          ...wanted,
          payload: {
            ...wanted.payload,
            ...present('document', document),
            ...present('trackingNumbers', trackingNumbers),
          },
          // Where it is known who made it, nobody else is asked.
          ...present('target', connection),
        }
      },
    },
  },
  timers: {
    'cancel-confirm': stayTimer({
      about: 'The old carrier has the word.',
      minutes: 30,
      policy: 'cancelConfirmMinutes',
      from: 'the cancellation',
      then: 'A person calls him.',
    }),
    counter: stayTimer({
      about: 'The conditions of the carrier are accepted or declined.',
      minutes: 60,
      policy: 'counterMinutes',
      from: 'his answer',
      then: 'The control tower shows it, and it is waited for again.',
    }),
    deadline: {
      about: 'Somebody has the load.',
      lasts: '2 h before',
      from: 'the planned pickup',
      due: (scope) => scope.after(scope.known.pickup, -120, 'deadlineMinutes'),
      then: 'The control tower shows the load as uncovered.',
    },
    switch: stayTimer({
      about: 'The old label is void.',
      minutes: 240,
      policy: 'switchMinutes',
      from: 'the acceptance',
      then: 'The control tower shows it.',
    }),
    tender: {
      about: 'The carrier answers.',
      lasts: 'what the planner said; else 60 min, and at most a third of the time to the pickup',
      from: 'the offer',
      due: (scope) => {
        const { respondBy } = scope.known
        if (scope.state() === 'offered' && respondBy !== undefined) return respondBy
        const since = readInstant(scope.since) ?? 0
        const left = Math.max(0, (readInstant(scope.known.pickup ?? '') ?? Number.POSITIVE_INFINITY) - since) / 3
        return writeInstant(since + Math.floor(Math.min(scope.policy('tenderMinutes', 60) * 60_000, left)))
      },
      then: 'The offer expires, and the next carrier is asked.',
    },
  },
  tasks,
  policies: {
    awaitCancellation: 'Whether nobody else is asked before the old carrier has the word. Usual: false.',
    cancelConfirmMinutes: 'How long the old carrier has to confirm. Usual: 30.',
    counterMinutes: 'How long conditions of a carrier may wait for an answer before it is shown. Usual: 60.',
    deadlineMinutes: 'When a load must be covered, in minutes from the planned pickup. Usual: -120.',
    dearerPercent: 'How much dearer than the first one a carrier may be without a question. Usual: 15.',
    routingGuide:
      'Carriers in the order in which they are asked: a list of `carrier` and `cost`. Without it nobody is asked.',
    switchMinutes: 'How long the voiding of the old label may take. Usual: 240.',
    tenderMinutes: 'How long a carrier has to answer an offer, at most. Usual: 60.',
    tendersMax: 'How many carriers are asked at most. Usual: 5.',
  },
  migrations: {
    // Version 1 knew of no conditions and of no labels.
    1: (instance) => ({ ...instance, known: { ...nothing, ...(instance.known as Partial<Known>) } }),
  },
  kpis: {
    acceptance: 'Share of loads that the first carrier takes.',
    tenders: 'Offers per load.',
    cover: 'Time from the refusal until somebody has the load.',
  },
})

function posting({ shipment, references }: Known, carrier: string) {
  return {
    businessKey: `${shipment}:${carrier}`,
    key: `shipment:${shipment}`,
    priority: 3,
    payload: { references, carrier },
  }
}
