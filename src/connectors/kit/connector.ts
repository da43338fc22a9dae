import type { InterlineError } from '../../base/errors.ts'
import type { Fields, SettingsOf } from '../../base/fields.ts'
import type { SignatureScheme } from '../../base/signature-scheme.ts'
import type { Encoding } from '../../edi/flat/encoding.ts'
import type { Assertion } from '../../model/fact.ts'

import type { DocumentDraft } from '../../model/transmission/report.ts'

import type { Examples } from './example.ts'
import type { Feed } from './feed.ts'
import type { LargeInbound } from './large.ts'
import type { Procedure } from './procedure.ts'

/**
 * A connector is one declaration plus pure functions: `ask` and `read` around each exchange, `identify` and `translate` for what
 * comes in. Authentication, retry, limits, tracing and redaction are the exchange's business.
 */
export interface Connector<F extends Fields = Fields> {
  /** kebab-case, same as its folder. */
  readonly id: string
  readonly label: string
  readonly kind: 'carrier' | 'aggregator' | 'wms' | 'erp' | 'shop' | 'messaging' | 'subscriber'
  readonly about: string
  /** draft · golden (tested with golden files) · sandbox (proven against a simulated peer) · production */
  readonly certification: 'draft' | 'golden' | 'sandbox' | 'production'
  readonly settings: F
  readonly inbound?: Inbound<SettingsOf<F>>
  readonly operations?: Readonly<Record<string, Operation<SettingsOf<F>>>>
  /** Writes that take several requests each. */
  readonly procedures?: Readonly<Record<string, Procedure<SettingsOf<F>>>>
  /** For systems that tell nobody what has changed. */
  readonly feed?: Feed<SettingsOf<F>>
  readonly documents?: OutboundDocuments<SettingsOf<F>>
  /** Carries messages to people (`notify_party`): to the address of each, or all to one place. */
  readonly messages?: { readonly addressed: boolean }
  /** How requests to this system authenticate, from settings. Executed by the exchange; never logged. */
  readonly authenticate?: (settings: SettingsOf<F>) => Authentication
  readonly baseUrl?: (settings: SettingsOf<F>) => string
  /** Where the system allows it: the exchange may hold this many requests at once, at this rate. Budgets belong to the account. */
  readonly budget?: { readonly requestsPerSecond: number; readonly concurrent: number }
}

/** Declares a connector. Its functions see settings of the declared types, and one that is not declared does not compile. */
export function defineConnector<const F extends Fields>(connector: Connector<F>): Connector<F> {
  return connector
}

/** How requests show who we are: nothing, a header that stays the same, or a session that has to be opened. */
export type Authentication =
  | { readonly scheme: 'none' }
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'header'; readonly name: string; readonly value: string }
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  /**
   * A login that opens a session. Where a request is answered with 401 it did not run: the session is over, and after another login
   * the request is repeated, once. The login may tell the target any secret setting.
   */
  | {
      readonly scheme: 'session'
      readonly login: Ask
      readonly opened: (reply: Reply) => OpenedSession
      /** For targets that say otherwise that the session is over and nothing has run. Must not throw. */
      readonly isOver?: (reply: Reply) => boolean
    }

/**
 * What every request of the session shows: `authorization: <word> <credentials in base 64>`, or `authorization: Bearer <token>`; or the
 * target does not let us in.
 */
export type OpenedSession =
  | { readonly word: string; readonly credentials: string }
  | { readonly token: string }
  | { readonly refused: string }

/**
 * Documents in envelopes with control numbers: written when they are owed, numbered in the transaction that counts for the pair of
 * partners, sent as `send_interchange` with the same bytes in every attempt, and followed until they are answered.
 */
export interface OutboundDocuments<S> {
  /** Commands of the processes that this partner gets as a document. */
  readonly commands: readonly string[]
  /** Why this agreement can never have a document for the command; a route that asks for it is refused at the start. */
  readonly problem: (command: string, settings: S) => string | undefined
  /** Pure. `at`, ms since 1970, is the date in the envelope. Throws InterlineError for what cannot be written. */
  readonly write: (owed: OwedDocument, context: { readonly settings: S; readonly at: number }) => DocumentDraft
}

/** What a partner is to be told. */
export interface OwedDocument {
  readonly command: string
  readonly payload: unknown
  /** The partner knows of it already, and it is another now. */
  readonly purpose?: 'change'
}

