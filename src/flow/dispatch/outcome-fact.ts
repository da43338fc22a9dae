import type { Effect } from '../../backbone/ledger.ts'
import type { NewFact } from '../../backbone/step.ts'
import { partitionOf } from '../partition.ts'
import type { Verdict } from './verdict.ts'

/** `effect.applied | refused | parked` on the object that wanted the effect; deliveries to subscribers are not worth a fact. */
export function outcomeFact(
  effect: Effect,
  verdict: Pick<Verdict, 'to' | 'documentReference' | 'reason' | 'answer'>,
  about: { readonly at: string; readonly partitions: number },
): NewFact | undefined {
  const type = outcomeTypes[verdict.to]
  if (type === undefined || effect.command === 'deliver') return undefined
  const { documentReference, reason, answer } = verdict
  return {
    partition: partitionOf(effect.correlation, about.partitions),
    fact: {
      id: `${effect.id}.${effect.attempt}.${verdict.to}`,
      type,
      subject: effect.correlation,
      tenant: effect.tenant,
      recordedAt: about.at,
      source: 'hub:dispatch',
      causation: effect.causation,
      correlation: effect.correlation,
      trace: effect.trace,
      data: {
        effect: effect.id,
        command: effect.command,
        target: effect.target,
        naturalKey: effect.naturalKey,
        ...(documentReference === undefined ? {} : { documentReference }),
        ...(reason === undefined ? {} : { reason }),
        ...(answer === undefined || isTooLong(answer) ? {} : { answer }),
      },
    },
  }
}

const outcomeTypes: Readonly<Record<string, string>> = {
  applied: 'effect.applied',
  refused: 'effect.refused',
  parked: 'effect.parked',
}

/** A target that talks without end must not fill the log: what was done counts without its words. */
const answerCharactersMax = 64_000

/** Whether an answer is more than is kept of it. */
export function isTooLong(answer: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(answer).length > answerCharactersMax
}
