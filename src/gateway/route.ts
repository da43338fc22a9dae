import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Static, TObject, TSchema } from 'typebox'
import type { Principal, Scope } from './access/principal.ts'
import type { Gateway } from './gateway.ts'

/**
 * A route is one declaration: it is validated, documented, guarded and limited from here, so the document cannot differ from what
 * runs. A route without a scope does not compile, nor does one that writes and does not say what becomes of the same request sent twice.
 */
export type Route = Declaration & Repetition

/** What becomes of the same request sent twice. */
type Repetition =
  | { readonly method: 'GET'; readonly idempotent?: never; readonly repeatable?: never }
  /** Needs an Idempotency-Key; the first answer is kept and given again. */
  | { readonly method: WritingMethod; readonly idempotent: true; readonly repeatable?: never }
  | { readonly method: WritingMethod; readonly idempotent?: never; readonly repeatable: Repeatable }

type WritingMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Why nothing is doubled where no Idempotency-Key is demanded. Whoever `sets` may send one, and gets the first answer again. */
export const repeatable = {
  sets: 'Says what shall be: sent again, it finds that it is so. With an Idempotency-Key the first answer is given again.',
  asks: 'Changes nothing, and is answered anew.',
  knows: 'Recognises what it was sent before.',
  proves:
    'Carries a password, a code or a token, of which nothing is kept; sent again, it proves the same or is refused.',
} as const
/** One of them. */
export type Repeatable = keyof typeof repeatable

interface Declaration {
  /** OpenAPI form: `/v1/messages/{id}`. */
  readonly path: string
  /** `signed-in`: whoever calls with a key or a session, about themselves. */
  readonly scope: Scope | 'public' | 'signed-in'
  /** A client of a partner may call it too: all that it answers comes through the connections of the partner. Without it nobody of them may. */
  readonly partners?: true
  /** Demands `personal:read`, too: what it answers, or what it sets going, cannot be masked. */
  readonly personal?: true
  readonly operationId: string
  readonly summary: string
  readonly tag: string
  readonly query?: TObject
  readonly body?: TSchema
  /** Other headers that it reads, and what each says. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Members of a form. The handler reads it, and writes the whole answer, by itself: another standard prescribes both to the letter, and
   * what is said of what is `refused`.
   */
  readonly form?: { readonly members: TObject; readonly refused: TSchema }
  /** Status of success and the schema of its body; of one document a line, the schema of the `line`. */
  readonly answer: {
    readonly status: number
    readonly schema?: TSchema
    readonly mediaType?: string
    readonly line?: TSchema
  }
  /** Most bytes of the body, where a document travels in it; `limits.typedBodyBytes` without it. */
  readonly bytesMax?: number
  /** Changes a resource: needs If-Match. */
  readonly conditional?: true
  /** Goes on for a while, and another one takes its place. A tenant may decide so as well, of any route. */
  readonly deprecated?: Deprecation
  readonly handle: (call: Call) => Promise<Answer>
}

/** Days, `YYYY-MM-DD`, of a declaration that something ends. */
export interface Deprecation {
  readonly since: string
  /** From this day on it is refused. */
  readonly sunset?: string
  /** `operationId` of what takes its place. */
  readonly successor?: string
  readonly reason: string
}

/** The request as it comes, for a handler that answers by itself. */
export interface Exchange {
  readonly request: IncomingMessage
  /** From here on the answer is the handler's own; what it throws before is a problem like any other. */
  readonly take: () => ServerResponse
}

/** A request that was let in: its caller may do this, and `query` and `body` are as the route’s schemas have them. */
export interface Call<Q = Readonly<Record<string, unknown>>, B = unknown> {
  readonly gateway: Gateway
  readonly principal: Principal
  /** Of the route, as declared. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Q
  readonly body: B
  readonly ifMatch: number | undefined
  /** Id of the request, and of the trace that it begins. */
  readonly trace: string
  /** Where the request comes from: as the connection says it, or a proxy of ours. */
  readonly address: string
  readonly exchange: Exchange
  /** 26 characters, the same whenever the same client repeats the request with the same Idempotency-Key; of a read, its request id. */
  readonly once: string
  /**
   * Bytes that nobody guesses. The same ones, in the same order, when a request with an Idempotency-Key is repeated because its answer was
   * lost: the ids and secrets that are made of them are then those that were made before.
   */
  readonly randomBytes: (count: number) => Uint8Array
}

/** What a handler answers; what it leaves out is as declared. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Bytes sent as they are. */
  readonly bytes?: Uint8Array
  /** Goes on answering after the headers, until it ends the response itself. */
  readonly stream?: (request: IncomingMessage, response: ServerResponse) => void
}

/** Gives the handler the types of the declared query and body. */
export function defineRoute<Q extends TObject, B extends TSchema>(
  route: Omit<Declaration, 'query' | 'body' | 'handle'> &
    Repetition & {
      readonly query?: Q
      readonly body?: B
      readonly handle: (call: Call<Static<Q>, Static<B>>) => Promise<Answer>
    },
): Route {
  return route as unknown as Route
}

/** A strong validator made of the row version, not of the bytes. */
export function etag(version: number): string {
  return `"v${version}"`
}
