import { shortHash } from '../../base/sha256.ts'
import { entities } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import { claimDraft } from '../claim-draft.ts'
import { usualDay } from '../engine/calendar.ts'
import { defineProcess } from '../engine/definition.ts'
import { effectsOf, postingsOf } from '../engine/effect.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { text } from '../told-document.ts'
import { type Here, type Known, nothing, parcelOf, subscribes, uncredited } from './known.ts'
import { findingHere, paidEarly, refundMode, refundStates, unitStates, units } from './side-states.ts'
import { states } from './states.ts'
import { tasks } from './tasks.ts'

const days = 24 * 60

const object = ({ known }: Here): string | undefined => known.return?.id
const money = effectsOf<Known>({ role: 'finance', object, required: true })
const service = effectsOf<Known>({ role: 'customer-service', object })
const posting = postingsOf<Known>(({ key, known }) => {
  const { orderNumber, deliveryNumber, customer } = known.return?.more ?? {}
  return { key: `return:${key}`, priority: 4, payload: { returnNumber: key, orderNumber, deliveryNumber, customer } }
})

/** What customers and carriers send back, until goods and money are where they belong. */
export const returnToRestock = defineProcess<Known>({
  id: 'return-to-restock',
  version: 3,
  title: 'Return to restock',
  about:
    'A customer asks to send something back, or goods come back unannounced or with the carrier. What came is counted, inspected unit by unit and restocked, repaired, returned to the supplier, scrapped or sent back; the customer is credited once, for what was accepted. The ERP books what the warehouse moved, never what was announced.',
  key: 'The return, by its number. Goods that name none: `delivery` and the delivery that they left with, or the number of their receipt.',
  optIn: true,
  nothing,
  subscribes,
  branches: {
    main: { about: 'The return.', initial: 'screening', states },
    unit: {
      about: 'Units in the same state, by the key of what was found.',
      initial: 'deciding',
      each: units,
      states: unitStates,
    },
    refund: {
      about: 'Money before the inspection, where that was promised.',
      initial: 'resting',
      keeps: ['early', 'rounds'],
      states: refundStates,
    },
  },
  says: {
    authorized: {
      about: 'The customer may send it: `return.reported`.',
      make: unlessSaid('authorized'),
    },
    cancelled: {
      about: 'The customer keeps it: `return.reported`.',
      make: unlessSaid('cancelled'),
    },
    'carrier-claim': {
      about: 'The carrier is to pay for what he lost: `claim.reported`.',
      make: (scope) => claim(scope, 'carrier', 'loss'),
    },
    closed: {
      about: 'Goods and money are where they belong: `return.reported`.',
      make: (scope) =>
        parcelOf(scope.chosen) > 0 || scope.chosen['isReviewed'] === true
          ? []
          : [...report(scope, { status: 'credited', object: {} }), ...report(scope, { status: 'closed', object: {} })],
    },
    expired: {
      about: 'It did not come in time: `return.reported`.',
      make: (scope) => report(scope, { status: 'expired', object: {} }),
    },
    provisional: {
      about: 'Goods came that nobody announced: `return.reported` opens a return for them.',
      make: (scope) =>
        scope.known.return === undefined
          ? report(scope, { status: 'provisional', object: { returnNumber: scope.key } })
          : [],
    },
    received: {
      about: 'The goods are in the warehouse: `return.reported`.',
      make: unlessSaid('received'),
    },
    rejected: {
      about: 'The customer may not send it: `return.reported`.',
      make: unlessSaid('rejected'),
    },
    'vendor-claim': {
      about: 'The supplier is to pay for what goes back to him: `claim.reported`.',
      make: (scope) => (scope.choice('disposition') === 'vendor' ? claim(scope, 'supplier', 'quality') : []),
    },
  },
  effects: {
    charge: money('The customer pays for what he kept.', 'charge_customer', (scope) =>
      posting(scope, scope.key, { lines: scope.known.return?.lines ?? [] }),
    ),
    'create-label': service('The customer gets a label.', 'create_return_label', (scope) =>
      posting(scope, scope.key, { lines: scope.known.return?.lines ?? [] }),
    ),
    credit: money('The customer is credited for what was accepted, less fees, once.', 'issue_credit', (scope) => {
      const early = paidEarly(scope)
      const lines = uncredited(scope, early)
      // An instance from before it was kept what was paid early has paid all of it.
      const isPaid = refundMode(scope) === 'exchange' || (scope.state('refund') !== 'resting' && early === undefined)
      if (isPaid || lines.length === 0) return undefined
      const name = text(scope.chosen['otherReturn']) ?? scope.key
      // What came after the first credit is credited by itself.
      const parcel = parcelOf(scope.chosen)
      // What was paid before the inspection has the first name.
      const first = early === undefined ? name : `${name}:inspected`
      const businessKey = parcel === 0 ? first : `${name}:${parcel + 1}`
      return posting(scope, businessKey, { lines, fee: scope.chosen['fee'] })
    }),
    dispose: {
      about: 'The warehouse restocks, repairs, returns to the supplier, destroys, blocks or sends back the units.',
      command: 'dispose_return',
      required: true,
      role: 'warehouse',
      object,
      make: (scope) => {
        const disposition = scope.choice('disposition')
        return posting(scope, `${scope.key}:${scope.branchKey}:${disposition}`, { ...findingHere(scope), disposition })
      },
    },
    notify: service('The customer hears that he may not send it.', 'notify_party', (scope) =>
      posting(scope, `${scope.key}:rejected`, { about: 'return_rejected' }),
    ),
    'refund-early': money('The customer is credited before anybody has looked at the goods.', 'issue_credit', (scope) =>
      posting(scope, text(scope.chosen['name']) ?? scope.key, {
        lines: scope.chosen['due'] ?? scope.known.return?.lines ?? [],
        mode: refundMode(scope),
      }),
    ),
    'void-label': service('The label is void.', 'void_return_label', (scope) =>
      scope.asked('create-label').length === 0 ? undefined : posting(scope, scope.key, {}),
    ),
  },
  timers: {
    approval: stayTimer({
      about: 'The return is known.',
      minutes: usualDay,
      policy: 'screeningMinutes',
      whose: 'customer-service',
      from: 'the first word of it',
      then: 'The control tower shows it.',
    }),
    'carrier-return': stayTimer({
      about: 'The carrier brings the goods back.',
      minutes: 14 * days,
      policy: 'carrierReturnMinutes',
      from: 'the first word of it',
      then: 'A person asks where they are.',
    }),
    'claw-back': stayTimer({
      about: 'The goods come that the customer was paid for.',
      minutes: 21 * days,
      policy: 'clawBackMinutes',
      from: 'the payment',
      then: 'Finance decides.',
    }),
    confirm: stayTimer({
      about: 'Others know.',
      minutes: days,
      policy: 'confirmMinutes',
      from: 'the decision',
      then: 'The control tower shows what is not confirmed.',
    }),
    disposal: stayTimer({
      about: 'The goods are where they belong.',
      minutes: 2 * days,
      policy: 'disposalMinutes',
      from: 'the finding',
      then: 'A person asks what it waits for.',
    }),
    'inspect-sla': stayTimer({
      about: 'Somebody has looked at the goods.',
      minutes: 2 * usualDay,
      policy: 'inspectMinutes',
      whose: 'warehouse',
      from: 'the receipt',
      then: 'A person decides, and customer service sees it.',
    }),
    'refund-confirm': stayTimer({
      about: 'The ERP has paid.',
      minutes: 120,
      policy: 'refundConfirmMinutes',
      from: 'the credit',
      then: 'The control tower shows it; the ledger goes on.',
    }),
    refurbish: stayTimer({
      about: 'The repair is done.',
      minutes: 14 * days,
      policy: 'refurbishMinutes',
      from: 'its beginning',
      then: 'Quality sees the task.',
    }),
    'rma-expiry': stayTimer({
      about: 'The goods come.',
      minutes: 30 * days,
      policy: 'expiryMinutes',
      from: 'the authorization',
      then: 'The authorization expires, and the label is void.',
    }),
  },
  tasks,
  policies: {
    approvalMinutes: 'Business time until a person has to decide about a return. Usual: 540.',
    autoApprove: 'Whether returns in time are authorized without a person. Usual: true.',
    carrierReturnMinutes: 'How long a carrier may take to bring goods back. Usual: 20160.',
    clawBackMinutes: 'How long a customer may keep money and goods. Usual: 30240.',
    confirmMinutes: 'How long others have to confirm what they were told. Usual: 1440.',
    disposalMinutes: 'How long it may take until goods are where they belong. Usual: 2880.',
    expiryMinutes: 'How long an authorization lasts. Usual: 43200.',
    inspectEscalationMinutes: 'When goods that nobody looked at are shown to customer service. Usual: 5760.',
    inspectMinutes: 'Business time that goods may wait for somebody to look at them. Usual: 1080.',
    mismatchMinutes: 'Until when a person has to decide about goods that should not have come. Usual: 2880.',
    refundConfirmMinutes: 'How long the ERP may take to pay. Usual: 120.',
    refundMode:
      'When customers are paid, where the return does not say so: `instant`, `on_receipt`, `on_inspection` or `exchange`. Usual: on_inspection.',
    refurbishMinutes: 'How long a repair may take. Usual: 20160.',
    returnWindowDays: 'How many days after the delivery a return needs no person. Usual: 30.',
    scrapLimit:
      'Value, as text, up to which goods are scrapped without finance. A value that nobody told is above it. Usual: "100".',
    scrapMinutes: 'Until when finance has to decide about scrapping. Usual: 2880.',
    screeningMinutes: 'Business time after which a return that cannot be screened is shown. Usual: 540.',
  },
  calendars: { 'customer-service': 'When customer service works.', warehouse: 'When the warehouse works.' },
  // Version 1 counted all times as they pass; nothing else is another one.
  // Version 2 did not keep what it paid before anybody had looked: that was all that was announced, and stays so.
  migrations: { 1: (instance) => instance, 2: (instance) => instance },
  kpis: {
    'receipt-to-available': 'Time from the receipt until the goods may be sold again.',
    'receipt-to-refund': 'Time from the receipt until the customer has his money.',
    restocked: 'Share of units that go back into stock, by grade.',
    unannounced: 'Returns that nobody announced.',
    'at-risk': 'Money paid for goods that have not come.',
  },
})

/** Of a status that somebody else has told nothing is said. */
function unlessSaid(status: string) {
  return (scope: Here) =>
    scope.known.return?.said.includes(status) === true ? [] : report(scope, { status, object: {} })
}

/** About the return that was announced, or the one that is opened for goods that came without. */
function report(scope: Here, data: DocumentReport) {
  return [
    {
      type: 'return.reported',
      subject: scope.known.return?.id ?? `${entities.return}_${shortHash(`${scope.tenant}|${scope.key}`)}`,
      data,
    },
  ]
}

function claim(scope: Here, against: 'carrier' | 'supplier', type: string) {
  const found = findingHere(scope)
  return claimDraft(scope.tenant, {
    claimNumber: `RT-${scope.key}${scope.branchKey === '' ? '' : `:${scope.branchKey}`}`.slice(0, 60),
    against,
    type,
    returnNumber: scope.key,
    happenedAt: scope.since,
    lines: found === undefined ? [] : [found],
  })
}
