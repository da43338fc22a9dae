import type { CheckSample } from '../check-store.ts'
import type { Condition } from './condition.ts'
import { advance, type Patience, type Standing } from './standing.ts'

/** When a rule would have fired, and for how long. ms since 1970. */
export interface TestedFiring {
  readonly from: number
  /** Absent: it fires still. */
  readonly until?: number
  /** The figure when it fired; absent: nobody knew. */
  readonly value?: number
}

/** What a rule would have done. */
export interface BackTest {
  readonly firings: readonly TestedFiring[]
  /** Seconds in which nobody could say, of all that were judged. */
  readonly unknownSeconds: number
  readonly judgedSeconds: number
}

/** Answers hold until the next one, but no longer than this: then the checks were silent, and nobody knows. */
const silentMs = 20 * 60_000

/** Judges the past by the rule, the oldest answer first: what it does now, it would have done then. */
export function backTest(
  samples: readonly CheckSample[],
  rule: { readonly condition: Condition; readonly patience: Patience },
  span: { readonly from: number; readonly until: number },
): BackTest {
  let standing: Standing = { phase: 'calm', since: span.from }
  const firings: TestedFiring[] = []
  let [unknownMs, judgedMs] = [0, 0]
  const step = (at: number, isBad: boolean | undefined, value: number | undefined): void => {
    const next = advance(standing, { at, isBad }, rule.patience)
    standing = next.standing
    for (const { kind, at: when } of next.turns) {
      if (kind === 'fired') firings.push({ from: when, ...(value === undefined ? {} : { value }) })
      else firings.push({ ...(firings.pop() ?? { from: when }), until: when })
    }
  }
  for (const [index, sample] of samples.entries()) {
    const from = Math.max(sample.at, span.from)
    const next = Math.max(Math.min(samples[index + 1]?.at ?? span.until, span.until), from)
    const end = Math.min(next, from + silentMs)
    const isBad = rule.condition(sample)
    step(from, isBad, sample.value)
    step(end, isBad, sample.value)
    judgedMs += next - from
    unknownMs += isBad === undefined ? next - from : next - end
  }
  const seconds = (ms: number): number => Math.round(ms / 1000)
  return { firings, unknownSeconds: seconds(unknownMs), judgedSeconds: seconds(judgedMs) }
}
