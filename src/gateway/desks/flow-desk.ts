import type { FlowControls } from '../../registry/flow-controls.ts'
import type { TargetStanding } from '../../registry/hub-instances.ts'
import type { FlowRows } from '../../views/flow.ts'

/** One stage of the whole hub: how much waits there, and since when. */
export interface StageStanding {
  readonly stage: 'intake' | 'translate' | 'advance'
  /** Rows that are not worked on yet; in the intake, inputs that are not durable yet. */
  readonly waiting: number
  /** When the oldest of them came, ms since 1970. Null: nothing waits. */
  readonly oldestAt: number | null
}

/** What the routes of the flow need of the rest of the hub. */
export interface FlowDesk {
  readonly rows: FlowRows
  readonly controls: Pick<FlowControls, 'list' | 'pause' | 'resume' | 'resetBreaker'>
  readonly stages: () => Promise<readonly StageStanding[]>
  /** How many messages of a connection are taken in and not understood yet; 5,000 at most are counted. */
  readonly untranslated: (connection: { readonly connection: string; readonly partition: number }) => Promise<number>
  /** Waits until the lists know all that the log holds now; false where they do not come to it within some seconds. */
  readonly listsFollow: () => Promise<boolean>
  readonly targets: () => Promise<ReadonlyMap<string, TargetStanding>>
  /** Lets this instance know at once; the others know within a second. */
  readonly changed: () => Promise<void>
}
