import { writeInstant } from '../../base/instant.ts'
import { identifierKey, identifierValidDays } from '../../model/identifier.ts'
import { RowRefused } from '../backbone.ts'
import { originOf } from '../origin.ts'
import { quarterOf } from '../retention.ts'
import {
  type AppendResult,
  type Fence,
  type IdentifierClaim,
  messageId,
  type NewFact,
  type NewMessage,
  readMessageId,
  type Step,
  type StepOutcome,
} from '../step.ts'
import { assertTransition } from '../transitions.ts'
import { findUnstorable } from '../unstorable.ts'
import { concludeEffect, standsClaim } from './conclusions.ts'
import { addEffects, checkEffects } from './effects.ts'
import type { DayRow, HeldIdentifier, Tables } from './tables.ts'

/** One step, at one instant: everything is judged before anything is written, so nothing has to be taken back. */
export function commitStep(tables: Tables, step: Step, now: number): StepOutcome {
  for (const { from, to } of step.conclusions ?? []) assertTransition(from, to)
  if (step.inline === true && repeats(step.messages ?? [])) return { outcome: 'conflict', reason: 'duplicate' }
  if (step.fences?.some((fence) => !stands(tables, fence)) === true) return { outcome: 'fenced' }
  if (step.inline === true) {
    const reason = inlineConflict(tables, step)
    if (reason !== undefined) return { outcome: 'conflict', reason }
  }
  const unstorable = findUnstorable(step)
  if (unstorable !== undefined) throw new RowRefused(`${unstorable.table}[${unstorable.index}] holds U+0000`)
  const identifiers = claimIdentifiers(tables, step.identifiers ?? [])
  if (identifiers === undefined) return { outcome: 'conflict', reason: 'identifier' }
  offerIdentifiers(tables, identifiers, step.offers ?? [])
  if (!concludes(tables, step)) return { outcome: 'conflict', reason: 'claim' }
  checkEffects(tables, step.effects ?? [])

  for (const fence of step.fences ?? []) {
    const owner = tables.owners.get(ownerKey(fence.consumer, fence.partition))
    if (owner !== undefined) owner.offset = fence.to
  }
  const messages = (step.messages ?? []).map((message) => appendMessage(tables, message, now))
  const factOffsets = (step.facts ?? []).map((fact) => appendFact(tables, fact, now))
  for (const { subject, tenant, version, body } of step.states ?? [])
    tables.states.set(subject, { tenant, version, body })
  for (const [key, held] of identifiers) tables.identifiers.set(key, held)
  for (const conclusion of step.conclusions ?? []) concludeEffect(tables, conclusion, now)
  addEffects(tables, step.effects ?? [], now)
  for (const timer of step.timers ?? []) {
    const key = `${timer.partition} ${timer.subject} ${timer.name}`
    if (timer.at === null) tables.timers.delete(key)
    else tables.timers.set(key, { ...timer, at: timer.at })
  }
  settleParks(tables, step)
  return { outcome: 'committed', messages, factOffsets }
}

/** Key of the offset and the lease of one consumer of one partition. */
export function ownerKey(consumer: string, partition: number): string {
  return `${consumer} ${partition}`
}

/** Key by which a repetition is found. The parts may hold anything but NUL, so that no two inputs share one. */
export function inputKey(input: {
  readonly tenant: string
  readonly connection: string
  readonly identity: string
}): string {
  return `${input.tenant}\0${input.connection}\0${input.identity}`
}

/** Writes a fact behind the last of its partition, also into what histories and origins are read from. Gives its offset. */
export function appendFact(tables: Tables, { partition, fact }: NewFact, now: number): number {
  const log = listOf(tables.facts, partition)
  noteDay(tables.factDays[partition], tables.factNext[partition] ?? 0, now)
  const logged = { partition, offset: take(tables.factNext, partition), fact }
  log.push(logged)
  append(tables.bySubject, fact.subject, logged)
  const origin = originOf(fact)
  if (origin !== undefined) append(tables.byOrigin, messageId(origin.partition, origin.offset), logged)
  return logged.offset
}

/** The rows of a partition. Throws RangeError where there is no such partition: a fault of the caller. */
export function listOf<T>(lists: readonly T[][], partition: number): T[] {
  const list = lists[partition]
  if (list === undefined) throw new RangeError(`there is no partition ${partition}`)
  return list
}

function stands(tables: Tables, { consumer, partition, epoch, from }: Fence): boolean {
  const owner = tables.owners.get(ownerKey(consumer, partition))
  return owner !== undefined && owner.epoch === epoch && owner.offset === from
}

/** The same identity twice in one step: nothing that the database could say changes that. */
function repeats(messages: readonly NewMessage[]): boolean {
  return new Set(messages.map(inputKey)).size < messages.length
}

function inlineConflict(tables: Tables, step: Step): 'duplicate' | 'offset' | undefined {
  const messages = step.messages ?? []
  if (messages.some((message) => tables.inputs.has(inputKey(message)))) return 'duplicate'
  const fenceOf = (consumer: string, partition: number): Fence | undefined =>
    step.fences?.find((fence) => fence.consumer === consumer && fence.partition === partition)
  for (const [partition, count] of countBy(messages)) {
    const fence = fenceOf('translate', partition)
    const head = (tables.inboxNext[partition] ?? 0) - 1
    if (fence === undefined || fence.from !== head || fence.to !== head + count) return 'offset'
  }
  for (const [partition, count] of countBy(step.facts ?? [])) {
    const fence = fenceOf('advance', partition)
    const head = (tables.factNext[partition] ?? 0) - 1
    if (fence !== undefined && fence.to !== head + count) return 'offset'
  }
  return undefined
}

