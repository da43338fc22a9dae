import type { JsonSchema } from './json-schema.ts'

/** What a contract is about. */
export const contractKinds = ['object', 'fact', 'operation', 'event', 'edi', 'connector', 'flat_file'] as const
/** One of them. */
export type ContractKind = (typeof contractKinds)[number]

/**
 * Which way what a part describes goes, seen from the hub. `in`: others write it by their version, the hub reads it by its own. `out`: the hub
 * writes it, others read it by their version. `both`: it is kept, and read and written by old and new.
 */
export type Direction = 'in' | 'out' | 'both'

/** One of the things that a contract says: the query of an operation, its body, its answer. */
export interface ContractPart {
  readonly name: string
  readonly direction: Direction
  readonly schema: JsonSchema
}

/** What two sides have agreed on, as the declarations of this hub say it. */
export interface Contract {
  /** `<kind>:<name>`, such as `fact:shipment.delivered`. Never changes. */
  readonly id: string
  readonly kind: ContractKind
  readonly name: string
  readonly about: string
  /** Who answers for it, unless a tenant has said otherwise. */
  readonly owner: string
  readonly parts: readonly ContractPart[]
  /** Connection whose contract it is; absent for contracts of the hub with everybody. */
  readonly connection?: string
}

/** What must go on working: what others write (`backward`), what others read (`forward`), or both. */
export type Compatibility = 'backward' | 'forward' | 'full'

/** The compatibility that the directions of its parts ask for. */
export function compatibilityOf({ parts }: Pick<Contract, 'parts'>): Compatibility {
  const ways = new Set(parts.map(({ direction }) => direction))
  if (ways.has('both') || (ways.has('in') && ways.has('out'))) return 'full'
  return ways.has('in') ? 'backward' : 'forward'
}
