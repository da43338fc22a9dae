import type { Backbone } from './backbone.ts'
import type { Message } from './step.ts'

/** Identity of a part, by the id of the message that it was cut from. A second attempt comes to the same. */
export function partIdentity(message: string, index: number): string {
  return `part-of:${message}:${index}`
}

type Whole = Pick<Message, 'id' | 'tenant' | 'connection'>

/** Ids of the parts of a message from one on, in their order, at most so many; none where it was not taken in parts. */
export async function partsOf(
  backbone: Pick<Backbone, 'known'>,
  whole: Whole,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly string[]> {
  const ids = await look(
    backbone,
    whole,
    Array.from({ length: most }, (_, at) => from + at),
  )
  const end = ids.indexOf(undefined)
  return (end < 0 ? ids : ids.slice(0, end)).flatMap((id) => id ?? [])
}

/** How many parts of a message are stored. They are stored in their order, so that a few looks tell. */
export async function countParts(backbone: Pick<Backbone, 'known'>, whole: Whole): Promise<number> {
  // There are as many as `least`, and fewer than `beyond`.
  let [least, beyond] = [0, partsMost]
  while (beyond - least > 1) {
    const stride = Math.max(1, Math.ceil((beyond - least) / looksAtOnce))
    const numbers: number[] = []
    for (let number = least + 1; number < beyond; number += stride) numbers.push(number)
    // The nth is there where there are as many as n.
    const ids = await look(
      backbone,
      whole,
      numbers.map((number) => number - 1),
    )
    const first = ids.indexOf(undefined)
    least = numbers[(first < 0 ? ids.length : first) - 1] ?? least
    beyond = first < 0 ? beyond : (numbers[first] ?? beyond)
  }
  return least
}

async function look(
  backbone: Pick<Backbone, 'known'>,
  { id, tenant, connection }: Whole,
  indexes: readonly number[],
): Promise<readonly (string | undefined)[]> {
  const asked = indexes.map((index) => ({ tenant, connection, identity: partIdentity(id, index), bodyHash: noHash }))
  return (await backbone.known(asked)).map((one) => one?.id)
}

/** It is not asked what they say. */
const noHash = '0'.repeat(64)
/** A message has no more bytes than some ten thousand parts. */
const partsMost = 65_536
const looksAtOnce = 32
