import type { MessageHead } from '../../backbone/look-back.ts'
import { countParts } from '../../backbone/parts-of.ts'
import { type Park, takenInParts } from '../../backbone/step.ts'
import type { TenantBackbone } from '../../backbone/tenant-backbone.ts'

/** What can have become of a message. */
export const messageStatuses = ['pending', 'applied', 'ignored', 'parked'] as const

/** One of these words; undecided and without a fact are told apart, because the one may still become something. */
export type MessageStatus = (typeof messageStatuses)[number]

/** Whether a message waits for nobody: it is being taken in parts. */
export function isTaken(park: Pick<Park, 'code'> | undefined): boolean {
  return park?.code === takenInParts
}

/** How many parts of a message are stored; only large ones have any. */
export async function partsIn(
  backbone: Pick<TenantBackbone, 'known'>,
  head: Pick<MessageHead, 'id' | 'tenant' | 'connection' | 'bytes'>,
): Promise<number> {
  return head.bytes > partedAbove ? countParts(backbone, head) : 0
}

/** No smaller message is taken in parts, whatever the connector. */
const partedAbove = 64 * 1024

/** What became of a message, judged alike on its page and in lists. */
export function statusOf(of: {
  readonly park: Pick<Park, 'code'> | undefined
  readonly pending: boolean
  readonly facts: number
  /** How many parts of it are stored. */
  readonly parts: number
}): MessageStatus {
  // What its last parts say is not known yet.
  if (isTaken(of.park)) return 'pending'
  if (of.park !== undefined) return 'parked'
  if (of.facts > 0 || of.parts > 0) return 'applied'
  return of.pending ? 'pending' : 'ignored'
}

/** What became of one message of a list. */
export interface Outcome {
  readonly status: MessageStatus
  /** Objects that its facts are about. */
  readonly subjects: readonly string[]
}

const factsMost = 20
const subjectsMost = 5
/** Messages whose facts are read side by side: connections to the database are few. */
const sideBySide = 4

/** Messages of these that wait, by id. */
export async function parksOf(
  backbone: Pick<TenantBackbone, 'parked'>,
  heads: readonly MessageHead[],
): Promise<ReadonlyMap<string, Park>> {
  if (heads.length === 0) return new Map()
  const found = await backbone.parked({ messages: heads.map(({ id }) => id), limit: heads.length })
  return new Map(found.map((park) => [park.message, park]))
}

/** What became of these messages, by id. */
export async function outcomesOf(
  backbone: Pick<TenantBackbone, 'factsOf' | 'known'>,
  heads: readonly MessageHead[],
  known: { readonly parks: ReadonlyMap<string, Park>; readonly translated: ReadonlyMap<number, number> },
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const left = heads.values()
  const work = async (): Promise<void> => {
    for (const head of left) {
      const { id, partition, offset } = head
      const facts = await backbone.factsOf(id, factsMost)
      const parts = facts.length > 0 ? 0 : await partsIn(backbone, head)
      const pending = offset > (known.translated.get(partition) ?? -1)
      outcomes.set(id, {
        status: statusOf({ park: known.parks.get(id), pending, facts: facts.length, parts }),
        subjects: [...new Set(facts.map(({ fact }) => fact.subject))].slice(0, subjectsMost),
      })
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work))
  return outcomes
}
