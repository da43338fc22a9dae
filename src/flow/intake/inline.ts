import { RowRefused } from '../../backbone/backbone.ts'
import { type Fence, type Message, messageId, type NewFact, type NewMessage, type Step } from '../../backbone/step.ts'
import type { Folding } from '../advance/fold.ts'
import { foldLoaded } from '../advance/folding.ts'
import { mapWithPauses } from '../breath.ts'
import { heldBack } from '../paused.ts'
import type { StageStory } from '../stage.ts'
import { resolveCodes } from '../translate/resolve-codes.ts'
import { keysOf, translateMessage } from '../translate/translated.ts'
import {
  countOutcomes,
  foldingStories,
  planTranslation,
  type TranslationContext,
  type TranslationPlan,
  translationStories,
} from '../translate/translation.ts'
import type { Workplace } from '../workplace.ts'
import { type Prepared, unread } from './prepared.ts'
import type { Received } from './received.ts'

/** Everything that becomes of a batch, planned ahead of its commit. */
export interface InlinePlan {
  readonly step: Step
  readonly messages: readonly Message[]
  readonly translation: TranslationPlan
  readonly folding: Folding
}

/**
 * Intake, translate and advance of a batch as one step. Only where this node owns the partitions and nothing is under way in
 * them, so that every offset is known beforehand; undefined otherwise, and the batch takes the staged way, which is the meaning.
 * Must be called in turn. On success the caches already hold what the step will write. `prepared` is what was done of it before.
 */
export async function planInline(
  place: Workplace,
  batch: readonly Received[],
  prepared?: Prepared,
): Promise<InlinePlan | undefined> {
  if (!(await ready(place, batch))) return undefined
  const messages = numbered(place, batch)
  const at = place.clock.wall()
  const read = await mapWithPauses(place.breath(), messages, (message, index) => {
    const before = prepared?.translated[index]
    return before === undefined
      ? translateMessage(message, batch[index]?.connection, { reading: batch[index]?.reading })
      : { ...before, message }
  })
  // What was prepared says it in our codes already.
  const held = heldBack(place, read)
  const translated = prepared === undefined ? await resolveCodes(place, held) : held
  await place.identifiers.load(unread(place, keysOf(translated), prepared), place.backbone)
  const translation = planTranslation(translated, {
    known: place.identifiers.known,
    blocked: blockedKeys(place, messages),
    partitions: place.backbone.partitions,
    at,
    waitMs: place.ports.settings.waitingHours * 3_600_000,
  })
  const asserted = translation.facts.map(({ fact }) => fact)
  const folding = await foldLoaded(place, asserted, { at, foldDerived: true, created: translation.created })
  // From here to the commit nothing may be awaited: what was loaded would not have to be true any more.
  if (folding === undefined || !stillReady(place, messages)) return undefined
  const facts = [...translation.facts, ...folding.facts]
  const fences = plan(place, messages, facts)
  if (fences === undefined) return undefined
  place.keepStates(folding.held)
  place.identifiers.put(translation.identifiers)
  for (const [partition, parks] of Map.groupBy(translation.parks, ({ partition }) => partition)) {
    const tenure = place.translate[partition]
    if (tenure !== undefined) place.blocked[partition]?.add(parks, tenure)
  }
  return { step: stepOf({ fences, messages, translation, folding, facts }), messages, translation, folding }
}

/** What it came to, message by message and fact by fact. */
export function* inlineStories({ translation }: InlinePlan): Generator<StageStory> {
  yield* translationStories(translation)
  yield* foldingStories(translation.facts.map(({ fact }) => fact))
}

/** A step that the database refuses for its content goes the staged way: only the bytes are stored, translate isolates the culprit. */
export async function settled(
  commit: ReturnType<Workplace['commit']> | undefined,
): Promise<Awaited<ReturnType<Workplace['commit']>> | undefined> {
  try {
    return await commit
  } catch (error) {
    if (error instanceof RowRefused) return undefined
    throw error
  }
}

