import { type Derived, type Fact, isReport } from '../../model/fact.ts'
import type { TransmissionState, TransmissionStatus } from '../../model/transmission/state.ts'
import type { Data } from '../posting.ts'
import type { Definition, Subscription } from './definition.ts'
import type { FactReport } from './evolve.ts'
import { processSubject } from './instance.ts'

/** What hands facts over to the instances that want to hear of them. Events that nobody subscribes to cost one look-up. */
export interface Router {
  /** `state` is the object after the fact, where it is at hand. */
  readonly told: (fact: Fact, state: unknown, policy: (process: string) => Data | undefined) => readonly Derived[]
  /** Hub ids of the instances that a fact of this kind of object could concern, whatever happened: they need not exist. */
  readonly concerned: (fact: Fact, state: unknown) => readonly string[]
}

/** The routes of the newest versions: one table by type of fact. */
export function router(definitions: readonly Definition[]): Router {
  const byType = new Map<string, (readonly [Definition, Subscription])[]>()
  for (const definition of definitions)
    for (const [type, subscription] of Object.entries(definition.subscribes)) {
      // What somebody claims is not yet so: what follows from it is.
      if (isReport(type)) throw new TypeError(`process ${definition.id}: ${type} is a report`)
      byType.set(type, [...(byType.get(type) ?? []), [definition, subscription]])
    }
  const byEntity = Map.groupBy([...byType.keys()], (type) => type.split('.', 1)[0])
  return {
    concerned: (fact, state) => {
      const types = byEntity.get(fact.type.split('.', 1)[0]) ?? []
      const ids = types
        .flatMap((type) => byType.get(type) ?? [])
        .flatMap(([{ id }, { keys }]) => keys(fact, state).map((key) => processSubject(fact.tenant, id, key)))
      return [...new Set(ids)]
    },
    told: (fact, state, policy) => {
      const subscribed = byType.get(fact.type)
      if (subscribed === undefined) return none
      const reports: Derived<FactReport>[] = []
      for (const [{ id: process, optIn }, { keys, take }] of subscribed) {
        const set = policy(process)
        if (optIn === true && set === undefined) continue
        for (const key of new Set(keys(fact, state)))
          reports.push({
            rule: `t${reports.length}`,
            type: 'process.fact_reported',
            subject: processSubject(fact.tenant, process, key),
            ...(fact.occurredAt === undefined ? {} : { occurredAt: fact.occurredAt }),
            data: {
              process,
              key,
              told: {
                type: fact.type,
                id: fact.id,
                subject: fact.subject,
                at: fact.occurredAt ?? fact.recordedAt,
                source: fact.source,
                data: take(fact, state, key),
              },
              ...(set === undefined ? {} : { policy: set }),
            },
          })
      }
      return reports
    },
  }
}

const none: readonly Derived[] = []

/**
 * The outcome of an effect, for the instance that asked for it. The fact that caused the effect is named after the instance, so that
 * the ledger does not have to know of processes.
 */
export function toldOutcome(fact: Fact): readonly Derived[] {
  const outcome = outcomes[fact.type]
  if (outcome === undefined) return none
  const instance = /\.(prc_[^.~]+)~\d+$/.exec(fact.causation)?.[1]
  if (instance === undefined) return none
  return [
    { rule: 'origin', type: 'process.outcome_reported', subject: instance, data: { outcome, ...(fact.data as Data) } },
  ]
}

/**
 * What became of a document to a partner that a process asked for: taken when the partner has taken it, or when it is on its way and
 * nobody owes an answer; refused when it was, or when it cannot be written.
 */
export function toldTransmission(fact: Fact, state: unknown): readonly Derived[] {
  const { report, status, document } = (state ?? {}) as Partial<TransmissionState>
  const { origin, connection: target } = report ?? {}
  const outcome = status === undefined ? undefined : answers[status]
  // Nobody has refused it: it leaves as soon as the partner has a name for each of its codes.
  if (origin === undefined || outcome === undefined || report?.waitsFor !== undefined) return none
  const { problem, codes } = fact.data as { readonly problem?: string; readonly codes?: readonly string[] }
  const reason = problem ?? codes?.join(' ')
  const data = {
    outcome,
    target,
    naturalKey: origin.naturalKey,
    ...(document === undefined ? {} : { documentReference: `${document.interchange}` }),
    ...(reason === undefined ? {} : { reason }),
  }
  return [{ rule: 'origin', type: 'process.outcome_reported', subject: origin.process, data }]
}

const answers: Readonly<Partial<Record<TransmissionStatus, 'applied' | 'refused'>>> = {
  acknowledged: 'applied',
  closed: 'applied',
  rejected: 'refused',
  unwritable: 'refused',
}

/** How many systems an effect goes to, for the instance that asked for it, where it is not one: it waits for all of them, or for nobody. */
export function countedTargets(fact: Fact, targets: number): readonly Derived[] {
  if (fact.type !== 'process.effect_wanted' || targets === 1) return none
  const { effect } = fact.data as { readonly effect: string }
  return [{ rule: 'targets', type: 'process.targets_reported', data: { effect, targets } }]
}

/** Whether it says what became of an effect. */
export function isOutcome(type: string): boolean {
  return outcomes[type] !== undefined
}

const outcomes: Readonly<Record<string, 'applied' | 'refused' | 'parked' | undefined>> = {
  'effect.applied': 'applied',
  'effect.parked': 'parked',
  'effect.refused': 'refused',
}