function appendMessage(tables: Tables, message: NewMessage, now: number): AppendResult {
  const key = inputKey(message)
  const known = tables.inputs.get(key)
  if (known !== undefined) {
    const same = known.bodyHash === message.bodyHash
    const counter = tables.counters[message.partition]
    if (counter !== undefined) counter[same ? 'duplicates' : 'conflicts']++
    return { outcome: same ? 'duplicate' : 'conflict', id: known.message }
  }
  const inbox = listOf(tables.inbox, message.partition)
  noteDay(tables.inboxDays[message.partition], tables.inboxNext[message.partition] ?? 0, now)
  const offset = take(tables.inboxNext, message.partition)
  const id = messageId(message.partition, offset)
  inbox.push({ ...message, id, offset })
  tables.inputs.set(key, { message: id, bodyHash: message.bodyHash, window: quarterOf(dayOf(now)) })
  return { outcome: 'accepted', id }
}

/** Whether every conclusion counts: a claim is good for one. */
function concludes(tables: Tables, { conclusions = [] }: Step): boolean {
  const lanes = new Set(conclusions.map(({ lane }) => lane))
  return lanes.size === conclusions.length && conclusions.every((one) => standsClaim(tables, one))
}

/** Notes under which day a partition goes on; days never go back. */
function noteDay(days: DayRow[] | undefined, first: number, now: number): void {
  const day = dayOf(now)
  const last = days?.at(-1)
  if (last === undefined || last.day < day) days?.push({ day, first, dropped: false })
}

function dayOf(now: number): string {
  return writeInstant(now).slice(0, 10)
}

/** The rows as they will be, in the order of the claims; undefined when somebody else holds one of them. */
function claimIdentifiers(
  tables: Tables,
  claims: readonly IdentifierClaim[],
): Map<string, HeldIdentifier[]> | undefined {
  const changed = new Map<string, HeldIdentifier[]>()
  for (const claim of claims) {
    const key = identifierKey(claim)
    const held = (changed.get(key) ?? tables.identifiers.get(key) ?? []).map((one) => ({ ...one }))
    if (!claimOne(held, claim)) return undefined
    changed.set(key, held)
  }
  return changed
}

/** Adds what nobody holds to the rows as they will be. */
function offerIdentifiers(
  tables: Tables,
  changed: Map<string, HeldIdentifier[]>,
  offers: readonly IdentifierClaim[],
): void {
  for (const offer of offers) {
    const key = identifierKey(offer)
    const held = (changed.get(key) ?? tables.identifiers.get(key) ?? []).map((one) => ({ ...one }))
    const isOwn = held.some(({ subject }) => subject === offer.subject)
    if (!isOwn && claimOne(held, offer)) changed.set(key, held)
  }
}

function claimOne(held: HeldIdentifier[], claim: IdentifierClaim): boolean {
  const { subject, from, replaces } = claim
  const own = held.find((one) => one.subject === subject)
  const replaced = held.findIndex((one) => one.subject === replaces)
  if (own !== undefined) {
    own.lastUsed = Math.max(own.lastUsed, from)
    if (replaced >= 0 && replaces !== subject) held.splice(replaced, 1)
    return true
  }
  const days = identifierValidDays(claim.reference.scheme)
  const near = (one: HeldIdentifier): boolean => days === undefined || Math.abs(from - one.from) <= days * 86_400_000
  if (held.some((one) => one.subject !== replaces && near(one))) return false
  if (replaced >= 0) held[replaced] = { subject, from, lastUsed: from }
  else held.push({ subject, from, lastUsed: from })
  return true
}

/** Unparks before parks; the counters of a partition follow what really happened to its rows. */
function settleParks(tables: Tables, step: Step): void {
  for (const { message, outcome } of step.unparks ?? []) {
    const counter = tables.counters[readMessageId(message)?.partition ?? -1]
    if (!tables.parks.delete(message) || counter === undefined) continue
    counter[outcome]++
    counter.parked--
  }
  for (const park of new Map((step.parks ?? []).map((one) => [one.message, one])).values()) {
    const known = tables.parks.get(park.message)
    const state = park.waitsFor === undefined ? 'parked' : 'waiting'
    tables.parks.set(park.message, { ...park, state, attempts: (known?.attempts ?? 0) + 1 })
  }
  for (const { message, by } of step.corrections ?? []) {
    const park = tables.parks.get(message)
    if (park === undefined) continue
    tables.corrections.set(message, by)
    if (park.code !== 'BEHIND_PARKED') tables.parks.set(message, { ...park, state: 'released' })
  }
  for (const { partition, applied, ignored, refused, parked } of step.counts ?? []) {
    const counter = tables.counters[partition]
    if (counter === undefined) throw new RangeError(`there is no partition ${partition}`)
    counter.applied += applied
    counter.ignored += ignored
    counter.refused += refused
    counter.parked += parked
  }
}

function take(next: number[], partition: number): number {
  const offset = next[partition] ?? 0
  next[partition] = offset + 1
  return offset
}

function append<T>(lists: Map<string, T[]>, key: string, row: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [row])
  else list.push(row)
}

function countBy(rows: readonly { readonly partition: number }[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { partition } of rows) counts.set(partition, (counts.get(partition) ?? 0) + 1)
  return counts
}
