import { choice, flag, integer, list, seconds, secret, text, url } from '../../base/fields.ts'
import { setList } from './agreed-sets.ts'
import { responseTimes } from './documents/responses.ts'
import { editionsOf } from './editions.ts'
import { naming } from './meaning/naming.ts'
import { overlayList } from './overlays.ts'

/** Who is who in the envelopes. */
const parties = {
  partnerId: text('Identifier of the partner in ISA06 or UNB; empty accepts every sender, and nothing can be sent.', {
    default: '',
  }),
  ownId: text('Our identifier in ISA08 or UNB; empty accepts every receiver, and nothing can be sent.', {
    default: '',
  }),
  partnerQualifier: text('Qualifier of the partner’s identifier in what we send: ISA07, 0007.', { default: 'ZZ' }),
  ownQualifier: text('Qualifier of our identifier in what we send: ISA05, 0007.', { default: 'ZZ' }),
  partnerGroupId: text('The partner in GS03; empty: as in the interchange.', { default: '' }),
  ownGroupId: text('We in GS02; empty: as in the interchange.', { default: '' }),
  test: flag('The connection is for test interchanges, and for nothing else.', { default: false }),
} as const

/** What is exchanged at all. */
const exchanged = {
  receives: setList('Sets that the partner may send, such as 850 or 990@004010; others are refused. Empty: all.'),
  sends: setList(
    'Sets that the partner gets from us, such as 940 or DESADV@D.96A; others are not written. Empty: all.',
  ),
} as const

/** What we answer, and how strict we are. */
const answers = {
  ta1: choice('When an X12 interchange is answered with a TA1.', ['never', 'on_request', 'always', 'on_error'], {
    default: 'on_request',
  }),
  group: choice('What an X12 group is answered with.', ['997', '999', 'none'], { default: '997' }),
  contrl: choice('What an EDIFACT interchange is answered with.', ['none', 'receipt', 'full', 'on_request'], {
    default: 'full',
  }),
  advice: choice(
    'Whether a set that is well-formed and cannot be understood is answered with an 824 or APERAK.',
    ['none', 'refusals'],
    { default: 'none' },
  ),
  notUnderstood: choice(
    'What waits where a set is well-formed and cannot be understood: that set, or all of its interchange.',
    ['park_set', 'park_file'],
    { default: 'park_set' },
  ),
  severities: list('Verdicts that this partner is forgiven or not, such as code.unknown=warn or L4=reject.', {
    default: [],
  }),
  overlays: overlayList(
    'Overlays over the standard, by name: vics-856, ucs-940, eancom-desadv, or those of the network.',
  ),
} as const

/** How we write, and what we wait for. */
const sending = {
  standard: choice('What our documents are written in.', ['x12', 'edifact'], { default: 'x12' }),
  x12Version: choice('Version of X12 that we write.', ['004010', '005010'], { default: '004010' }),
  edifactVersion: choice('Directory of EDIFACT that we write.', ['D:96A:UN', 'D:01B:UN'], { default: 'D:96A:UN' }),
  awaits: choice(
    'What the partner owes us for a document: TA1, a 997, 999 or CONTRL, both, or nothing.',
    ['technical', 'functional', 'both', 'nothing'],
    { default: 'functional' },
  ),
  acknowledgementMinutes: integer('How long these answers may take before they are overdue.', {
    default: 1440,
    min: 1,
    max: 43_200,
  }),
  responseMinutes: responseTimes(
    'How long the business of the partner may take to answer a document, by its set: 204=120 for a 990, 940=2880 for a 945. Sets that are not named wait for nobody.',
  ),
  changes: choice(
    'What becomes of a change of something that the partner was told: another document, or an exception for a person.',
    ['sent', 'refused'],
    { default: 'sent' },
  ),
  tenderChange: choice('Purpose (B2A-01) of a 204 that changes a tender.', ['04', '05'], { default: '04' }),
  batchMinutes: integer(
    'How long documents wait for others to leave in one interchange; 0 sends each alone and at once.',
    {
      default: 0,
      min: 0,
      max: 1440,
    },
  ),
  batchMost: integer('How many documents one interchange holds at most; then it leaves before its time.', {
    default: 500,
    min: 1,
    max: 1000,
  }),
  carrierCodes: list(
    'Codes of carriers for this partner, such as dhl=DHLG, in what we write and read; others are their names in capitals.',
    {
      default: [],
    },
  ),
  containerOrder: text('Code (element 1001) of a COPARN that we send, as the terminal calls such an order.', {
    default: '',
  }),
  adjustmentReason: text('Reason (element 181) of corrections of stock that have no code of that list.', {
    default: '',
  }),
  url: url('Where documents and answers are posted; without it they go by AS2 or into the drop of this connection.', {
    default: 'http://partner.invalid',
  }),
  token: secret('Bearer token for the address.', { default: '' }),
  timeoutSeconds: seconds('One request in total.', { default: 30 }),
} as const

/** What the agreement with one partner says: all of it, and only here. */
const edition = { ...parties, ...exchanged, ...answers, ...sending, ...naming } as const

/** The same, with what was agreed before and will be. */
export const agreement = { ...edition, editions: editionsOf(edition) } as const
