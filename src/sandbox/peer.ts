/** A system outside the hub that can be asked something. It knows no clock and no socket: the time and the request are given. */
export interface Peer {
  handle(request: PeerRequest, nowMs: number): PeerAnswer
}

export interface PeerRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface PeerAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** How long the answer takes to come. */
  readonly delayMs?: number
  /** The line is cut instead; what was done stays done. */
  readonly lost?: true
}

/** The JSON object in a request; undefined for anything else. */
export function readObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch {
    return undefined
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
