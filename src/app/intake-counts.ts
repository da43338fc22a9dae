import type { IntakeCount, IntakeStore } from '../backbone/stores.ts'

type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'refused'

/** Counts what came to each connection and writes it down every few seconds; a crash loses a few counts, never a message. */
export class IntakeCounts {
  readonly #store: IntakeStore
  readonly #now: () => number
  #counts = new Map<string, IntakeCount>()

  constructor(store: IntakeStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  add(input: {
    readonly tenant: string
    readonly connection: string
    readonly outcome: Outcome
    readonly count: number
  }): void {
    const day = new Date(this.#now()).toISOString().slice(0, 10)
    const key = `${input.tenant} ${input.connection} ${day}`
    const before = this.#counts.get(key) ?? {
      tenant: input.tenant,
      connection: input.connection,
      day,
      accepted: 0,
      duplicate: 0,
      conflict: 0,
      refused: 0,
    }
    this.#counts.set(key, { ...before, [input.outcome]: before[input.outcome] + input.count })
  }

  async flush(): Promise<boolean> {
    const counts = [...this.#counts.values()]
    this.#counts = new Map()
    if (counts.length > 0) await this.#store.add(counts)
    return false
  }
}
