import { holdsItsKey, type Message, type Park } from '../../backbone/step.ts'
import { conflictHeader, correctionHeader } from '../intake/received.ts'
import type { Workplace } from '../workplace.ts'
import { type Translated, type TranslationWishes, translateMessage } from './translated.ts'
import type { TranslationContext } from './translation.ts'

/** A parked message that somebody released. */
export interface Released {
  readonly message: Message
  readonly park: Park
}

/** A message as it is on the log; throws StillReading for a large one. A replayed copy has no bytes of its own: those of the original, or of its correction, are translated. */
export async function translateStored(
  place: Workplace,
  message: Message,
  wishes: TranslationWishes = {},
): Promise<Translated> {
  const connection = await place.connection(message.connection)
  if (message.replayOf === undefined)
    return place.large.translate(message, connection, { ...wishes, inParts: place.ports.inParts !== undefined })
  const original = await place.backbone.message(message.replayOf)
  if (original === undefined) return translateMessage(message, connection, { receipts: false })
  const { body, contentType, headers, receivedAt } = (await corrected(place, original)) ?? original
  return place.large.translate({ ...message, body, contentType, headers, receivedAt }, connection, { receipts: false })
}

/**
 * As `translateStored`, a message that is translated again because somebody decided so: from the corrected bytes where there are some. A reused identity
 * that was released is a message of its own.
 */
export async function translateReleased(place: Workplace, { message, park }: Released): Promise<Translated> {
  const correction = await corrected(place, message)
  if (correction !== undefined)
    return place.large.translate(correction, await place.connection(message.connection), {
      receipts: false,
      attempt: park.attempts,
    })
  const isDecided = park.code === 'IDENTITY_REUSED'
  const decided = isDecided ? { ...message, headers: own(message.headers) } : message
  // Its receipt may be what failed. The sender of a reused identity was told so, whatever we decide about the content.
  return translateStored(place, decided, { receipts: !isDecided, attempt: park.attempts })
}

/** What a replay of this message will be translated from. */
export async function translateAgain(place: Workplace, message: Message): Promise<Translated> {
  const [bytes, connection] = [(await corrected(place, message)) ?? message, await place.connection(message.connection)]
  return place.large.translateInTime(bytes, connection, { receipts: false })
}

/**
 * Keys that hold a released message back. Its own does when an earlier one of it is parked: somebody released one from the middle, or
 * the first was released with those behind it and failed again. A reused identity had no place there so far.
 */
export async function blockedFor(
  place: Workplace,
  { message, park }: Released,
): Promise<TranslationContext['blocked']> {
  if (park.code === 'IDENTITY_REUSED') return place.blocked[message.partition] ?? new Set()
  const { connection, orderKey } = park
  if (orderKey === undefined) return new Set()
  const parked = await place.backbone.parked({ connection, orderKey, limit: keyLimit })
  const first = parked.find(holdsItsKey)
  return new Set(first === undefined || first.message === message.id ? [] : [`${connection} ${orderKey}`])
}

/** Parked messages of one key that are looked at; they come in their order, so that the first are there. */
export const keyLimit = 200

async function corrected(place: Workplace, message: Message): Promise<Message | undefined> {
  const by = await place.backbone.correctionOf(message.id)
  const found = by === undefined ? undefined : await place.backbone.message(by)
  if (found === undefined) return undefined
  const { body, contentType, headers } = found
  return { ...message, body, contentType, headers: own(headers) }
}

/** Without what intake noted beside the sender's own headers. */
function own(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { [conflictHeader]: _, [correctionHeader]: __, ...others } = headers
  return others
}
