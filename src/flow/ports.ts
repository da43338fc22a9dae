import type { HttpRequest, HttpResult } from '../transports/http/request.ts'

/**
 * The only way out of the flow besides the backbone: clock, randomness, the guarded client, signals. The real ones are wired in
 * app/, the simulated ones in test/simulation. Nothing else in this room may read time, randomness, environment or network.
 */

/** Two clocks: one that only grows, one that can be set. The simulation turns both by hand. */
export interface Clock {
  /** Milliseconds that only grow; for local time-outs. */
  mono(): number
  /** Milliseconds since 1970; for what is recorded. Schedules and leases are judged by the database. */
  wall(): number
  /** Resolves after `ms`, or earlier when `bell` rings. */
  sleep(ms: number, bell?: Bell): Promise<void>
}

/** Keeps long work from being one long stretch: the thread that does it also answers whoever asks meanwhile. */
export interface Breath {
  /** Asked between two pieces of the work. Undefined: go on. Otherwise to be awaited; anything may have happened by then. */
  pause(): Promise<void> | undefined
}

/** Chance, for pauses that must not all end at once; a port, so that a simulated run can be repeated. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
}

/** Sends requests. Does not reject for what goes wrong on the way: that is a result, which says whether bytes may have left. */
export interface Outbound {
  send(request: HttpRequest): Promise<HttpResult>
}

/** Signs the bytes of a webhook exactly as they leave. */
export interface WebhookSigner {
  sign(input: {
    readonly id: string
    readonly timestampSeconds: number
    readonly body: Uint8Array
    readonly secrets: readonly string[]
  }): string
}

/** What the flow reports; watch/ counts and logs it. Ids and codes only. */
export interface FlowSignals {
  messageAccepted(values: { connection: string; count: number; bytes: number }): void
  messageDuplicate(values: { connection: string }): void
  messageConflict(values: { connection: string; message: string }): void
  messageParked(values: { connection: string; reason: string; message: string }): void
  messageReleased(values: { connection: string; message: string; outcome: string }): void
  messagesTranslated(values: { outcome: string; count: number }): void
  factsAppended(values: { count: number }): void
  stageTook(values: { stage: string; lane: string; seconds: number }): void
  unknownCode(values: { connection: string; table: string; code: string }): void
  fenced(values: { consumer: string; partition: number }): void
  outcomeUnknown(values: { place: string }): void
  gapFound(values: { partition: number; detail: string }): void
  timerFired(values: { name: string }): void
  transmissionChanged(values: { connection: string; outcome: string; transmission: string }): void
  attemptEnded(values: { target: string; command: string; outcome: string; effect: string }): void
  effectSettled(values: { target: string; command: string; outcome: string; effect: string; reason?: string }): void
  duplicatePosting(values: { target: string; effect: string }): void
  retryScheduled(values: { target: string; reason: string }): void
  breakerChanged(values: { target: string; state: 'open' | 'half_open' | 'closed' }): void
  webhookDelivered(values: { subscription: string }): void
  webhookFailed(values: { subscription: string; reason: string }): void
  webhookDisabled(values: { subscription: string; reason: string }): void
  replayFinished(values: { replay: string; outcome: string }): void
  polled(values: { connection: string; outcome: string }): void
  loopFailed(values: { loop: string; code: string }): void
}

/** Wakes sleepers. A ring while nobody sleeps is kept for the next one, so that no wake-up is lost. */
export class Bell {
  #rung = false
  #sleepers: readonly (() => void)[] = []

  ring(): void {
    const sleepers = this.#sleepers
    if (sleepers.length === 0) this.#rung = true
    this.#sleepers = []
    for (const wake of sleepers) wake()
  }

  /** Calls `wake` at the next ring, at once when one is kept. Returns how to stop listening. */
  listen(wake: () => void): () => void {
    if (this.#rung) {
      this.#rung = false
      wake()
      return () => {}
    }
    this.#sleepers = [...this.#sleepers, wake]
    return () => {
      this.#sleepers = this.#sleepers.filter((one) => one !== wake)
    }
  }
}
