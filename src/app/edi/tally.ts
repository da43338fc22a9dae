import type { EnvelopeListener, GroupReport, InterchangeReport, SetReport } from '../../edi/envelope/events.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'

/** Counts what a file holds and what became of it; hands each verdict on as it comes. */
export class Tally implements EnvelopeListener {
  interchanges = 0
  rejected = 0
  sets = 0
  setsAccepted = 0
  verdicts = 0
  readonly #told: (verdict: Verdict) => void

  constructor(told: (verdict: Verdict) => void = () => {}) {
    this.#told = told
  }

  setClosed(report: SetReport): void {
    this.#tell(report.verdicts)
  }

  groupClosed(report: GroupReport): void {
    this.#tell(report.verdicts)
  }

  interchangeClosed(report: InterchangeReport): void {
    this.#tell(report.verdicts)
    this.interchanges++
    this.sets += report.sets
    this.setsAccepted += report.setsAccepted
    if (report.status === 'rejected') this.rejected++
  }

  stray(verdict: Verdict): void {
    this.#tell([verdict])
  }

  #tell(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) {
      this.verdicts++
      this.#told(verdict)
    }
  }
}
