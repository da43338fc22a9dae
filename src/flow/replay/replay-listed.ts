import { partsOf } from '../../backbone/parts-of.ts'
import type { Message } from '../../backbone/step.ts'
import type { Workplace } from '../workplace.ts'
import type { ReplayProgress } from './replay.ts'

/** The next messages of a replay, and where it goes on behind them. */
export interface Batch {
  readonly messages: readonly Message[]
  /** Messages that were looked at, meant or not. */
  readonly looked: number
  /** Messages in between that are no more. */
  readonly missing?: number
  readonly position: number
  readonly after?: string
  /** Where to go on in a message that was taken in parts, and by how many messages its parts are more. */
  readonly part?: number
  readonly parts?: number
}

interface Wanted {
  readonly progress: ReplayProgress
  readonly most: number
}

/** Whether a message was taken in parts: these are in the inbox behind it, and are replayed in its place. */
export async function isInParts(place: Workplace, message: Message): Promise<boolean> {
  const large = place.ports.connections().get(message.connection)?.connector.inbound?.large
  if (large === undefined || message.body.length <= large.bytesAbove) return false
  return (await partsOf(place.backbone, message, { from: 0, most: 1 })).length > 0
}

/** The next ones of a list, up to one that was taken in parts, or some parts of that one. */
export async function listed(place: Workplace, ids: readonly string[], { progress, most }: Wanted): Promise<Batch> {
  const { backbone } = place
  const from = progress.position + 1
  const asked = ids.slice(from, from + most)
  const all = await Promise.all(asked.map((id) => backbone.message(id)))
  const inParts = await Promise.all(all.map(async (one) => one !== undefined && (await isInParts(place, one))))
  const [first] = all
  if (first !== undefined && inParts[0] === true) return partsFrom(place, first, { progress, most })
  const end = inParts.indexOf(true)
  const found = end < 0 ? all : all.slice(0, end)
  const messages = found.filter((message) => message !== undefined)
  return {
    messages,
    looked: found.length,
    position: from + found.length - 1,
    missing: found.length - messages.length,
  }
}

async function partsFrom(place: Workplace, message: Message, { progress, most }: Wanted): Promise<Batch> {
  const { position, part: from = 0 } = progress
  const { backbone } = place
  const ids = await partsOf(backbone, message, { from, most })
  const found = await Promise.all(ids.map((id) => backbone.message(id)))
  const messages = found.filter((one) => one !== undefined)
  const isOver = ids.length < most
  return {
    messages,
    looked: ids.length,
    missing: ids.length - messages.length,
    position: isOver ? position + 1 : position,
    part: isOver ? 0 : from + ids.length,
    // One of the list became so many.
    parts: ids.length - (isOver ? 1 : 0),
  }
}
