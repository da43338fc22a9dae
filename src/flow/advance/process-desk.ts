import { writeInstant } from '../../base/instant.ts'
import type { Assertion, Fact } from '../../model/fact.ts'
import { definitions } from '../../processes/all.ts'
import type { Unmet } from '../../processes/engine/definition.ts'
import type { ProcessDecision } from '../../processes/engine/evolve.ts'
import { type Instance, readBranch } from '../../processes/engine/instance.ts'
import { Scope } from '../../processes/engine/scope.ts'
import { findDefinition, processes } from './aggregate.ts'

/** What people see of a definition. */
export interface DescribedProcess {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly about: string
  readonly key: string
  readonly branches: readonly {
    readonly name: string
    readonly about: string
    readonly states: readonly { readonly name: string; readonly about: string; readonly isFinal: boolean }[]
  }[]
}

/** The newest version of each process, alphabetical. */
export function describedProcesses(): readonly DescribedProcess[] {
  return definitions
    .filter((one) => findDefinition(one.id) === one)
    .map(({ id, version, title, about, key, branches }) => ({
      ...{ id, version, title, about, key },
      branches: Object.entries(branches).map(([name, branch]) => ({
        name,
        about: branch.about,
        states: Object.entries(branch.states).map(([state, one]) => ({
          name: state,
          about: one.about,
          isFinal: one.final === true,
        })),
      })),
    }))
}

/** What is awaited in one branch. */
export interface Awaited {
  readonly branch: string
  readonly state: string
  readonly since: string
  /** Types of facts, effects, tasks and timers that can move it on. */
  readonly awaits: readonly string[]
  /** When it is noticed that nothing comes; absent where only a person or another branch is waited for. */
  readonly by?: string
}

/** What should happen next to an instance, branch by branch. Nothing is awaited where a branch is over. */
export function nextExpected(instance: Instance): readonly Awaited[] {
  const definition = findDefinition(instance.process, instance.version)
  return Object.entries(instance.at).flatMap(([branch, { state, since }]) => {
    const { name, key } = readBranch(branch)
    const one = definition?.branches[name]?.states[state]
    if (one === undefined || one.final === true) return []
    const due = Object.entries(instance.armed).flatMap(([timer, at]) => {
      const set = readBranch(timer)
      return set.key === key && one.timers?.includes(set.name) === true ? [at] : []
    })
    const awaits = [...new Set((one.next ?? []).flatMap((step) => step.awaits))].toSorted()
    return [{ branch, state, since, awaits, ...(due.length === 0 ? {} : { by: writeInstant(Math.min(...due)) }) }]
  })
}

/** Hub ids of the instances that a document with these facts may concern; they need not exist. */
export function concernedInstances(facts: readonly Fact[], state: unknown): readonly string[] {
  // Only facts with a snapshot say what the document names.
  const telling = facts.filter(({ data }) => typeof data === 'object' && data !== null && 'object' in data)
  return [...new Set(telling.flatMap((fact) => processes.concerned(fact, state)))]
}

/** What would have to happen before an instance goes on, where its definition can say so. Nothing once it is over. */
export function unmetConditions(instance: Instance): readonly Unmet[] {
  const definition = findDefinition(instance.process, instance.version)
  if (definition?.explain === undefined || instance.endedAt !== undefined) return []
  return definition.explain(new Scope(definition, instance, 'main'))
}

/** One thing that happened to an instance. */
export interface Happened {
  readonly at: string
  /** Type of the fact. */
  readonly type: string
  readonly data: unknown
}

/** The course of an instance: what it heard, where it went, what it asked for and what became of that. */
export function course(facts: readonly Fact[]): readonly Happened[] {
  return facts.map(({ type, recordedAt, data }) => ({
    at: recordedAt,
    type,
    data: type === heard ? toldOf(data) : data,
  }))
}

const heard = 'process.fact_reported'

function toldOf(data: unknown): unknown {
  const { told } = data as { readonly told: Readonly<Record<string, unknown>> }
  const { type, id, subject, at } = told
  return { type, id, subject, at }
}

/** Why a wish cannot be followed where the instance is. Undefined: it can, as far as is known now. */
export function refusedWish(
  instance: Instance,
  { action, branch = 'main', to }: Omit<ProcessDecision, 'by' | 'reason'>,
): string | undefined {
  const latest = findDefinition(instance.process)
  if (action === 'migrate') {
    if (latest === undefined || latest.version === instance.version) return 'it goes by the newest version already'
    const missing = Array.from({ length: latest.version - instance.version }, (_, n) => instance.version + n).find(
      (version) => latest.migrations?.[version] === undefined,
    )
    return missing === undefined ? undefined : `nobody has written how version ${missing} becomes ${missing + 1}`
  }
  if (action === 'cancel') return instance.endedAt === undefined ? undefined : 'it is over'
  const state = instance.at[branch]?.state ?? ''
  const skips =
    findDefinition(instance.process, instance.version)?.branches[readBranch(branch).name]?.states[state]?.skip ?? []
  if (to !== undefined && skips.includes(to)) return undefined
  const possible = skips.length === 0 ? 'nothing can be skipped there' : `possible is ${skips.join(', ')}`
  return `${branch} is in ${state === '' ? 'no state' : state}, and ${possible}`
}

/** The wish of a person, as a message of the hub. */
export function processAssertion(instance: string, wish: ProcessDecision): Assertion<ProcessDecision> {
  return {
    type: 'process.decided',
    about: { entity: 'process', references: [{ scheme: 'process', value: instance }], unknown: 'create' },
    data: wish,
  }
}

/** An instance out of its stored state. Not checked: the hub itself wrote it. */
export function readInstance(body: string): Instance {
  return JSON.parse(body) as Instance
}
