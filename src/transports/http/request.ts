/** A request through the guarded client. */
export interface HttpRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** One attempt in total: waiting for a line, name, connection, TLS, request, answer. */
  readonly timeoutMs: number
  /** Monotonic instant from which on nothing may start to leave; checked in the tick of the write. */
  readonly startBefore?: number
  readonly maxResponseBytes: number
  /** The account: its requests share lines, `concurrency` at most. */
  readonly pool: string
  readonly concurrency: number
  readonly allowHttp: boolean
  readonly allowedCidrs: readonly string[]
  readonly allowedPorts?: readonly number[]
  /** PEM certificates of a private authority, instead of the public ones. */
  readonly authorities?: readonly string[]
  /** Certificate and key in PEM that this side shows. */
  readonly certificate?: { readonly certificate: string; readonly key: string }
}

/** `wire` tells exactly whether a byte of the request can have left; the code tells nothing about that. */
export type HttpResult =
  | {
      readonly outcome: 'answer'
      readonly wire: true
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly outcome: 'not_sent'; readonly wire: false; readonly code: string }
  | { readonly outcome: 'no_answer'; readonly wire: true; readonly code: string }

/** Monotonic and wall clock, ms. */
export interface OutboundClock {
  mono(): number
  wall(): number
}
