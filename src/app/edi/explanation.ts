import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import { defaultAcknowledgements } from '../../edi/acknowledge/policy.ts'
import type { EnvelopeListener, GroupReport, InterchangeReport, SetReport } from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import { type Branch, type Output, tree } from '../terminal/output.ts'
import { readInterchangeFile } from './interchange-file.ts'
import { Tally } from './tally.ts'
import { delimitersOf, partyOf, placeOf, sentenceOf } from './wording.ts'

/** Verdicts that a person reads at a time; the rest is one line. */
const verdictsShown = 20

/** Says what a file is in the order in which a person asks: from whom, what, is it right, what is answered. */
export async function explainFile(file: string, output: Output): Promise<Tally> {
  const told = new Explanation(output)
  const tally = new Tally()
  const collector = new AnswerCollector(
    () => defaultAcknowledgements,
    (answer) => told.answered(answer),
  )
  // The collector comes first: the answer is known when the interchange is told.
  await readInterchangeFile(file, all(collector, tally, told))
  if (tally.interchanges === 0) output.say('No X12 or EDIFACT interchange begins in this file.')
  return tally
}

class Explanation implements EnvelopeListener {
  readonly #output: Output
  #sets = new Map<string, { count: number; accepted: number }>()
  #groups: Branch[] = []
  #verdicts: Verdict[] = []
  #answer: Answer | undefined

  constructor(output: Output) {
    this.#output = output
  }

  answered(answer: Answer): void {
    this.#answer = answer
  }

  setClosed(report: SetReport): void {
    const { identifier, version } = report.header
    const key = `${identifier} ${version}`
    const known = this.#sets.get(key) ?? { count: 0, accepted: 0 }
    this.#sets.set(key, { count: known.count + 1, accepted: known.accepted + (report.status === 'rejected' ? 0 : 1) })
    this.#note(report.verdicts)
  }

  groupClosed(report: GroupReport): void {
    const { functionalIdentifier, controlNumber, version } = report.header
    const line = `group ${functionalIdentifier} ${controlNumber} ${version}: ${report.status}`
    this.#groups.push({ line, below: this.#takeSets() })
    this.#note(report.verdicts)
  }

  interchangeClosed(report: InterchangeReport): void {
    this.#note(report.verdicts)
    const { header } = report
    const from = `from ${partyOf(header.sender)} to ${partyOf(header.receiver)}`
    const branches: Branch[] = [
      { line: `delimiters: ${delimitersOf(header)}`, below: [] },
      { line: `bytes ${header.start}-${report.end}, ${report.segments} segments, ${report.sets} sets`, below: [] },
      ...this.#groups,
      ...this.#takeSets(),
      ...this.#verdictBranches(),
      { line: `answer: ${answerOf(this.#answer)}`, below: [] },
    ]
    const test = header.isTest ? ', a test' : ''
    this.#output.say(
      `${header.syntax} ${header.version} interchange ${header.controlNumber}${test} ${from}: ${report.status}`,
    )
    this.#output.say(tree(branches))
    this.#output.record({ ...report, answer: answerOf(this.#answer), verdicts: this.#verdicts })
    this.#groups = []
    this.#verdicts = []
    this.#answer = undefined
  }

  stray(verdict: Verdict): void {
    this.#output.say(tree([lineOf(verdict)]))
    this.#output.record(verdict)
  }

  #note(verdicts: readonly Verdict[]): void {
    // Enough to be shown; the count of a file that is wrong everywhere must not fill the memory.
    if (this.#verdicts.length < 10_000) this.#verdicts.push(...verdicts)
  }

  #takeSets(): Branch[] {
    const branches = [...this.#sets].map(([key, { count, accepted }]) => ({
      line: `${count} × ${key}, ${accepted} accepted`,
      below: [],
    }))
    this.#sets = new Map()
    return branches
  }

  #verdictBranches(): Branch[] {
    if (this.#verdicts.length === 0) return [{ line: 'nothing is wrong', below: [] }]
    const shown = this.#verdicts.slice(0, verdictsShown).map(lineOf)
    const more = this.#verdicts.length - shown.length
    const rest = more > 0 ? [{ line: `and ${more} more: interline edi validate shows all`, below: [] }] : []
    return [{ line: `${this.#verdicts.length} verdicts`, below: [...shown, ...rest] }]
  }
}

function lineOf(verdict: Verdict): Branch {
  const { severity, start, end, code } = verdict
  return {
    line: `${severity}: bytes ${start}-${end}, ${placeOf(verdict)}: ${sentenceOf(verdict)} (${code})`,
    below: [],
  }
}

function answerOf(answer: Answer | undefined): string {
  if (answer === undefined) return 'none'
  const parts = [
    answer.ta1 === undefined ? '' : `TA1 ${String(answer.ta1.elements[3])} ${String(answer.ta1.elements[4])}`,
    ...answer.groups.map(({ form, version, received }) => `${form} ${version} ${received.status}`),
    answer.contrl === undefined ? '' : `CONTRL ${String(answer.contrl[0]?.elements[3])}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
