import type { Backbone } from '../../backbone/backbone.ts'
import { isDocument } from '../../model/documents/transitions.ts'
import type { Fact } from '../../model/fact.ts'
import type { Translated } from './translated.ts'

/** What messages said of documents when they first came: by the id of the message, each fact as one text. */
export type ToldBefore = ReadonlyMap<string, ReadonlySet<string>>

/** Most facts of one message that are compared; what is beyond counts as new. */
const factsMost = 10_000

/**
 * What the originals of replayed messages have said already. Only of documents, whose newest report counts: told again, an old one would
 * take back what came after it. Scans and movements are known by themselves, however often they come.
 */
export async function toldBefore(
  backbone: Pick<Backbone, 'factsOf'>,
  translated: readonly Pick<Translated, 'message' | 'translation'>[],
): Promise<ToldBefore> {
  const originals = translated.flatMap(({ message, translation }) =>
    'assertions' in translation && translation.assertions.some(({ about }) => isDocument(about.entity))
      ? [message.replayOf ?? message.id]
      : [],
  )
  const told = await Promise.all(
    originals.map(async (original) => [original, textsOf(await backbone.factsOf(original, factsMost))] as const),
  )
  return new Map(told)
}

/** The fact as it is compared: about what, when, and what is said. */
export function textOf({
  type,
  subject,
  occurredAt,
  data,
}: Pick<Fact, 'type' | 'subject' | 'occurredAt' | 'data'>): string {
  return `${type} ${subject} ${occurredAt ?? ''} ${JSON.stringify(data)}`
}

/** What could not be folded then is not known yet. */
function textsOf(rows: readonly { readonly fact: Fact }[]): ReadonlySet<string> {
  const facts = rows.map(({ fact }) => fact)
  const failed = new Set(
    facts.filter(({ type }) => type === 'hub.fold_failed').map(({ data }) => (data as { fact: string }).fact),
  )
  return new Set(facts.filter(({ id }) => !failed.has(id)).map(textOf))
}
