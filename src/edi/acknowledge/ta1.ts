import type { InterchangeReport } from '../envelope/events.ts'
import { verdictCodes } from '../verdict/codes.ts'
import { segment, type WrittenSegment } from '../write/written.ts'
import { distinctCodes, isTold } from './rendering.ts'

/** The answer to an envelope: accepted, accepted with errors, or rejected, and the first reason. X12.56. */
export function ta1(report: InterchangeReport): WrittenSegment {
  const { header, verdicts } = report
  const [reason] = distinctCodes(verdicts.filter(isTold), ({ code }) => verdictCodes[code].interchange, 1)
  const status = report.status === 'accepted' ? 'A' : report.status === 'rejected' ? 'R' : 'E'
  // A reason that no TA105 knows is still a rejection: 024, content that cannot be used.
  const note = status === 'A' ? '000' : (reason ?? '024')
  return segment('TA1', header.controlNumber, header.date, header.time, status, note)
}
