import { holdsItsKey, type Park } from '../../backbone/step.ts'
import type { Workplace } from '../workplace.ts'
import { blockedFor, keyLimit, type Released } from './stored.ts'
import { blockKey, type TranslationContext } from './translation.ts'

/** Released messages that are translated at a time: a mapping may let go thousands. */
export const releasedAtOnce = 100

/** Released messages that can be translated together, in order, and the keys that hold some of them back. */
export interface ReleaseBatch {
  readonly released: readonly Released[]
  readonly blocked: TranslationContext['blocked']
}

/**
 * Of one key only those from its first parked message on, without a gap: what is not released in between must not be overtaken. Whatever
 * else is released comes with a later batch, alone at last, and waits behind it then.
 */
export async function releaseBatch(place: Workplace, all: readonly Released[]): Promise<ReleaseBatch> {
  const [first] = all
  if (first === undefined) return { released: [], blocked: new Set() }
  const reused = all.findIndex(({ park }) => park.code === 'IDENTITY_REUSED')
  if (reused === 0) return { released: [first], blocked: await blockedFor(place, first) }
  const plain = reused < 0 ? all : all.slice(0, reused)
  const blocked = new Set<string>()
  const taken = new Set<string>()
  const byKey = Map.groupBy(plain, ({ park }) => blockKey(park))
  await Promise.all(
    [...byKey].map(async ([key, list]) => {
      const [{ park } = first] = list
      const inOrder = key === undefined ? list.map(({ message }) => message.id) : await prefix(place, park, list)
      if (inOrder.length === 0 && key !== undefined) blocked.add(key)
      for (const id of inOrder.length === 0 ? [park.message] : inOrder) taken.add(id)
    }),
  )
  return { released: plain.filter(({ message }) => taken.has(message.id)), blocked }
}

async function prefix(
  place: Workplace,
  { connection, orderKey }: Pick<Park, 'connection' | 'orderKey'>,
  list: readonly Released[],
): Promise<readonly string[]> {
  if (orderKey === undefined) return []
  const released = new Set(list.map(({ message }) => message.id))
  const holding = (await place.backbone.parked({ connection, orderKey, limit: keyLimit })).filter(holdsItsKey)
  const gap = holding.findIndex(({ message }) => !released.has(message))
  const inOrder = (gap < 0 ? holding : holding.slice(0, gap)).map(({ message }) => message)
  // One that waits for its parent holds nothing back and is held by what stands before it.
  const [head] = list
  return holding.length === 0 && head !== undefined ? [head.message.id] : inOrder
}

/** Whose followers may go on: of each key that is through, one. */
export function throughKeys(released: readonly Released[], parks: readonly Pick<Park, 'message'>[]): readonly Park[] {
  const failed = new Set(parks.map(({ message }) => message))
  const byKey = Map.groupBy(released, ({ park }) => blockKey(park))
  return [...byKey].flatMap(([key, list]) =>
    key === undefined || list.some(({ message }) => failed.has(message.id))
      ? []
      : list.slice(0, 1).map(({ park }) => park),
  )
}
