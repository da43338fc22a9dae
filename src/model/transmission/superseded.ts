import type { Derived, Evolution, Fact } from '../fact.ts'
import { type ExchangeCategory, tellObject } from './exchange-problem.ts'
import type { VersionReport } from './report.ts'
import { responseTimer } from './response.ts'
import type { TransmissionState } from './state.ts'

const moot: ReadonlySet<string> = new Set(['document_rejected', 'document_unanswered', 'document_unsent'])

/** A later version was sent: nobody has to answer this one any more. That it arrived is still to be acknowledged. */
export function superseded(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { report, response, ...others } = state
  if (report === undefined) return { state, facts: [], timers: [] }
  const closed = state.open.filter((category) => moot.has(category))
  const isWaiting = response !== undefined && response.status !== 'answered'
  return {
    state: {
      ...others,
      report,
      ...(response === undefined || isWaiting ? {} : { response }),
      open: state.open.filter((category) => !moot.has(category)),
    },
    facts: closed.flatMap((category) =>
      tellObject(report.about, {
        category: category as ExchangeCategory,
        isOpen: false,
        transmission: fact.subject,
        connection: report.connection,
        reason: 'A later version was sent.',
      }),
    ),
    timers: isWaiting ? [{ name: responseTimer, at: null }] : [],
  }
}

/** Tells the line that a version belongs to what became of it. */
export function tellLine(line: string | undefined, version: string, outcome: VersionReport['outcome']): Derived[] {
  if (line === undefined) return []
  const data: VersionReport = { version, outcome }
  return [{ rule: `version-${outcome}`, type: 'transmission.version_reported', subject: line, data }]
}
