import { holdsItsKey, type Message, type Park, takenInParts, type Unpark } from '../../backbone/step.ts'
import { readyOnes, StillReading } from '../intake/large-documents.ts'
import { heldBack } from '../paused.ts'
import { StageWatch } from '../stage.ts'
import type { Tenure } from '../tenure.ts'
import type { Workplace } from '../workplace.ts'
import { BlockedKeys } from './blocked-keys.ts'
import { followParents } from './release.ts'
import { releaseBatch, releasedAtOnce, throughKeys } from './release-batch.ts'
import { resolveCodes } from './resolve-codes.ts'
import { keyLimit, type Released, translateReleased, translateStored } from './stored.ts'
import { toldBefore } from './told-before.ts'
import { keysOf, type Translated } from './translated.ts'
import {
  countOutcomes,
  planTranslation,
  type TranslationContext,
  type TranslationPlan,
  translationStories,
} from './translation.ts'
import { reportTranslation } from './translation-report.ts'

/**
 * One partition of the inbox, read in order: bytes → facts. A message that cannot be translated is parked with a reason and holds
 * back its key; the rest goes on. Returns whether there was anything to do.
 */
export function translateRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  return place.large.between(() => translateNext(place, tenure))
}

async function translateNext(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono())) return false
  const done = await place.turn.take()
  const watch = new StageWatch(place)
  let commit: ReturnType<Workplace['commit']> | undefined
  let plan: TranslationPlan | undefined
  try {
    const generation = await prepare(place, tenure)
    if (generation === undefined) return true
    const messages = tenure.usable(place.clock.mono()) ? await next(place, tenure) : []
    if (messages.length === 0) return false
    const translated = await translateAll(place, messages)
    plan = await planBatch(place, translated, place.blocked[tenure.partition] ?? new BlockedKeys())
    const isOurs = tenure.generation === generation
    const fence = isOurs ? tenure.planRows(messages.slice(0, translated.length)) : undefined
    if (fence === undefined) return true
    place.identifiers.put(plan.identifiers)
    place.blocked[tenure.partition]?.add(plan.parks, tenure)
    const { facts, identifiers, parks, corrections } = plan
    commit = place.commit({ fences: [fence], facts, identifiers, parks, corrections, counts: countOutcomes(plan) })
  } finally {
    done()
  }
  const result = await commit
  if (result.outcome === 'committed') {
    watch.end('translate', laneOf(plan), () => translationStories(plan))
    await settle(place, plan)
  }
  return true
}

/** Messages that somebody released, in order. Translated again with today's map; what fails again stays parked. */
export function releaseRound(place: Workplace, tenure: Tenure): Promise<boolean> {
  return place.large.between(() => translateReleasedOnes(place, tenure))
}

async function translateReleasedOnes(place: Workplace, tenure: Tenure): Promise<boolean> {
  if (!tenure.usable(place.clock.mono())) return false
  if (!place.shouldLook(`release ${tenure.partition}`, 0, 0)) return false
  const done = await place.turn.take()
  const watch = new StageWatch(place)
  let commit: ReturnType<Workplace['commit']> | undefined
  let plan: TranslationPlan | undefined
  let released: readonly Released[] = []
  try {
    const generation = await prepare(place, tenure)
    if (generation === undefined) return true
    const waiting = tenure.usable(place.clock.mono())
      ? await place.backbone.released(tenure.partition, releasedAtOnce)
      : []
    if (waiting.length === 0) return false
    const batch = await releaseBatch(place, waiting)
    // The next round looks again: where a large one is read meanwhile, all of them are still there.
    place.look()
    const translated = await readyOnes(batch.released, (one) => translateReleased(place, one))
    released = batch.released.slice(0, translated.length)
    plan = await planBatch(place, translated, batch.blocked)
    if (tenure.generation !== generation) return true
    const fence = tenure.plan(0)
    place.identifiers.put(plan.identifiers)
    place.blocked[tenure.partition]?.add(plan.parks, tenure)
    const { facts, identifiers, parks } = plan
    commit = place.commit({ fences: [fence], facts, identifiers, parks, unparks: unparksOf(plan) })
  } finally {
    done()
  }
  const result = await commit
  place.look()
  if (result.outcome !== 'committed') return true
  watch.end('translate', laneOf(plan), () => translationStories(plan))
  for (const { message, outcome } of plan.outcomes)
    place.signals.messageReleased({ connection: message.connection, message: message.id, outcome })
  for (const park of throughKeys(released, plan.parks)) await releaseFollowers(place, tenure, park)
  await settle(place, plan)
  return true
}

