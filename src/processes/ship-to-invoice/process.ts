import { shortHash } from '../../base/sha256.ts'
import { entities } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import { claimDraft } from '../claim-draft.ts'
import { defineProcess } from '../engine/definition.ts'
import { effectsOf } from '../engine/effect.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { type Data, dateOf } from '../posting.ts'
import { text } from '../told-document.ts'
import { credits } from './crediting.ts'
import { accepted, billable, deliveredAt, explain, isByHand, isByPackage, notes, proofRequired } from './gate.ts'
import { type Here, type Known, nothing, subscribes } from './known.ts'
import { againKey, madeBy, packagesSent, sendings } from './sending.ts'
import { packageStates, requestStates } from './side-states.ts'
import { states } from './states.ts'
import { tasks } from './tasks.ts'

const days = 24 * 60

const object = ({ known }: Here): string | undefined => known.delivery?.id
const ofFinance = effectsOf<Known>({ role: 'finance', object })
/** Nobody says that it is billed, or taken back, before it is. */
const required = effectsOf<Known>({ role: 'finance', object, required: true })
const ofService = effectsOf<Known>({ role: 'customer-service', object })

/** The gate between a delivery and its invoice. */
export const shipToInvoice = defineProcess<Known>({
  id: 'ship-to-invoice',
  version: 3,
  title: 'Ship to invoice',
  about:
    'An invoice waits for the proof that its customer wants: a scan, a document, a clean document, or nothing. Carriers are asked for missing proofs, what was written against a delivery is decided by finance, and two people may release an invoice without a proof. What comes after the invoice is for a person, never an automatic reversal.',
  key: 'The delivery, by its number.',
  optIn: true,
  nothing,
  subscribes,
  branches: {
    main: { about: 'The invoice.', initial: 'classifying', states },
    package: {
      about: 'A package that is billed by itself, where the policy says so.',
      initial: 'releasing',
      each: billablePackages,
      states: packageStates,
    },
    request: { about: 'Asking the carrier for the proof.', initial: 'resting', states: requestStates },
  },
  says: {
    claim: {
      about: 'Somebody is to pay for what was lost or damaged: `claim.reported`, which begins a claim.',
      make: claim,
    },
    cleared: {
      about: 'Nothing stands in the way of the invoice: `invoice.reported`.',
      make: (scope) => [
        invoiceReport(scope, { status: 'ready', object: { deliveryNumber: scope.key } }),
        invoiceReport(scope, {
          status: 'released',
          object: { ...(scope.choice('waivedBy') === '' ? {} : { waivedBy: scope.choice('waivedBy') }) },
        }),
      ],
    },
    pending: {
      about: 'The invoice waits for the proof: `invoice.reported`.',
      make: (scope) => [
        invoiceReport(scope, { status: 'pending_pod', object: { deliveryNumber: scope.key, block: 'missing_pod' } }),
      ],
    },
    unclean: {
      about: 'The invoice is blocked because of what was written against the delivery: `invoice.reported`.',
      make: (scope) => [
        invoiceReport(scope, {
          status: 'blocked',
          object: { deliveryNumber: scope.key, block: 'unclean_pod', notes: notes(scope) },
        }),
      ],
    },
  },
  effects: {
    block: ofFinance('The ERP is told that the invoice waits, where it can keep one back.', 'block_invoice', (scope) =>
      posting(scope, scope.key, { block: 'missing_pod' }),
    ),
    credit: required('The ERP takes the invoice back, or those of all packages.', 'issue_credit', (scope) =>
      credits(scope).map(({ key, payload }) => posting(scope, key, payload)),
    ),
    release: required(
      'The ERP makes the invoice: the same posting as without the process.',
      'release_invoice',
      (scope) => (isByPackage(scope) || isByHand(scope) ? undefined : posting(scope, scope.key, released(scope))),
    ),
    'release-again': required(
      'The ERP makes another invoice after the first was taken back.',
      'release_invoice',
      (scope) =>
        scope.choice('decision') === 'reinvoice'
          ? posting(scope, `${scope.key}:${String(scope.chosen['round'])}`, {
              ...released(scope),
              lines: accepted(scope),
            })
          : undefined,
    ),
    'release-package': required('The ERP bills one package.', 'release_invoice', (scope) =>
      posting(scope, `${scope.key}:${scope.branchKey}`, { ...released(scope), package: scope.branchKey }),
    ),
    'request-pod': ofService('The carrier is asked for the proof of delivery.', 'request_pod', (scope) => {
      const carriers = Object.values(scope.known.shipments).flatMap(({ carrier }) => carrier ?? [])
      return Number(scope.chosen['round'] ?? 0) > 0
        ? posting(scope, `${scope.key}:${String(scope.chosen['round'])}`, { carriers })
        : undefined
    }),
    send: ofFinance('The customer gets the invoice.', 'send_invoice', (scope) =>
      sendings(scope).map(({ key, payload }) => posting(scope, `${scope.key}${key}`, payload)),
    ),
    'send-again': ofFinance('The customer gets the invoice that was made anew.', 'send_invoice', (scope) => {
      const made = scope
        .asked('release-again')
        .find(({ businessKey }) => businessKey === `${scope.key}:${String(scope.chosen['round'])}`)
      return made === undefined || !scope.done('release-again')
        ? undefined
        : posting(scope, againKey(scope), madeBy(scope, made))
    }),
    'send-package': ofFinance('The customer gets the invoice of one package.', 'send_invoice', (scope) =>
      posting(scope, `${scope.key}:${scope.branchKey}`, {
        package: scope.branchKey,
        ...madeBy(scope, scope.asked('release-package').at(-1)),
      }),
    ),
    unblock: ofFinance('The ERP is told that it need not wait.', 'clear_invoice_block', (scope) =>
      scope.asked('block').length === 0 ? undefined : posting(scope, scope.key, {}),
    ),
  },
  timers: {
    'delivery-overdue': {
      about: 'The goods have arrived.',
      lasts: '30 d',
      from: 'the goods issue, or the last decision to wait',
      due: (scope) =>
        scope.after(
          scope.chosen['isExtended'] === true ? scope.since : (scope.known.delivery?.issuedAt ?? scope.since),
          30 * days,
          'deliveryOverdueMinutes',
        ),
      then: 'A person asks whether they were delivered at all.',
    },
    'invoice-confirm': stayTimer({
      about: 'The ERP has made the invoice.',
      minutes: 120,
      policy: 'invoiceConfirmMinutes',
      from: 'the release',
      then: 'A person looks in the ERP.',
    }),
    'pod-chase': {
      about: 'The proof is there.',
      lasts: '72 h',
      from: 'the delivery, or the last decision to wait',
      due: (scope) => scope.after(anchor(scope), 3 * days, 'podChaseMinutes'),
      then: 'A person calls the carrier.',
    },
    'pod-policy': {
      about: 'The proof is there at last.',
      lasts: '10 d',
      from: 'the delivery, or the day until which a person keeps it blocked',
      due: (scope) => {
        const until = scope.choice('until')
        return scope.after(
          /^\d{4}-\d\d-\d\d$/.test(until) ? `${until}T23:59:59Z` : anchor(scope),
          until === '' ? 10 * days : 0,
          ...(until === '' ? (['podPolicyMinutes'] as const) : []),
        )
      },
      then: 'By the policy `lateProof`: it stays blocked, two people are asked, or it is released.',
    },
    'pod-request': {
      about: 'The carrier sends the proof.',
      lasts: '24 h',
      from: 'the delivery, and then the last time that he was asked',
      due: (scope) =>
        scope.after(
          Number(scope.chosen['round'] ?? 0) === 0 ? (deliveredAt(scope) ?? scope.since) : scope.since,
          days,
          'podRequestMinutes',
        ),
      then: 'He is asked, and asked again each day.',
    },
    'send-confirm': stayTimer({
      about: 'Others have done what they were told.',
      minutes: days,
      policy: 'sendConfirmMinutes',
      from: 'the release',
      then: 'The control tower shows it; the invoice is never held back by it.',
    }),
  },
  tasks,
  explain,
  policies: {
    creditReviewMinutes: 'Until when finance has to decide about an invoice that is out. Usual: 4320.',
    customers:
      'What the invoices of single customers wait for: their numbers with `none`, `delivered_event`, `pod_document` or `clean_pod`.',
    deliveryOverdueMinutes: 'When somebody asks whether a delivery has arrived at all. Usual: 43200.',
    invoiceConfirmMinutes: 'How long the ERP may take to make an invoice. Usual: 120.',
    lateProof:
      'What happens when a proof is long overdue: `keep_blocked`, `ask` two people, or `release`. Usual: keep_blocked.',
    partialBilling:
      '`none`: a delivery is billed as a whole. `per_package`: each delivered package by itself, unless finance bills only what was accepted. Usual: none.',
    podChaseMinutes: 'When a person calls the carrier. Usual: 4320.',
    podPolicyMinutes: 'When `lateProof` counts. Usual: 14400.',
    podProvesDelivery: 'Whether a proof of delivery shows that it was delivered, where no scan says so. Usual: true.',
    podRequestMinutes: 'How often the carrier is asked. Usual: 1440.',
    proofRequired:
      'What invoices wait for: `none`, `delivered_event`, `pod_document` or `clean_pod`. Usual: by the Incoterms, pod_document where none are known.',
    sendConfirmMinutes: 'When something that nobody confirms is shown. Usual: 1440.',
    uncleanMinutes: 'Until when finance has to decide about an unclean proof. Usual: 2880.',
  },
  kpis: {
    blocked: 'Invoices that wait for a proof: how many, and for how long.',
    'delivered-to-proof': 'Time from the delivery until its proof is there.',
    'delivered-to-issued': 'Time from the delivery until the invoice is made: days of cash.',
    untouched: 'Share of invoices that no person had to touch.',
    waivers: 'Invoices released without a proof.',
  },
  // Version 2 went on waiting for what a carrier brings back: those instances ask with the next word about the shipment.
  migrations: { 1: packagesSent, 2: (instance) => instance },
})