/** What comes in from the system without being asked. */
export interface Inbound<S> {
  /** Signature schemes are data; the gateway executes them over the raw bytes, in constant time. */
  readonly verify: (settings: S) => SignatureScheme
  /**
   * Called by intake on the received bytes: who the message is (for deduplication) and what it must not be overtaken on. Undefined
   * when the bytes do not tell: then the hash of the body is the identity. Must not throw on any input.
   */
  readonly identify: (document: Document, settings: S) => Identity | undefined
  /** `<connector>/<n>`: raised when the meaning of the map changes; recorded on every fact. */
  readonly mapping: string
  /** How the body is read before `translate` sees it. */
  readonly format: 'json' | 'json-or-file' | 'file' | 'edi'
  /**
   * The same bytes once more, known by nothing but themselves: usually a sender that got no answer from us and wants none of the work
   * done twice. `answered`: its `receipt` is told again, because this sender waits for an answer inside its protocol; the content is
   * not. The identity that the connector finds then counts more than that of the transport.
   */
  readonly repetitions?: 'answered'
  /**
   * What is said about the transmission itself: that it came, and what the sender is answered. It counts whatever becomes of the
   * content: parked, waiting, repeated or reused. Throws InterlineError to park the message with all that is in it.
   */
  readonly receipt?: (document: Document, context: TranslateContext<S>) => readonly Assertion[]
  /**
   * Bytes → assertions. Throws InterlineError to park or refuse the message. An empty list needs a reason: return `ignored`.
   * Cheap and total: runs in the inline lane unless `lane` says otherwise.
   */
  readonly translate: (document: Document, context: TranslateContext<S>) => Translation
  /**
   * Whether a message says nothing but answers to documents of ours: a connection that is being drained takes them, and nothing else. Absent:
   * nothing of it is an answer. Must not throw on any input.
   */
  readonly answers?: (document: Document, settings: S) => boolean
  /** Present where a file may be larger than a message. */
  readonly large?: LargeInbound<S>
  /** Documents that work: whoever is to send such ones takes them as a pattern. Every connector of ours has some. */
  readonly examples?: Examples<S>
  /** `staged` keeps slow or untrusted maps out of the intake transaction. Default `inline`. */
  readonly lane?: 'inline' | 'staged'
}

/** What the bytes say of themselves; later messages of one `orderKey` do not overtake one that is parked. */
export interface Identity {
  /** Unique per connection: the vendor's event id, or the fields that make it one. Absent: the hash of the body is the identity. */
  readonly identity?: string
  readonly orderKey?: string
  /**
   * What of the content makes two messages of one identity the same, where a sender repeats an event with other details about its own
   * delivery. Absent: every byte counts.
   */
  readonly fingerprint?: string
}

/** The received bytes, read as the format says. Numbers of JSON documents are decimal text (`Numeric`), never floats. */
export interface Document {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  /**
   * Parsed JSON (objects without prototype). Undefined when it cannot be parsed, and for EDI and flat files, whose bytes the connector
   * reads by the schema of the connection.
   */
  readonly content: unknown
}

/** All that a map may know besides the bytes, so that a replay a year later finds the same. */
export interface TranslateContext<S> {
  readonly settings: S
  readonly connection: string
  /** Milliseconds since 1970 when the message was received: part of the message, not a clock. */
  readonly receivedAt: number
  readonly messageId: string
}

/** What a message says, or why it says nothing that the hub keeps. */
export type Translation =
  | {
      readonly assertions: readonly Assertion[]
      readonly unknownCodes?: readonly UnknownCode[]
      /** What of the message could not be understood: it is parked or refused for that, and what was understood counts. */
      readonly rest?: InterlineError
    }
  | { readonly ignored: string }

/** A code that no table maps: kept verbatim, counted, never advancing a status. */
export interface UnknownCode {
  readonly table: string
  readonly code: string
  /** What a weak source says that it means: offered to the owner of the connection, not used until confirmed. */
  readonly suggestion?: string
}

/** Payload and answer of an operation named `listDocuments`: what the system has booked, page by page, for comparing both books. */
export interface DocumentPageAsked {
  readonly prefix: string
  /** RFC 3339. */
  readonly since: string
  readonly cursor?: string
}

/** Its answer; the last page has no `next`. */
export interface DocumentPage {
  readonly documents: readonly { readonly externalReference: string; readonly documentNumber: string }[]
  readonly next?: string
}

/** Payload of an operation named `listStock`: what the system has, page by page, for comparing both books. */
export interface StockPageAsked {
  readonly cursor?: string
}

/** Its answer. Ordered by item number, byte by byte, so that no side has to be held in memory; all pages are of one instant. */
export interface StockPage {
  /** RFC 3339. */
  readonly takenAt: string
  readonly stock: readonly {
    readonly sku: string
    readonly location: string
    /** Absent: the system does not tell stock apart by status. */
    readonly status?: string | undefined
    readonly lot?: string | undefined
    readonly quantity: string
    readonly uom: string
  }[]
  readonly next?: string
}

