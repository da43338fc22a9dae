import type { FlowPauses } from '../../flow/paused.ts'
import type { FlowControls } from '../../registry/flow-controls.ts'

/** The pauses and resets of all tenants, read again every second and at once where somebody changes one here. */
export class KnownPauses implements FlowPauses {
  readonly #controls: Pick<FlowControls, 'list'>
  #paused: Readonly<Record<'translate' | 'dispatch', ReadonlySet<string>>> = {
    translate: new Set(),
    dispatch: new Set(),
  }
  #resets: ReadonlyMap<string, number> = new Map()
  #drains: ReadonlyMap<string, number> = new Map()

  constructor(controls: Pick<FlowControls, 'list'>) {
    this.#controls = controls
  }

  /** Must have been called before anything flows: a pause outlives a restart. */
  async refresh(): Promise<boolean> {
    const all = await this.#controls.list()
    const paused = (wanted: string): ReadonlySet<string> =>
      new Set(
        all.filter(({ stage, pausedAt }) => stage === wanted && pausedAt !== undefined).map((one) => one.connection),
      )
    this.#paused = { translate: paused('translate'), dispatch: paused('dispatch') }
    this.#drains = new Map(
      all.flatMap(({ connection, stage, pausedAt }) =>
        stage === 'drain' && pausedAt !== undefined ? [[connection, pausedAt]] : [],
      ),
    )
    this.#resets = new Map(
      all.flatMap(({ connection, resetAt }) => (resetAt === undefined ? [] : [[connection, resetAt]])),
    )
    return false
  }

  any(stage: 'translate' | 'dispatch'): boolean {
    return this.#paused[stage].size > 0
  }

  has(stage: 'translate' | 'dispatch', connection: string): boolean {
    return this.#paused[stage].has(connection)
  }

  drainSince(connection: string): number | undefined {
    return this.#drains.get(connection)
  }

  resetAt(connection: string): number {
    return this.#resets.get(connection) ?? 0
  }
}
