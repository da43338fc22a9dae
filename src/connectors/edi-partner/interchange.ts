import { InterlineError } from '../../base/errors.ts'
import { sha256 } from '../../base/sha256.ts'
import type { InterchangeReport as Judged } from '../../edi/envelope/events.ts'
import type { Assertion } from '../../model/fact.ts'
import type { InterchangeReport } from '../../model/interchange/report.ts'
import type { Document, TranslateContext } from '../kit/connector.ts'
import { drafted, draftedConflict } from './draft.ts'
import { readFile } from './file.ts'
import { partnershipIn } from './partnership.ts'
import { type Agreement, acknowledgementPolicy } from './policy.ts'

/**
 * Says of every interchange of the file how it was judged, with its answer drafted. It counts whatever becomes of the content, so that
 * the partner hears of us at once. Numbers and duplicates are decided where they are stored.
 */
export function receipt(
  document: Document,
  context: TranslateContext<Agreement>,
): readonly Assertion<InterchangeReport>[] {
  const { settings, receivedAt, connection, messageId } = context
  const policy = acknowledgementPolicy(settings)
  const assertions = readFile(document, settings)
    .interchanges // Nobody to answer, and no number to know it by.
    .filter(({ report: { header } }) => !header.isBare && header.controlNumber !== '')
    .map(({ report, answer, verdicts, verdictCount }) => {
      const draft = drafted(answer, receivedAt)
      const conflict = draftedConflict(report, policy, receivedAt)
      return assertionOf(report, {
        message: messageId,
        connection,
        contentHash: hashOf(document.bytes.subarray(report.header.start, report.end)),
        verdicts,
        verdictCount,
        ...(draft === undefined ? {} : { answer: draft }),
        ...(conflict === undefined ? {} : { conflictAnswer: conflict }),
      })
    })
  if (assertions.length === 0)
    throw new InterlineError('EDI_INTERCHANGE_MISSING', { problem: 'no ISA or UNB with a control number was found' })
  return assertions
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