/** One thing that can be asked of the system. `ask` and `read` are pure. */
export interface Operation<S> {
  /** The command of the ledger that it carries out; absent for plain questions. */
  readonly command?: string
  readonly write: boolean
  readonly ask: (request: OperationRequest, settings: S) => Ask
  /** Parses the answer by schema and classifies it. Must not throw on any body. */
  readonly read: (reply: Reply, request: OperationRequest, settings: S) => Reading
  /** What a write without an answer needs (vendors.md §1). Required when `write`. */
  readonly idempotency?: Idempotency
  /** Questions for the read-back; required with strategy `read-back`. */
  readonly readBack?: {
    readonly ask: (request: OperationRequest, settings: S) => Ask
    readonly read: (reply: Reply, request: OperationRequest, settings: S) => ReadBack
  }
  /** Statuses that this target declares as definitive no-s or yes-es beyond the defaults (e.g. 503 answered before the work). */
  readonly definitive?: { readonly notDone?: readonly number[] }
  /** Secret settings that the request has to tell the target, e.g. the webhook secret when a webhook is registered. */
  readonly discloses?: readonly string[]
}

/** What is to be done or asked, in one attempt at it. */
export interface OperationRequest {
  readonly payload: unknown
  /** What the target stores and is found by; fits the length that the idempotency declares. */
  readonly externalReference: string
  readonly attempt: number
}

/** One HTTP request as data; the exchange authenticates, limits and sends it. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Appended to the base URL; starts with `/`. Or absolute, for subscribers. */
  readonly path?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How the body is encoded where it is not UTF-8, as files of older systems are not. */
  readonly encoding?: { readonly charset: Encoding; readonly byteOrderMark: boolean }
  readonly contentType?: string
  /** Sign the body on the way out (subscribers). */
  readonly sign?: Signing
}

/** Signs the body as it leaves, by Standard Webhooks 1.0, so that a subscriber can tell that it comes from us. */
export interface Signing {
  readonly scheme: 'standard-webhooks'
  readonly id: string
  /** `whsec_…` for v1, `whsk_…` for v1a; several during a rotation. */
  readonly secrets: readonly string[]
}

/** One HTTP answer, headers in lower case; `json` is undefined where the body is not JSON. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly json: unknown
}

/**
 * What an answer says became of it: `applied` done · `accepted` to be done later · `refused` never, as it stands ·
 * `retry` nothing was done, try again · `gone` nobody is there any more · `unclear` it may have been done.
 */
export type Reading =
  | {
      readonly outcome: 'applied'
      readonly documentReference?: string
      /** What a question is answered with. */
      readonly data?: unknown
      /** What a process that asked for a write learns of it: rates, numbers. Plain JSON, at most 64,000 characters. */
      readonly answer?: Readonly<Record<string, unknown>>
    }
  /** Done later; `lookAfterSeconds` is when to ask what became of it, where nobody will tell. */
  | { readonly outcome: 'accepted'; readonly reference?: string; readonly lookAfterSeconds?: number }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterSeconds?: number }
  | { readonly outcome: 'gone'; readonly reason: string }
  | { readonly outcome: 'unclear'; readonly reason: string }

/** What the target has under our reference; `equal` where it is what we wanted written, down to the content. */
export type ReadBack =
  | {
      readonly found: 'one'
      readonly documentReference: string
      readonly equal: boolean
      /** The same as the write would have been answered with. */
      readonly answer?: Readonly<Record<string, unknown>>
    }
  | { readonly found: 'none' }
  | { readonly found: 'many'; readonly documentReferences: readonly string[] }
  /** It is there, and the target does not want it. */
  | { readonly found: 'refused'; readonly reason: string }
  | { readonly found: 'unclear'; readonly reason: string }

/** What keeps a write from being done twice when its answer is lost (vendors.md §1); with `none`, a person looks. */
export type Idempotency =
  | { readonly strategy: 'native-key'; readonly retentionHours: number }
  | { readonly strategy: 'upsert-by-external-id' }
  | { readonly strategy: 'conditional' }
  | { readonly strategy: 'state-transition' }
  /** H: longest time an accepted request may still finish, L: lag of the endpoint that is read back; seconds. */
  | {
      readonly strategy: 'read-back'
      readonly field: string
      readonly horizonSeconds: number
      readonly lagSeconds: number
      readonly referenceLength?: number
    }
  | { readonly strategy: 'none' }