/** After the head of a key is through, those that waited behind it may try, up to the next that has a reason of its own. */
export async function releaseFollowers(
  place: Workplace,
  tenure: Tenure,
  head: Pick<Park, 'orderKey' | 'connection'>,
): Promise<void> {
  if (head.orderKey === undefined) return
  const filter = { connection: head.connection, orderKey: head.orderKey }
  const forget = place.blocked[tenure.partition]?.forgetter(`${head.connection} ${head.orderKey}`, tenure)
  const others = await place.backbone.parked({ ...filter, limit: keyLimit })
  const next = others.findIndex((park) => park.code !== 'BEHIND_PARKED' && holdsItsKey(park))
  const behind = (next < 0 ? others : others.slice(0, next)).filter(({ code }) => code === 'BEHIND_PARKED')
  if (behind.length > 0)
    await place.backbone.release(
      behind.map(({ message }) => message),
      'hub:translate',
    )
  else if (next >= 0) return
  else forget?.()
  place.look()
  place.bells.translate[tenure.partition]?.ring()
}

/** Safety net for a crash between a release and that of its followers: keys whose head is gone go on. */
export async function sweepBlocked(place: Workplace, tenure: Tenure): Promise<void> {
  for (const key of [...(place.blocked[tenure.partition]?.keys() ?? [])].slice(0, 100)) {
    const at = key.indexOf(' ')
    await releaseFollowers(place, tenure, { connection: key.slice(0, at), orderKey: key.slice(at + 1) })
  }
}

/**
 * What must be known about a partition before its first message after it was taken, or after a failure. Returns the generation for which
 * it is known; undefined when the partition changed hands meanwhile: then nothing may be planned, or a blocked key would be overtaken.
 */
async function prepare(place: Workplace, tenure: Tenure): Promise<number | undefined> {
  const { generation } = tenure
  if (place.preparedIn[tenure.partition] === generation) return generation
  const blocked = await place.backbone.blockedKeys(tenure.partition)
  if (tenure.generation !== generation) return undefined
  place.blocked[tenure.partition] = new BlockedKeys(blocked)
  place.preparedIn[tenure.partition] = generation
  return generation
}

async function next(place: Workplace, tenure: Tenure): Promise<readonly Message[]> {
  const limit = place.ports.settings.batchMessages
  const tail = place.inboxTails[tenure.partition]?.after(tenure.planned, limit, 'translate')
  if (tail !== undefined) return tail
  if (!place.shouldLook(`translate ${tenure.partition}`, tenure.planned, place.inboxHeads[tenure.partition])) return []
  const { planned, generation } = tenure
  const stored = await place.backbone.readInbox(tenure.partition, planned, limit)
  place.saw(place.inboxHeads, stored)
  return tenure.generation === generation && tenure.planned === planned ? stored : []
}

/** All, or those before the first large document. Throws StillReading where that is the first. */
async function translateAll(place: Workplace, messages: readonly Message[]): Promise<readonly Translated[]> {
  const breath = place.breath()
  const translated: Translated[] = []
  const large = messages.findIndex((message, index) => index > 0 && place.large.isLarge(message))
  const upTo = large < 0 ? messages.length : large
  for (let at = 0; at < upTo; at += fewMessages) {
    const few = messages.slice(at, Math.min(at + fewMessages, upTo))
    const ready = await readyOnes(few, (message) => translateStored(place, message)).catch((error: unknown) => {
      if (error instanceof StillReading && translated.length > 0) return []
      throw error
    })
    translated.push(...ready)
    if (ready.length < few.length) return translated
    await breath.pause()
  }
  return translated
}

/** Translated together: the bytes of replayed ones are read beside each other. */
const fewMessages = 20

async function planBatch(
  place: Workplace,
  translated: readonly Translated[],
  blocked: TranslationContext['blocked'],
): Promise<TranslationPlan> {
  const resolved = await resolveCodes(place, heldBack(place, translated))
  const replayed = resolved.filter(({ message }) => message.replayOf !== undefined)
  await place.identifiers.load(keysOf(resolved), place.backbone)
  return planTranslation(resolved, {
    known: place.identifiers.known,
    blocked,
    partitions: place.backbone.partitions,
    at: place.clock.wall(),
    waitMs: place.ports.settings.waitingHours * 3_600_000,
    told: await toldBefore(place.backbone, replayed),
  })
}

async function settle(place: Workplace, plan: TranslationPlan): Promise<void> {
  reportTranslation(place, plan)
  if (plan.corrections.length > 0) place.lookForReleased()
  if (plan.parks.some(({ code }) => code === takenInParts)) place.bells.parts.ring()
  await followParents(place, plan)
}

function laneOf({ outcomes }: TranslationPlan): string {
  const lane = outcomes[0]?.message.lane ?? 'all'
  return outcomes.every(({ message }) => message.lane === lane) ? lane : 'all'
}

function unparksOf(plan: TranslationPlan): Unpark[] {
  return plan.outcomes.flatMap(({ message, outcome }) =>
    outcome === 'parked' ? [] : [{ message: message.id, outcome }],
  )
}
