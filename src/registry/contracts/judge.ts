import { type ContractChange, compareContracts, isCompatible } from './compare.ts'
import type { Contract, ContractKind } from './contract.ts'
import type { LifecycleState } from './lifecycle.ts'

/** What a proposal does to one contract. `removed`: it is not in the proposal, and the proposal claims to hold all of its kind. */
export interface ContractVerdict {
  readonly id: string
  readonly verdict: 'same' | 'new' | 'compatible' | 'breaking' | 'removed'
  readonly changes: readonly ContractChange[]
}

/** A proposal beside what is published. */
export interface Proposal {
  readonly published: readonly Contract[]
  readonly proposed: readonly Contract[]
  /** Kinds of which the proposal holds everything. */
  readonly complete: readonly ContractKind[]
  /** Where a contract stands; published without it. */
  readonly stateOf?: (id: string) => LifecycleState
}

/** Whether a verdict breaks somebody. */
export function isBreaking({ verdict }: Pick<ContractVerdict, 'verdict'>): boolean {
  return verdict === 'breaking' || verdict === 'removed'
}

/**
 * Judges a proposal, contract by contract, in order of their ids. A draft may still become anything, and what is over may go: nobody may
 * count on either.
 */
export function judgeContracts({ published, proposed, complete, stateOf }: Proposal): readonly ContractVerdict[] {
  const old = new Map(published.map((one) => [one.id, one]))
  const isFree = (id: string): boolean => ['draft', 'sunset', 'retired'].includes(stateOf?.(id) ?? 'published')
  const judged = proposed.map((one): ContractVerdict => {
    const before = old.get(one.id)
    if (before === undefined) return { id: one.id, verdict: 'new', changes: [] }
    const changes = compareContracts(before, one)
    if (changes.length === 0) return { id: one.id, verdict: 'same', changes }
    return { id: one.id, verdict: isCompatible(changes) || isFree(one.id) ? 'compatible' : 'breaking', changes }
  })
  const kept = new Set(proposed.map(({ id }) => id))
  const removed = published
    .filter(({ id, kind }) => complete.includes(kind) && !kept.has(id) && !isFree(id))
    .map(({ id }): ContractVerdict => ({ id, verdict: 'removed', changes: [] }))
  return [...judged, ...removed].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
