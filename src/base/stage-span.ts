/** One stage of one message, told when it is over: stages work in batches, and only the end knows what became of each. Ids and codes only. */
export interface StageSpan {
  readonly stage: Stage
  readonly trace: string
  /** Connection, target or type of fact: few values. */
  readonly destination: string
  readonly message?: string
  readonly correlation?: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number
  /** Code of what went wrong. */
  readonly error?: string
  /** `traceparent` of another trace that this one comes from: the sender's own, or that of what is replayed. */
  readonly link?: string
}

/** What a message passes: its bytes are stored, become facts, change states, and what follows from them is sent. */
export type Stage = 'intake' | 'translate' | 'advance' | 'dispatch'