function stepOf(input: {
  fences: readonly Fence[]
  messages: readonly NewMessage[]
  translation: TranslationPlan
  folding: Folding
  facts: readonly NewFact[]
}): Step {
  const { fences, messages, translation, folding, facts } = input
  return {
    fences,
    inline: true,
    messages,
    facts,
    states: folding.states,
    identifiers: translation.identifiers,
    offers: folding.offers,
    effects: folding.effects,
    timers: folding.timers,
    parks: translation.parks,
    corrections: translation.corrections,
    counts: countOutcomes(translation),
  }
}

/** Owns every partition of the inbox that the batch needs, and nothing is in flight whose offsets only the database knows. */
async function ready(place: Workplace, batch: readonly Received[]): Promise<boolean> {
  if (!place.ports.settings.inline || place.appending > 0) return false
  const mono = place.clock.mono()
  for (const { connection } of batch) {
    const tenure = place.translate[connection.partition]
    if (tenure?.usable(mono) !== true || place.preparedIn[connection.partition] !== tenure.generation) return false
  }
  if (place.inboxHeads.some((head) => head === -2) || place.factHeads.some((head) => head === -2))
    await place.refreshHeads()
  return batch.every(
    ({ connection }) => place.translate[connection.partition]?.planned === place.inboxHeads[connection.partition],
  )
}

/** The same, without asking anybody: the messages would still get the offsets that they were numbered with. */
function stillReady(place: Workplace, messages: readonly Message[]): boolean {
  const mono = place.clock.mono()
  const seen = new Set<number>()
  return messages.every(({ partition, offset }) => {
    if (seen.has(partition)) return true
    seen.add(partition)
    const tenure = place.translate[partition]
    const head = place.inboxHeads[partition]
    return (
      place.appending === 0 &&
      tenure?.usable(mono) === true &&
      place.preparedIn[partition] === tenure.generation &&
      tenure.planned === head &&
      offset === tenure.planned + 1
    )
  })
}

/** Messages with the offsets that they will get. */
function numbered(place: Workplace, batch: readonly Received[]): Message[] {
  const next = new Map<number, number>()
  return batch.map(({ connection, message }) => {
    const offset = next.get(connection.partition) ?? (place.inboxHeads[connection.partition] ?? -1) + 1
    next.set(connection.partition, offset + 1)
    return { ...message, offset, id: messageId(connection.partition, offset) }
  })
}

function blockedKeys(place: Workplace, messages: readonly Message[]): TranslationContext['blocked'] {
  const partitions = new Set(messages.map(({ partition }) => partition))
  return { has: (key) => partitions.values().some((partition) => place.blocked[partition]?.has(key) === true) }
}

/** The fences; undefined when a log partition that the facts need is not ours or not at its head. Moves the heads on. */
function plan(place: Workplace, messages: readonly Message[], facts: readonly NewFact[]): Fence[] | undefined {
  const mono = place.clock.mono()
  const factCounts = countBy(facts)
  for (const partition of factCounts.keys()) {
    const tenure = place.advance[partition]
    if (tenure?.usable(mono) !== true || tenure.planned !== place.factHeads[partition]) return undefined
  }
  const fences: Fence[] = []
  for (const [partition, count] of countBy(messages)) {
    const tenure = place.translate[partition]
    if (tenure === undefined) return undefined
    fences.push(tenure.plan(count))
    place.inboxHeads[partition] = tenure.planned
  }
  for (const [partition, count] of factCounts) {
    const tenure = place.advance[partition]
    if (tenure === undefined) return undefined
    fences.push(tenure.plan(count))
    place.factHeads[partition] = tenure.planned
  }
  return fences
}

function countBy(rows: readonly { readonly partition: number }[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { partition } of rows) counts.set(partition, (counts.get(partition) ?? 0) + 1)
  return counts
}
