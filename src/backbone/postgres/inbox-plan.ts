import type { NewMessage } from '../step.ts'
import { encodeSegment } from './segment.ts'
import { type Spread, spread } from './spread.ts'

/** New messages as rows of the inbox. */
export interface InboxPlan {
  readonly messages: readonly NewMessage[]
  /** What each is known by in the index of duplicates. */
  readonly keys: readonly string[]
  readonly spread: Spread
  readonly segments: readonly PlannedSegment[]
}

/** A row to be of the inbox; `from` and `until` bound when its messages were received, ms since 1970. */
export interface PlannedSegment {
  /** Place of its partition in the spread, from 1. */
  readonly place: number
  /** Number of its first message within the partition. */
  readonly rank: number
  readonly count: number
  readonly from: number
  readonly until: number
  readonly bytes: Uint8Array
}

/** A document this large gets a row of its own, so that reading its neighbours does not drag it along. */
const largeBytes = 64 * 1024
/** Messages and bytes of one row. */
const segmentMessages = 1000
const segmentBytes = 1024 * 1024

/** Packs messages by partition, in the order in which they were given; `keys` are theirs, in the same order. */
export function planInbox(messages: readonly NewMessage[], keys: readonly string[]): InboxPlan {
  const to = spread(messages)
  const segments: PlannedSegment[] = []
  to.partitions.forEach((partition, index) => {
    const own = to.partitions.length === 1 ? messages : messages.filter((message) => message.partition === partition)
    let rank = 0
    for (const part of split(own)) {
      let from = Number.POSITIVE_INFINITY
      let until = Number.NEGATIVE_INFINITY
      for (const { receivedAt } of part) {
        if (receivedAt < from) from = receivedAt
        if (receivedAt > until) until = receivedAt
      }
      segments.push({ place: index + 1, rank, count: part.length, from, until, bytes: encodeSegment(part) })
      rank += part.length
    }
  })
  return { messages, keys, spread: to, segments }
}

function* split(messages: readonly NewMessage[]): Generator<readonly NewMessage[]> {
  let part: NewMessage[] = []
  let bytes = 0
  for (const message of messages) {
    const size = message.body.length
    if (part.length > 0 && (size > largeBytes || part.length >= segmentMessages || bytes + size > segmentBytes)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(message)
    bytes += size
    if (size > largeBytes) {
      yield part
      part = []
      bytes = 0
    }
  }
  if (part.length > 0) yield part
}
