import type { SeenInstance } from '../../registry/hub-instances.ts'

/** The database as it says of itself. */
export interface DatabaseStory {
  readonly version: string
  readonly bytes: number
  readonly connections: number
  readonly connectionsMost: number
  /** The largest tables with their indexes, the largest first. */
  readonly tables: readonly { readonly name: string; readonly bytes: number }[]
  /** Name of the newest migration, and how many there are. */
  readonly migration: string
  readonly migrations: number
}

/** Who works on one partition of a log, and how far behind it is. */
export interface PartitionStanding {
  readonly stage: 'translate' | 'advance'
  readonly partition: number
  /** The instance that holds the lease; empty while nobody does. */
  readonly instance: string
  /** Counts owners: what an earlier one still writes is refused. */
  readonly epoch: number
  /** Offsets that are not worked on yet. */
  readonly waiting: number
}

/** A setting in force. Of secrets only whether there is one. */
export interface SettingShown {
  readonly name: string
  readonly about: string
  readonly value: string | number | boolean
  readonly isDefault: boolean
}

/** What the page of the system needs of the rest of the hub. It is of the whole hub, so only its operator is shown it. */
export interface SystemDesk {
  readonly version: string
  readonly instances: () => Promise<readonly SeenInstance[]>
  readonly database: () => Promise<DatabaseStory>
  readonly partitions: () => Promise<readonly PartitionStanding[]>
  readonly settings: () => readonly SettingShown[]
}
