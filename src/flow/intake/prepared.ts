import { resolveCodes } from '../translate/resolve-codes.ts'
import { keysOf, type Translated } from '../translate/translated.ts'
import type { Workplace } from '../workplace.ts'

/** What was done for a batch before its turn. */
export interface Prepared {
  /** In the order of the batch; the messages have no place in the log yet. */
  readonly translated: readonly Translated[]
  /** Identifiers that nobody had claimed. One that somebody claims meanwhile is in the cache, or makes the step fail. */
  readonly unclaimed: ReadonlySet<string>
  /** What `unclaimed` was read under: while it stands, claims of this node are in the cache. */
  readonly generations: string
}

/** Has at hand what a batch is about, as far as it is known. */
export async function prepareInline(place: Workplace, read: readonly Translated[]): Promise<Prepared> {
  const translated = await resolveCodes(place, read)
  const generations = generationsOf(place)
  const keys = keysOf(translated)
  await place.identifiers.load(keys, place.backbone)
  const known = keys.map((key) => place.identifiers.known(key))
  await place.loadStates([...new Set(known.flat().map(({ subject }) => subject))])
  return { translated, unclaimed: new Set(keys.filter((_, at) => known[at]?.length === 0)), generations }
}

/** Identifiers that still have to be read: those that nobody had claimed need not be, unless a partition changed hands since. */
export function unread(place: Workplace, keys: readonly string[], prepared: Prepared | undefined): readonly string[] {
  if (prepared === undefined || prepared.generations !== generationsOf(place)) return keys
  return keys.filter((key) => !prepared.unclaimed.has(key))
}

function generationsOf({ translate }: Workplace): string {
  return translate.map(({ generation }) => generation).join(' ')
}
