import type { Fact } from '../../model/fact.ts'
import type { Definition, StateDefinition } from '../../processes/engine/definition.ts'
import { type Instance, readBranch } from '../../processes/engine/instance.ts'
import { findDefinition } from './aggregate.ts'

/** The statechart of a definition, with what one instance has done in it. */
export interface ProcessChart {
  readonly branches: readonly ChartedBranch[]
}

/** One part of the chart: `main`, or what there is one of for each key. */
export interface ChartedBranch {
  readonly name: string
  readonly about: string
  readonly initial: string
  readonly states: readonly ChartedState[]
  readonly steps: readonly ChartedStep[]
}

/** A state, and what the instance has to do with it. */
export interface ChartedState {
  readonly name: string
  readonly about: string
  readonly isFinal: boolean
  /** Branches of the instance that are there now. */
  readonly here: readonly { readonly branch: string; readonly since: string }[]
  /** How often a branch of the instance came there, as far as its log is kept. */
  readonly entered: number
}

/** A way from one state to another. */
export interface ChartedStep {
  readonly from: string
  readonly to: string
  /** `step` by itself · `cancel` when it is called off · `skip` by the hand of a person. */
  readonly kind: 'step' | 'cancel' | 'skip'
  /** When it is taken, in words; empty for a cancellation or a hand. */
  readonly label: string
  readonly awaits: readonly string[]
  /** How often the instance went this way. */
  readonly taken: number
}

/** `facts` is the log of the instance. Undefined: nobody knows this version of the process any more. */
export function processChart(instance: Instance, facts: readonly Fact[]): ProcessChart | undefined {
  const definition = findDefinition(instance.process, instance.version)
  if (definition === undefined) return undefined
  const moves = movesOf(facts)
  return {
    branches: Object.entries(definition.branches).map(([name, { about, initial, states }]) => {
      const own = moves.filter(({ branch }) => branch === name)
      return {
        ...{ name, about, initial },
        states: Object.entries(states).map(([state, one]) => ({
          ...{ name: state, about: one.about, isFinal: one.final === true },
          here: Object.entries(instance.at).flatMap(([branch, stay]) =>
            readBranch(branch).name === name && stay.state === state ? [{ branch, since: stay.since }] : [],
          ),
          entered: own.filter(({ to }) => to === state).length,
        })),
        steps: stepsOf(states).map((step) => ({
          ...step,
          taken: own.filter(({ from, to }) => from === step.from && to === step.to).length,
        })),
      }
    }),
  }
}

interface Move {
  readonly branch: string
  readonly from: string | null
  readonly to: string
}

function movesOf(facts: readonly Fact[]): readonly Move[] {
  return facts.flatMap(({ type, data }) => {
    if (type !== 'process.moved') return []
    const { branch, from, to } = data as Move
    return [{ branch: readBranch(branch).name, from, to }]
  })
}

/** Where two ways lead from the same state to the same one, they are one way with both reasons. */
function stepsOf(states: Definition['branches'][string]['states']): readonly Omit<ChartedStep, 'taken'>[] {
  return Object.entries(states).flatMap(([from, state]) =>
    [...Map.groupBy(waysOf(state), ({ to }) => to)].map(([to, ways]) => ({
      ...{ from, to },
      kind: ways[0]?.kind ?? 'step',
      label: ways.flatMap(({ label }) => (label === '' ? [] : [label])).join('; '),
      awaits: [...new Set(ways.flatMap(({ awaits }) => awaits))].toSorted(),
    })),
  )
}

function waysOf({ next = [], cancel, skip = [] }: StateDefinition): readonly Omit<ChartedStep, 'from' | 'taken'>[] {
  return [
    ...next.map(({ to, label, awaits }) => ({ to, kind: 'step' as const, label, awaits })),
    ...(typeof cancel === 'string' ? [{ to: cancel, kind: 'cancel' as const, label: '', awaits: [] }] : []),
    ...skip.map((to) => ({ to, kind: 'skip' as const, label: '', awaits: [] })),
  ]
}
