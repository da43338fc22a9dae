import type { GroupReport, InterchangeReport } from '../envelope/events.ts'

/** Which answers a partner gets. The agreement says it; the default is what the sender asks for, and a syntax answer. */
export interface AcknowledgementPolicy {
  readonly ta1: 'never' | 'on_request' | 'always' | 'on_error'
  readonly group: '997' | '999' | 'none'
  /** `receipt` only says that the interchange came; `full` names every error. */
  readonly contrl: 'none' | 'receipt' | 'full' | 'on_request'
  /** A 997 names every set, or only those that are not accepted. */
  readonly sets: 'all' | 'with_errors'
  /** GS08 of the answer; otherwise that of the group it answers. */
  readonly groupVersion?: string
}

/** What holds where the agreement says nothing. */
export const defaultAcknowledgements: AcknowledgementPolicy = {
  ta1: 'on_request',
  group: '997',
  contrl: 'full',
  sets: 'all',
}

/** Whether an X12 interchange gets a TA1. One that holds nothing but acknowledgements never does. */
export function isTa1Due(report: InterchangeReport, { ta1 }: AcknowledgementPolicy): boolean {
  if (report.header.syntax !== 'x12' || report.header.isBare || report.isAcknowledgement || ta1 === 'never')
    return false
  if (ta1 === 'always') return true
  if (ta1 === 'on_error') return report.status !== 'accepted'
  return report.header.wantsAcknowledgement
}

/** Whether a group gets a 997 or 999: never one that holds acknowledgements. */
export function isGroupAnswerDue(report: GroupReport, policy: AcknowledgementPolicy): boolean {
  return policy.group !== 'none' && report.header.functionalIdentifier !== 'FA'
}

/** Whether an EDIFACT interchange gets a CONTRL, and which: never one for CONTRL. */
export function contrlDue(
  report: InterchangeReport,
  { contrl }: AcknowledgementPolicy,
): 'receipt' | 'full' | undefined {
  if (report.header.syntax !== 'edifact' || report.header.isBare || report.isAcknowledgement) return undefined
  if (contrl === 'none') return undefined
  if (contrl === 'on_request') return report.header.wantsAcknowledgement ? 'full' : undefined
  return contrl
}
