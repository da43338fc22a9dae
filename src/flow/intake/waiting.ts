import type { AppendResult } from '../../backbone/step.ts'
import type { Received } from './received.ts'

/** An input on its way into the log, and whoever waits for it. */
export interface Waiting {
  readonly received: Received
  readonly resolve: (result: AppendResult) => void
  readonly reject: (error: unknown) => void
  /** The same input again, while this one was on its way: answered with it, and never written. */
  readonly repetitions: Waiting[]
  tries: number
}

/** The same for two inputs of which only one may be stored. */
export function identityOf({ received: { message } }: Waiting): string {
  return `${message.tenant} ${message.connection} ${message.identity}`
}
