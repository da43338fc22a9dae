import type {
  EnvelopeListener,
  GroupHeader,
  GroupReport,
  InterchangeHeader,
  InterchangeReport,
  SetReport,
} from '../envelope/events.ts'
import type { WrittenSegment } from '../write/written.ts'
import { ContrlAnswer } from './contrl.ts'
import { FunctionalAnswer } from './functional.ts'
import { type AcknowledgementPolicy, contrlDue, isGroupAnswerDue, isTa1Due } from './policy.ts'
import { ta1 } from './ta1.ts'

/** The answer to one group: the body of a 997 or 999. */
export interface GroupAnswer {
  readonly form: '997' | '999'
  readonly version: string
  readonly received: GroupReport
  readonly segments: readonly WrittenSegment[]
}

/** Everything that one received interchange is answered with. Numbers and dates come when it is written. */
export interface Answer {
  readonly received: InterchangeReport
  readonly ta1: WrittenSegment | undefined
  readonly groups: readonly GroupAnswer[]
  readonly contrl: readonly WrittenSegment[] | undefined
}

/** Listens to the envelope and makes the answers while the file passes: no second look at anything. */
export class AnswerCollector implements EnvelopeListener {
  readonly #policyOf: (header: InterchangeHeader) => AcknowledgementPolicy
  readonly #answered: (answer: Answer) => void
  #policy: AcknowledgementPolicy | undefined
  #interchange: InterchangeHeader | undefined
  #groups: GroupAnswer[] = []
  #group: FunctionalAnswer | undefined
  #contrl: ContrlAnswer | undefined

  constructor(policyOf: (header: InterchangeHeader) => AcknowledgementPolicy, answered: (answer: Answer) => void) {
    this.#policyOf = policyOf
    this.#answered = answered
  }

  interchangeOpened(header: InterchangeHeader): void {
    this.#interchange = header
    this.#policy = this.#policyOf(header)
    this.#groups = []
    this.#group = undefined
    this.#contrl = header.syntax === 'edifact' ? new ContrlAnswer(header) : undefined
  }

  groupOpened(header: GroupHeader): void {
    const policy = this.#policy
    if (policy === undefined || policy.group === 'none' || this.#interchange?.syntax !== 'x12') return
    const { delimiters } = this.#interchange
    this.#group = new FunctionalAnswer(header, {
      form: policy.group,
      sets: policy.sets,
      version: versionOf(header, policy),
      delimiters: [delimiters.segment, delimiters.element, delimiters.component, delimiters.repetition],
    })
  }

  setClosed(report: SetReport): void {
    this.#group?.set(report)
    this.#contrl?.message(report)
  }

  groupClosed(report: GroupReport): void {
    this.#contrl?.group(report)
    const answer = this.#group
    const policy = this.#policy
    this.#group = undefined
    if (answer === undefined || policy === undefined || policy.group === 'none') return
    if (!isGroupAnswerDue(report, policy)) return
    answer.close(report)
    const version = versionOf(report.header, policy)
    this.#groups.push({ form: policy.group, version, received: report, segments: answer.segments })
  }

  interchangeClosed(report: InterchangeReport): void {
    const policy = this.#policy
    if (policy === undefined || report.header.isBare) return
    const isAnsweredByTa1 = isTa1Due(report, policy)
    const kind = contrlDue(report, policy)
    // A rejected envelope rejects all that is in it: its groups are answered only if nothing else says so.
    const groups = report.status === 'rejected' && isAnsweredByTa1 ? [] : this.#groups
    const answer: Answer = {
      received: report,
      ta1: isAnsweredByTa1 ? ta1(report) : undefined,
      groups: report.status === 'rejected' ? groups.filter(({ received }) => received.status === 'rejected') : groups,
      contrl: kind === undefined ? undefined : this.#contrl?.close(report, kind),
    }
    if (answer.ta1 !== undefined || answer.contrl !== undefined || answer.groups.length > 0) this.#answered(answer)
  }
}

/** The answer to an interchange whose number was used before for other content: rejected, and nothing more. */
export function conflictAnswer(report: InterchangeReport, policy: AcknowledgementPolicy): Answer | undefined {
  if (report.isAcknowledgement || report.header.isBare) return undefined
  const { start, syntax } = report.header
  const place = { interchange: report.header.index, group: -1, set: -1 }
  const conflict = { ...place, code: 'interchange.conflict', start, end: start, level: 1, severity: 'reject' } as const
  const rejected: InterchangeReport = { ...report, status: 'rejected', verdicts: [conflict] }
  if (syntax === 'edifact')
    return policy.contrl === 'none'
      ? undefined
      : {
          received: rejected,
          ta1: undefined,
          groups: [],
          contrl: new ContrlAnswer(report.header).close(rejected, 'full'),
        }
  return policy.ta1 === 'never' ? undefined : { received: rejected, ta1: ta1(rejected), groups: [], contrl: undefined }
}

/** The version of the group that is answered: partners read nothing else. */
function versionOf(header: GroupHeader, policy: AcknowledgementPolicy): string {
  if (policy.groupVersion !== undefined) return policy.groupVersion
  const base = /^\d{6}/.exec(header.version)?.[0] ?? '004010'
  // A 999 exists from 005010 on; the suffix of an industry belongs to the sets, not to the answer.
  return policy.group === '999' && base < '005010' ? '005010' : base
}
