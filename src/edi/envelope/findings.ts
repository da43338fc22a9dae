import { verdictCodes } from '../verdict/codes.ts'
import { type SeverityPolicy, severityOf } from '../verdict/severity.ts'
import type { Finding, Place, Verdict } from '../verdict/verdict.ts'

/** The verdicts of one level of the envelope: the first ones are kept, all of them count. */
export class Findings {
  readonly kept: Verdict[] = []
  #isRejected = false
  #hasErrors = false
  #place: Place
  readonly #policy: SeverityPolicy
  readonly #max: number

  constructor(place: Place, policy: SeverityPolicy, max: number) {
    this.#place = place
    this.#policy = policy
    this.#max = max
  }

  add(finding: Finding): void {
    const severity = severityOf(finding.code, this.#policy)
    if (severity === 'ignore') return
    if (severity === 'reject') this.#isRejected = true
    if (severity === 'accept') this.#hasErrors = true
    if (this.kept.length < this.#max) this.#keep(finding)
    else if (this.kept.length === this.#max)
      this.#keep({ code: 'verdicts.too_many', start: finding.start, end: finding.end })
  }

  #keep(finding: Finding): void {
    const severity = severityOf(finding.code, this.#policy)
    this.kept.push({ ...finding, ...this.#place, level: verdictCodes[finding.code].level, severity })
  }

  get status(): 'accepted' | 'accepted_with_errors' | 'rejected' {
    return this.#isRejected ? 'rejected' : this.#hasErrors ? 'accepted_with_errors' : 'accepted'
  }
}
