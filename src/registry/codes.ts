import type { Substitution } from '../model/stock/substitute.ts'
import type { ItemConversion } from '../model/unit.ts'

/** Units of one item besides its base unit: what one of them is. */
export type ItemUnits = Readonly<Record<string, ItemConversion>>

/** What is known of one code of one system. */
export interface CodeEntry {
  /** Approved translations, each for its time, best first; ms since 1970, half-open. */
  readonly mappings: readonly {
    readonly canonical: string
    readonly from?: number
    readonly to?: number
    /** Counts only where no other fits. */
    readonly isFallback: boolean
    readonly units?: ItemUnits
  }[]
  /** The code is one of ours already. */
  readonly isCanonical: boolean
  /** Of the item that is called so. */
  readonly units?: ItemUnits
  /** How often a translation of it was ended: what is asked after that is a new question. */
  readonly generation: number
}

/** Nobody has said anything about the code. */
export const unheard: CodeEntry = { mappings: [], isCanonical: false, generation: 0 }

/** What another system calls one thing of ours, each name for its time, best first; ms since 1970, half-open. */
export type OutwardNames = readonly {
  readonly external: string
  readonly from?: number
  readonly to?: number
  /** Counts only where no other fits. */
  readonly isFallback: boolean
}[]

/** What a code may mean, best first. */
export interface CodeProposal {
  readonly canonicalId: string
  readonly why: string
}

/** Translations of codes, as the flow uses them. Keys are those of `codeKey`. */
export interface CodeRegistry {
  /** Counts the changes of master data; 0 before the first. */
  revision(): Promise<number>
  /** Every key is answered. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, CodeEntry>>
  /** Makes it mean this from now on and for all that waits. `unknown` when there is no such thing among our own. Idempotent. */
  approve(key: string, mapping: { readonly canonicalId: string; readonly by: string }): Promise<'approved' | 'unknown'>
  /** A person does not want it translated; `task` tells the same decision from a later one. Idempotent. */
  reject(key: string, decision: { readonly task: string; readonly by: string }): Promise<void>
  proposals(key: string): Promise<readonly CodeProposal[]>
  /** What systems call things of ours: `value` of the keys is our code. Every key is answered. */
  outward(keys: readonly string[]): Promise<ReadonlyMap<string, OutwardNames>>
  /** What may be sent instead of items, or they instead of it. Keys are those of `substitutionLookup`; every key is answered. */
  substitutions(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Substitution[]>>
  /** The system calls it so from now on, and for all that waits. `taken` when it means something else there. Idempotent. */
  name(key: string, name: { readonly external: string; readonly by: string }): Promise<'named' | 'taken'>
}
