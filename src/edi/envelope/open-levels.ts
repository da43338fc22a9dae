import type { GroupHeader, GroupReport, InterchangeHeader, SetCheck, SetHeader, SetReport } from './events.ts'
import type { Findings } from './findings.ts'
import { SeenNumbers } from './seen-numbers.ts'

/** A set whose trailer has not come yet. */
export interface OpenSet {
  readonly header: SetHeader
  readonly findings: Findings
  readonly check: SetCheck | undefined
  segments: number
}

/** A group whose trailer has not come yet; also, without a header, what stands outside of groups. */
export class OpenGroup {
  readonly header: GroupHeader | undefined
  readonly findings: Findings
  readonly #numbers = new SeenNumbers()
  sets = 0
  #accepted = 0
  #withErrors = 0

  constructor(header: GroupHeader | undefined, findings: Findings) {
    this.header = header
    this.findings = findings
  }

  get setsAccepted(): number {
    return this.#accepted
  }

  /** True if another set of the group has this number. */
  isRepeated(controlNumber: string): boolean {
    return this.#numbers.add(controlNumber)
  }

  count(status: SetReport['status']): void {
    if (status !== 'rejected') this.#accepted++
    if (status === 'accepted_with_errors') this.#withErrors++
  }

  report(header: GroupHeader, setsDeclared: string, end: number): GroupReport {
    return {
      header,
      sets: this.sets,
      setsAccepted: this.findings.status === 'rejected' ? 0 : this.#accepted,
      setsDeclared,
      status: this.#status(),
      verdicts: this.findings.kept,
      end,
    }
  }

  #status(): GroupReport['status'] {
    const own = this.findings.status
    if (own === 'rejected' || (this.sets > 0 && this.#accepted === 0)) return 'rejected'
    if (this.#accepted < this.sets) return 'partly_accepted'
    return this.#withErrors > 0 ? 'accepted_with_errors' : own
  }
}

/** The header of messages that stand in a file without an interchange, and of interchanges whose header cannot be read. */
export function blankHeader(
  syntax: InterchangeHeader['syntax'],
  from: Pick<InterchangeHeader, 'index' | 'delimiters' | 'start'>,
): InterchangeHeader {
  const nobody = { qualifier: '', id: '', routing: '' }
  return {
    ...from,
    syntax,
    sender: nobody,
    receiver: nobody,
    controlNumber: '',
    version: '',
    date: '',
    time: '',
    isTest: false,
    wantsAcknowledgement: false,
    applicationReference: '',
    agreement: '',
    characterSet: '',
    usage: '',
    isBare: true,
  }
}
