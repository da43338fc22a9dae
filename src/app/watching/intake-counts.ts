import type { IntakeCount, IntakeStore } from '../../backbone/stores.ts'

type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'refused'
type Counts = { -readonly [K in keyof IntakeCount]: IntakeCount[K] }

/** Counts what came to each connection and writes it down every few seconds; a crash loses a few counts, never a message. */
export class IntakeCounts {
  readonly #store: IntakeStore
  readonly #now: () => number
  /** By tenant, connection and day; asked for with each message, so it is kept small and changed in place. */
  #counts = new Map<string, Counts>()
  #day = ''
  #dayNumber = -1

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
    const { tenant, connection, outcome, count } = input
    const day = this.#today()
    const key = `${tenant} ${connection} ${day}`
    let counts = this.#counts.get(key)
    if (counts === undefined) {
      counts = { tenant, connection, day, accepted: 0, duplicate: 0, conflict: 0, refused: 0 }
      this.#counts.set(key, counts)
    }
    counts[outcome] += count
  }

  /** Writes down what was counted; what cannot be written is counted on. */
  async flush(): Promise<boolean> {
    const counts = [...this.#counts.values()]
    this.#counts = new Map()
    if (counts.length === 0) return false
    try {
      await this.#store.add(counts)
    } catch (error) {
      for (const { tenant, connection, day, ...outcomes } of counts)
        this.#putBack({ tenant, connection, day }, outcomes)
      throw error
    }
    return false
  }

  #putBack(of: Pick<IntakeCount, 'tenant' | 'connection' | 'day'>, outcomes: Record<Outcome, number>): void {
    const key = `${of.tenant} ${of.connection} ${of.day}`
    const since = this.#counts.get(key)
    if (since === undefined) this.#counts.set(key, { ...of, ...outcomes })
    else
      for (const outcome of ['accepted', 'duplicate', 'conflict', 'refused'] as const)
        since[outcome] += outcomes[outcome]
  }

  #today(): string {
    const number = Math.floor(this.#now() / 86_400_000)
    if (number !== this.#dayNumber) {
      this.#dayNumber = number
      this.#day = new Date(number * 86_400_000).toISOString().slice(0, 10)
    }
    return this.#day
  }
}
