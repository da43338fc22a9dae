import type { AuditNote } from '../../backbone/audit.ts'
import type { Connection } from '../../flow/connection.ts'
import type { CatalogueEntry } from '../../registry/catalogue.ts'
import type { DecidedStanding } from '../../registry/contract-standings.ts'
import type { ContractUser, CountedUse } from '../../registry/contract-uses.ts'
import type { ContractVersion } from '../../registry/contract-versions.ts'
import type { Contract } from '../../registry/contracts/contract.ts'
import type { Standing } from '../../registry/contracts/lifecycle.ts'

/** Contracts as the tables of one tenant know them. */
export interface ContractDesk {
  /** Those with everybody, and those of these connections, in order of their ids. */
  contracts(connections: ReadonlyMap<string, Connection>): readonly Contract[]
  /** What the declaration of an operation says; undefined for what is none. */
  operation(name: string): { readonly tag: string; readonly declared?: Standing } | undefined
  /** Everything that can be called, subscribed to or run. */
  catalogue(): readonly CatalogueEntry[]
  /** Newest version by id, `2.3`; `1.0` for what is not written down yet. */
  newest(tenant: string): Promise<ReadonlyMap<string, string>>
  /** Writes down first what is new. The newest first, at most 50. */
  versions(tenant: string, contract: string): Promise<readonly ContractVersion[]>
  standings(tenant: string): Promise<ReadonlyMap<string, DecidedStanding>>
  /** False when somebody else decided meanwhile. */
  decide(decision: DecidedStanding, note: AuditNote): Promise<boolean>
  /** Users of each contract in the last 90 days. */
  users(tenant: string): Promise<ReadonlyMap<string, number>>
  uses(tenant: string, contract: string): Promise<readonly CountedUse[]>
  /** Whether the patterns of a subscription take events of this type. */
  takes(patterns: readonly string[], type: string): boolean
}

/** What every request asks: kept in memory, a few seconds behind decisions that other instances took. */
export interface ContractsInForce {
  standing(tenant: string, contract: string): DecidedStanding | undefined
  used(user: ContractUser): void
  /** After a decision here. */
  refresh(): Promise<void>
}
