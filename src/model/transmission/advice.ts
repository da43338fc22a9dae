import type { Evolution, Fact } from '../fact.ts'
import { transmissionSubject } from './number.ts'
import type { TransmissionReport } from './report.ts'
import type { TransmissionState } from './state.ts'

/** Sets of one interchange that are answered one by one: one with more of them has one fault, not many. */
export const advisedMax = 20

/** What was said to a partner about sets of one interchange of his that nobody can understand. */
export interface AdviceState {
  /** The sets that he heard of. */
  readonly told: readonly string[]
}

/** Data of `transmission.advice_reported`, to the interchange: one of its sets is to be answered. */
export interface AdviceReport {
  /** Names the set within all that the partner ever sent. */
  readonly set: string
  readonly document: TransmissionReport
}

/** However a file is cut into parts, its sender hears of the first sets only. The same set is one answer. */
export function advised(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { set, document } = fact.data as AdviceReport
  const { told } = state.advice ?? { told: [] }
  if (told.includes(set) || told.length >= advisedMax) return { state, facts: [], timers: [] }
  return {
    state: { ...state, advice: { told: [...told, set] } },
    facts: [
      {
        rule: 'advice',
        type: 'transmission.reported',
        subject: transmissionSubject(fact.tenant, `advice:${set}`),
        data: document,
      },
    ],
    timers: [],
  }
}
