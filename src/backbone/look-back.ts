import type { Message } from './step.ts'

/** A message as it is listed: everything but its body and the headers that it came with. */
export interface MessageHead extends Omit<Message, 'body' | 'headers' | 'audit'> {
  /** Of its body. */
  readonly bytes: number
}

/** Most that is read at once. One stored row is read whatever its size. */
export interface LookBackMost {
  /** Stored rows; one holds 1 to 1,000 messages. */
  readonly rows: number
  /** As they are stored, packed. */
  readonly bytes: number
}

/** A part of one partition of the inbox, read backwards. */
export interface LookedBack {
  /** The newest first. */
  readonly heads: readonly MessageHead[]
  /** Where to go on: everything from this offset on was read. 0: there is nothing older. */
  readonly before: number
  /** Messages that were read, whoever they belong to. */
  readonly read: number
  /** When the earliest received of these was received, ms since 1970; absent when none was read. */
  readonly since?: number
}

/** What was read of a partition, as it is told. */
export function lookedBack(messages: readonly Message[], before: number): LookedBack {
  const heads = messages.map(headOf).toReversed()
  const since = Math.min(...heads.map(({ receivedAt }) => receivedAt))
  return { heads, before, read: heads.length, ...(heads.length === 0 ? {} : { since }) }
}

function headOf(message: Message): MessageHead {
  const { body, headers: _, audit: __, ...rest } = message
  return { ...rest, bytes: body.length }
}
