import type { AuditEntry } from '../../backbone/audit.ts'
import type { Lane } from '../../backbone/step.ts'
import { hasUnstorableCharacter } from '../../base/json.ts'
import { limits } from '../../base/limits.ts'
import { shortHash } from '../../base/sha256.ts'
import type { Identity } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'
import type { PartTranslation } from '../translate/part-translation.ts'
import { type PartKind, type Received, repetitionHeader } from './received.ts'

/** What the door knows about an input besides its bytes. */
export interface Arrival {
  readonly connection: Connection
  readonly body: Uint8Array
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly trace: string
  readonly lane?: Lane
  /** Given by the transport (CloudEvents source and id, Idempotency-Key, Message-ID); wins over what the connector finds. */
  readonly identity?: string
  readonly orderKey?: string
  readonly replayOf?: string
  /** These are the corrected bytes of a parked message, which keeps its place. */
  readonly corrects?: string
  /** The body holds assertions that the hub itself makes, as JSON. */
  readonly asserts?: true
  /** Of several who say this at the same moment the first counts. The others hear that it was another one, and nothing is parked. */
  readonly isContested?: true
  /** A piece of a file that is too large for one message. Needs an identity. */
  readonly part?: PartKind
  /** What the connector finds in the bytes, where somebody has asked it already. */
  readonly found?: Identity
  /** What the part means, where it was found already. */
  readonly translation?: PartTranslation
  /** What the audit log says about it, where a person wrote it. */
  readonly audit?: AuditEntry
}

/** Not what people and the hub itself say about what was taken in before, and not the rest of a large file. */
export function isNewWork({ corrects, replayOf, asserts, part }: Arrival): boolean {
  return [corrects, replayOf, asserts, part].every((one) => one === undefined)
}

/** The same bytes again from a sender that waits for an answer in its own protocol; not our own doing. */
export function isAnswered(arrival: Arrival): boolean {
  return isNewWork(arrival) && arrival.connection.connector.inbound?.repetitions === 'answered'
}

/** Numbers of a protocol that answers repetitions tell more than the name of a file or the key of a request. */
export function identityFor(arrival: Arrival, found: string | undefined): string | undefined {
  return isAnswered(arrival) ? (found ?? arrival.identity) : (arrival.identity ?? found)
}

/** Stored once more under an identity of its own, for its receipt alone; `of` is the message that had the same bytes first. */
export function repetition(received: Received, of: string): Received {
  const { receivedAt, headers } = received.message
  const message = {
    ...received.message,
    identity: `repetition:${of}:${receivedAt}`,
    headers: { ...headers, [repetitionHeader]: of },
  }
  return { ...received, message }
}

/** A key that is too long or that no database text can hold goes by its hash: equal ones stay equal, and it holds up nobody else's batch. */
export function storable(key: string): string {
  return key.length > limits.identityCharacters || hasUnstorableCharacter(key) ? `long:${shortHash(key)}` : key
}
