import { defineConnector, type TranslateContext } from '../kit/connector.ts'
import { acknowledgeInterchange } from './acknowledge.ts'
import { agreedFor } from './agreed-on.ts'
import { documentCommands, documentProblem, writeOwed } from './documents/document.ts'
import { doorKeys } from './door.ts'
import { examples } from './example.ts'
import { receipt } from './interchange.ts'
import { large } from './large.ts'
import { onlyAnswers } from './only-answers.ts'
import type { Agreement } from './policy.ts'
import { adviceOfRefused } from './refused-sets.ts'
import { sendInterchange } from './send.ts'

import { agreement } from './settings.ts'
import { translate } from './translate.ts'

export const ediPartner = defineConnector({
  id: 'edi-partner',
  label: 'EDI partner',
  kind: 'erp',
  about:
    'A partner that speaks X12 or EDIFACT: every interchange is checked to the element and answered with TA1, 997, 999 or CONTRL; tenders, statuses, ship notices and warehouse documents are read, written, sent and followed until they are acknowledged.',
  certification: 'golden',
  settings: agreement,
  inbound: {
    verify: () => ({ scheme: 'api-key' }),
    identify: ({ bytes }) => doorKeys(bytes),
    answers: ({ bytes }, settings) => onlyAnswers(bytes, settings),
    mapping: 'edi-partner/5',
    format: 'edi',
    repetitions: 'answered',
    receipt: (document, context) => receipt(document, dated(document.bytes, context)),
    translate: (document, context) => translate(document, dated(document.bytes, context)),
    large: {
      ...large,
      countsWhole: ({ bytes }, context) => dated(bytes, context).settings.notUnderstood === 'park_file',
      advice: (part, context) => adviceOfRefused(part, dated(part.bytes, context)),
    },
    examples,
    lane: 'staged',
  },
  operations: { acknowledgeInterchange, sendInterchange },
  documents: { commands: documentCommands, problem: documentProblem, write: writeOwed },
  baseUrl: ({ url }) => url.replace(/\/$/, ''),
  authenticate: ({ token }) => (token === '' ? { scheme: 'none' } : { scheme: 'bearer', token }),
  budget: { requestsPerSecond: 10, concurrent: 2 },
})

/** Everything about a file goes by what was agreed on its day. */
function dated(bytes: Uint8Array, context: TranslateContext<Agreement>): TranslateContext<Agreement> {
  return { ...context, settings: agreedFor(context.settings, bytes, context.receivedAt) }
}
