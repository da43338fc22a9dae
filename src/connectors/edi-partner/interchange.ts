import { InterlineError } from '../../base/errors.ts'
import { sha256 } from '../../base/sha256.ts'
import type { AcknowledgementPolicy } from '../../edi/acknowledge/policy.ts'
import type { InterchangeReport as Judged } from '../../edi/envelope/events.ts'
import type { Assertion } from '../../model/fact.ts'
import type { InterchangeReport } from '../../model/interchange/report.ts'
import type { Document, TranslateContext } from '../kit/connector.ts'
import type { StoredDocument } from '../kit/large.ts'
import { drafted, draftedConflict } from './draft.ts'
import { readFile } from './file.ts'
import type { ReadInterchange } from './interchange-judge.ts'
import { partnershipIn } from './partnership.ts'

import { type Agreement, acknowledgementPolicy } from './policy.ts'
import { adviceOfRefused } from './refused-sets.ts'

/**
 * Says of every interchange of the file how it was judged, with its answer drafted. It counts whatever becomes of the content, so that
 * the partner hears of us at once. Numbers and duplicates are decided where they are stored.
 */
export function receipt(document: Document, context: TranslateContext<Agreement>): readonly Assertion[] {
  const { settings, receivedAt, connection, messageId: message } = context
  const policy = acknowledgementPolicy(settings)
  const assertions = readFile(document, settings)
    .interchanges.filter(isAnswerable)
    .map((read) => {
      const { header, end } = read.report
      const contentHash = hashOf(document.bytes.subarray(header.start, end))
      return receiptOf(read, policy, { message, connection, receivedAt, contentHash })
    })
  if (assertions.length === 0) throw missing()
  return [...assertions, ...adviceOfRefused(document, context)]
}

/** Not where there is nobody to answer, and no number to know it by. */
export function isAnswerable({ report: { header } }: ReadInterchange): boolean {
  return !header.isBare && header.controlNumber !== ''
}

/** A file with nobody to answer. */
export function missing(): InterlineError {
  return new InterlineError('EDI_INTERCHANGE_MISSING', { problem: 'no ISA or UNB with a control number was found' })
}

/** What is said of one interchange that is stored. */
export function receiptOf(
  { report, answer, verdicts, verdictCount }: ReadInterchange,
  policy: AcknowledgementPolicy,
  { receivedAt, ...stored }: StoredDocument,
): Assertion<InterchangeReport> {
  const draft = drafted(answer, receivedAt)
  const conflict = draftedConflict(report, policy, receivedAt)
  return assertionOf(report, {
    ...stored,
    verdicts,
    verdictCount,
    ...(draft === undefined ? {} : { answer: draft }),
    ...(conflict === undefined ? {} : { conflictAnswer: conflict }),
  })
}

type Found = Pick<
  InterchangeReport,
  'message' | 'connection' | 'contentHash' | 'verdicts' | 'verdictCount' | 'answer' | 'conflictAnswer'
>

function assertionOf({ header, status, sets, setsAccepted }: Judged, found: Found): Assertion<InterchangeReport> {
  const { syntax, controlNumber, isTest } = header
  const partnership = partnershipIn(header)
  return {
    type: 'interchange.reported',
    about: {
      entity: 'interchange',
      references: [{ scheme: 'interchange', issuer: partnership, value: controlNumber }],
      unknown: 'create',
    },
    data: { standard: syntax, partnership, controlNumber, isTest, status, sets, setsAccepted, ...found },
  }
}

function hashOf(bytes: Uint8Array): string {
  return [...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
