import { type Message, messageId, type NewMessage } from '../step.ts'
import { pack, takeScratch, unpack } from './packed.ts'

/**
 * The bytes of one row of the inbox: the messages one after another, packed, each as its description in JSON and its body, both
 * with a 32-bit length before them.
 */
export function encodeSegment(messages: readonly NewMessage[]): Uint8Array {
  const heads = messages.map(describe)
  let size = 0
  messages.forEach(({ body }, index) => {
    // A character takes three bytes at most.
    size += 8 + (heads[index]?.length ?? 0) * 3 + body.length
  })
  const plain = takeScratch(size)
  let at = 0
  messages.forEach(({ body }, index) => {
    const length = plain.write(heads[index] ?? '', at + 4, 'utf8')
    at = plain.writeUInt32BE(length, at) + length
    at = plain.writeUInt32BE(body.length, at)
    plain.set(body, at)
    at += body.length
  })
  return pack(plain.subarray(0, at))
}

/** A row of the inbox: `count` messages from the offset `first` on. */
export interface StoredSegment {
  readonly partition: number
  readonly first: number
  readonly count: number
  /** Entries that count; absent when all do. */
  readonly members?: readonly number[]
  readonly bytes: Buffer
}

/** The messages of a row with their offsets. Throws when the bytes do not hold what the row says. */
export function decodeSegment({ partition, first, count, members, bytes }: StoredSegment): Message[] {
  const plain = unpack(bytes)
  const wanted = members === undefined ? undefined : new Set(members)
  const messages: Message[] = []
  let at = 0
  const next = (): Buffer => {
    const length = plain.readUInt32BE(at)
    const part = plain.subarray(at + 4, at + 4 + length)
    at += 4 + length
    return part
  }
  for (let entry = 0; at < plain.length; entry++) {
    const head = next()
    const body = next()
    if (wanted !== undefined && !wanted.has(entry)) continue
    const offset = first + messages.length
    messages.push({
      ...readDescription(head),
      partition,
      body: new Uint8Array(body),
      offset,
      id: messageId(partition, offset),
    })
  }
  if (messages.length !== count)
    throw new Error(`segment ${partition}-${first} holds ${messages.length} messages instead of ${count}`)
  return messages
}

type Description = Omit<NewMessage, 'partition' | 'body'>

/** An array instead of an object: names would cost more than values. */
function describe(message: NewMessage): string {
  const { tenant, connection, lane, identity, bodyHash, orderKey, receivedAt, contentType, headers, trace, replayOf } =
    message
  return JSON.stringify([
    tenant,
    connection,
    lane,
    identity,
    bodyHash,
    orderKey,
    receivedAt,
    contentType,
    headers,
    trace,
    replayOf,
  ])
}

type Row = readonly [
  string,
  string,
  NewMessage['lane'],
  string,
  string,
  string | null,
  number,
  string,
  Readonly<Record<string, string>>,
  string,
  string | null,
]

function readDescription(head: Buffer): Description {
  // Written by `describe` of this or the previous release, never by anybody outside.
  const row = JSON.parse(head.toString('utf8')) as Row
  const [tenant, connection, lane, identity, bodyHash, orderKey, receivedAt, contentType, headers, trace, replayOf] =
    row
  return {
    tenant,
    connection,
    lane,
    identity,
    bodyHash,
    receivedAt,
    contentType,
    headers,
    trace,
    ...(orderKey === null ? {} : { orderKey }),
    ...(replayOf === null ? {} : { replayOf }),
  }
}
