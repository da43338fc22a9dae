import type { MessageHead } from '../../backbone/look-back.ts'
import type { Park } from '../../backbone/step.ts'
import type { TenantBackbone } from '../../backbone/tenant-backbone.ts'

/** What can have become of a message. */
export const messageStatuses = ['pending', 'applied', 'ignored', 'parked'] as const

/** One of these words; undecided and without a fact are told apart, because the one may still become something. */
export type MessageStatus = (typeof messageStatuses)[number]

/** What became of a message, judged alike on its page and in lists. */
export function statusOf(of: {
  readonly parked: boolean
  readonly pending: boolean
  readonly facts: number
}): MessageStatus {
  if (of.parked) return 'parked'
  if (of.facts > 0) return 'applied'
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
  backbone: Pick<TenantBackbone, 'factsOf'>,
  heads: readonly MessageHead[],
  known: { readonly parks: ReadonlyMap<string, Park>; readonly translated: ReadonlyMap<number, number> },
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const left = heads.values()
  const work = async (): Promise<void> => {
    for (const { id, partition, offset } of left) {
      const facts = await backbone.factsOf(id, factsMost)
      const pending = offset > (known.translated.get(partition) ?? -1)
      outcomes.set(id, {
        status: statusOf({ parked: known.parks.has(id), pending, facts: facts.length }),
        subjects: [...new Set(facts.map(({ fact }) => fact.subject))].slice(0, subjectsMost),
      })
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, work))
  return outcomes
}