/** While it waits for the others, a package is billed when nothing is written against the delivery; later as finance decided. */
function billablePackages(scope: Here): readonly string[] {
  const state = scope.state('main') ?? ''
  if (!isByPackage(scope)) return []
  if (state === 'releasing') return billable(scope)
  return waiting.has(state) && notes(scope).length === 0 ? billable(scope) : []
}

const waiting: ReadonlySet<string> = new Set(['awaiting_delivery', 'awaiting_pod'])

/** From when the carrier is late. */
function anchor(scope: Here): string {
  return scope.chosen['isExtended'] === true ? scope.since : (deliveredAt(scope) ?? scope.since)
}

function posting(scope: Here, businessKey: string, payload: Data) {
  return {
    businessKey,
    key: `delivery:${scope.key}`,
    priority: 4,
    payload: { deliveryNumber: scope.known.delivery?.number ?? scope.key, ...payload },
  }
}

/** What goes with a release: how it was proven or who waived it, and the accepted lines where not all is billed. */
function released(scope: Here): Data {
  const { waivedBy, reason, proof, lines } = scope.chosen
  const proofs = Object.values(scope.known.shipments).reduce((sum, one) => sum + one.proofs, 0)
  const postingDate = dateOf(deliveredAt(scope) ?? scope.since)
  return { proofs, postingDate, proofRequired: proofRequired(scope), waivedBy, reason, proof, lines }
}

function invoiceReport(scope: Here, data: DocumentReport) {
  return {
    type: 'invoice.reported',
    subject: `${entities.invoice}_${shortHash(`${scope.tenant}|delivery|${scope.key}`)}`,
    data,
  }
}

function claim(scope: Here) {
  const against = scope.choice('claim')
  if (against !== 'carrier' && against !== 'supplier') return []
  return claimDraft(scope.tenant, {
    claimNumber: `DL-${scope.key}`,
    against,
    type: text(scope.chosen['type']) ?? 'damage',
    deliveryNumber: scope.key,
    party: Object.values(scope.known.shipments).find(({ carrier }) => carrier !== undefined)?.carrier,
    happenedAt: deliveredAt(scope) ?? scope.since,
    lines: Object.values(scope.known.differences),
  })
}
