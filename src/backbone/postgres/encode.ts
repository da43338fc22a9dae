import { hash } from 'node:crypto'
import { identifierKey, identifierValidDays } from '../../model/identifier.ts'
import { bookings } from '../../model/posting/status.ts'
import { laneId } from '../lane.ts'
import { type Fence, type IdentifierClaim, type NewEffect, type NewMessage, readMessageId, type Step } from '../step.ts'
import { conclusionRow } from './conclusion-row.ts'
import type { FactPlan } from './fact-plan.ts'
import type { InboxPlan } from './inbox-plan.ts'
import type { Wire } from './wire.ts'

interface FenceRow {
  readonly consumer: string
  readonly partition: number
  readonly fence?: Fence
  applied: number
  ignored: number
  refused: number
  parked: number
}

/** Fences, and the partitions whose counters the step moves without a fence of translate: those are locked first as well. */
export function writeFences(wire: Wire, step: Step): boolean {
  const rows = new Map<string, FenceRow>()
  const row = (consumer: string, partition: number, fence?: Fence): FenceRow => {
    const key = `${consumer} ${partition}`
    const known = rows.get(key) ?? {
      consumer,
      partition,
      ...(fence === undefined ? {} : { fence }),
      applied: 0,
      ignored: 0,
      refused: 0,
      parked: 0,
    }
    rows.set(key, known)
    return known
  }
  for (const fence of step.fences ?? []) row(fence.consumer, fence.partition, fence)
  for (const count of step.counts ?? []) {
    const counted = row('translate', count.partition)
    counted.applied += count.applied
    counted.ignored += count.ignored
    counted.refused += count.refused
    counted.parked += count.parked
  }
  for (const { message } of step.unparks ?? []) row('translate', readMessageId(message)?.partition ?? -1)
  if (rows.size === 0) return false
  const sorted = [...rows.values()].sort((a, b) =>
    a.consumer < b.consumer ? -1 : a.consumer > b.consumer ? 1 : a.partition - b.partition,
  )
  wire
    .begin('fences', 9)
    .texts(sorted.map(({ consumer }) => consumer))
    .int2s(sorted.map(({ partition }) => partition))
    .int8s(sorted.map(({ fence }) => fence?.epoch))
    .int8s(sorted.map(({ fence }) => fence?.from))
    .int8s(sorted.map(({ fence }) => fence?.to))
    .int4s(sorted.map(({ applied }) => applied))
    .int4s(sorted.map(({ ignored }) => ignored))
    .int4s(sorted.map(({ refused }) => refused))
    .int4s(sorted.map(({ parked }) => parked))
    .end()
  return true
}

/** New inputs, packed by partition. In the inline lane the offset that each partition must begin at goes with them. */
export function writeMessages(wire: Wire, plan: InboxPlan, step: Step): void {
  const { messages, keys, spread: to, segments } = plan
  wire.begin('messages', 13).int2s(to.partitions).int4s(to.counts)
  if (step.inline === true)
    wire.int8s(
      to.partitions.map((partition) => fenceOf(step, 'translate', partition)?.from ?? -2).map((from) => from + 1),
    )
  else wire.null()
  wire
    .uuids(keys)
    .uuids(messages.map(({ bodyHash }) => shortBodyHash(bodyHash)))
    .int2s(to.places)
    .int4s(to.ranks)
    .int2s(segments.map(({ place }) => place))
    .int4s(segments.map(({ rank }) => rank))
    .int4s(segments.map(({ count }) => count))
    .int8s(segments.map(({ from }) => from))
    .int8s(segments.map(({ until }) => until))
    .bytes(segments.map(({ bytes }) => bytes))
    .end()
}

/** New facts with the hashes of their subjects and the messages that they come from, which the log is searched by. */
export function writeFacts(wire: Wire, plan: FactPlan, step: Step): void {
  const { spread: to, segments, subjects, origins } = plan
  // The offset of the owner stands behind the last of them.
  const expected = (partition: number, index: number): number | undefined => {
    const last = step.inline === true ? fenceOf(step, 'advance', partition)?.to : undefined
    return last === undefined ? undefined : last - (to.counts[index] ?? 0) + 1
  }
  wire
    .begin('facts', 15)
    .int2s(to.partitions)
    .int4s(to.counts)
    .int8s(to.partitions.map(expected))
    .int2s(segments.map(({ place }) => place))
    .int4s(segments.map(({ rank }) => rank))
    .int4s(segments.map(({ count }) => count))
    .int4s(segments.map(({ subjectsFrom }) => subjectsFrom))
    .int4s(segments.map(({ subjectsTo }) => subjectsTo))
    .bytes(segments.map(({ bytes }) => bytes))
    .int4s(subjects)
    .int2s(origins.map(({ place }) => place))
    .int4s(origins.map(({ rank }) => rank))
    .int2s(origins.map(({ partition }) => partition))
    .int8s(origins.map(({ low }) => low))
    .int8s(origins.map(({ high }) => high))
    .end()
}

/** States of objects, each once: of two in one step the later one counts. Writes nothing for none. */
export function writeStates(wire: Wire, step: Step): void {
  // The last one wins; one statement cannot write a row twice.
  const states = [...new Map((step.states ?? []).map((state) => [state.subject, state])).values()]
  if (states.length === 0) return
  wire
    .begin('states', 4)
    .texts(states.map(({ subject }) => subject))
    .texts(states.map(({ tenant }) => tenant))
    .int8s(states.map(({ version }) => version))
    .texts(states.map(({ body }) => body))
    .end()
}

/** Claims, which a claim of somebody else makes fail, and offers, which give way to it. */
export function writeIdentifiers(wire: Wire, step: Step): void {
  const claims = step.identifiers ?? []
  if (claims.length > 0)
    wire
      .begin('identifiers', 5)
      .texts(claims.map((claim) => identifierKey(claim)))
      .texts(claims.map(({ subject }) => subject))
      .int8s(claims.map(({ from }) => from))
      .texts(claims.map(({ replaces }) => replaces))
      .int8s(claims.map(validMs))
      .end()
  const offers = step.offers ?? []
  if (offers.length > 0)
    wire
      .begin('offers', 4)
      .texts(offers.map((claim) => identifierKey(claim)))
      .texts(offers.map(({ subject }) => subject))
      .int8s(offers.map(({ from }) => from))
      .int8s(offers.map(validMs))
      .end()
}

function validMs({ reference }: IdentifierClaim): number | undefined {
  const days = identifierValidDays(reference.scheme)
  return days === undefined ? undefined : days * 86_400_000
}

/** Locks the lanes of what is concluded and of what is added, in their order, and concludes. */
export function writeConclusions(wire: Wire, step: Step): void {
  const conclusions = step.conclusions ?? []
  if (conclusions.length === 0) return
  const lanes = [...conclusions.map(({ lane }) => lane), ...(step.effects ?? []).map(laneId)]
  wire
    .begin('conclusions', 3)
    .texts([...new Set(lanes)])
    .texts([JSON.stringify(conclusions.map((one) => conclusionRow({ ...one, fact: undefined })))])
    .texts(bookings)
    .end()
}

/** New effects with their lanes; the database leaves out those whose natural key it has. Writes nothing for none. */
export function writeEffects(wire: Wire, effects: readonly NewEffect[]): void {
  if (effects.length === 0) return
  wire
    .begin('effects', 15)
    .texts(effects.map(({ id }) => id))
    .texts(effects.map(laneId))
    .texts(effects.map(({ tenant }) => tenant))
    .texts(effects.map(({ naturalKey }) => naturalKey))
    .texts(effects.map(({ target }) => target))
    .texts(effects.map(({ key }) => key))
    .texts(effects.map(({ command }) => command))
    .texts(effects.map(({ externalReference }) => externalReference))
    .texts(effects.map(({ payload }) => payload))
    .texts(effects.map(({ lane }) => lane))
    .int4s(effects.map(({ priority }) => priority))
    .texts(effects.map(({ causation }) => causation))
    .texts(effects.map(({ correlation }) => correlation))
    .texts(effects.map(({ trace }) => trace))
    .int8s(effects.map(({ expiresAt }) => expiresAt))
    .end()
}

/** Disarms before it arms; the last word about a timer counts. */
export function writeTimers(wire: Wire, step: Step): void {
  const timers = [
    ...new Map(
      (step.timers ?? []).map((timer) => [`${timer.partition} ${timer.subject} ${timer.name}`, timer]),
    ).values(),
  ]
  const armed = timers.filter(({ at }) => at !== null)
  const disarmed = timers.filter(({ at }) => at === null)
  if (disarmed.length > 0) {
    wire
      .begin('timers_clear', 3)
      .int2s(disarmed.map(({ partition }) => partition))
      .texts(disarmed.map(({ subject }) => subject))
      .texts(disarmed.map(({ name }) => name))
      .end()
  }
  if (armed.length > 0) {
    wire
      .begin('timers_set', 6)
      .int2s(armed.map(({ partition }) => partition))
      .texts(armed.map(({ subject }) => subject))
      .texts(armed.map(({ name }) => name))
      .texts(armed.map(({ tenant }) => tenant))
      .int8s(armed.map(({ at }) => at ?? 0))
      .texts(armed.map(({ data }) => (data === undefined ? undefined : JSON.stringify(data))))
      .end()
  }
}

/** What is settled goes before what is parked: a message may leave its place and be parked again in one step. */
export function writeParks(wire: Wire, step: Step): void {
  const unparks = (step.unparks ?? []).map(({ message, outcome }) => ({ ...position(message), outcome }))
  const parks = [...new Map((step.parks ?? []).map((park) => [park.message, park])).values()]
  if (unparks.length === 0 && parks.length === 0) return
  wire
    .begin('parks', 13)
    .int2s(unparks.map(({ partition }) => partition))
    .int8s(unparks.map(({ offset }) => offset))
    .texts(unparks.map(({ outcome }) => outcome))
    .int2s(parks.map(({ message }) => position(message).partition))
    .int8s(parks.map(({ message }) => position(message).offset))
    .texts(parks.map(({ tenant }) => tenant))
    .texts(parks.map(({ connection }) => connection))
    .texts(parks.map(({ orderKey }) => orderKey))
    .texts(parks.map(({ code }) => code))
    .texts(parks.map(({ detail }) => detail))
    .texts(parks.map(({ waitsFor }) => (waitsFor === undefined ? undefined : JSON.stringify(waitsFor))))
    .int8s(parks.map(({ at }) => at))
    .int8s(parks.map(({ until }) => until))
    .end()
}

/** Corrected bytes for parked messages, each once: of two in one step the later one counts. */
export function writeCorrections(wire: Wire, step: Step): void {
  const corrections = [...new Map((step.corrections ?? []).map((one) => [one.message, one])).values()]
  if (corrections.length === 0) return
  wire
    .begin('corrections', 3)
    .int2s(corrections.map(({ message }) => position(message).partition))
    .int8s(corrections.map(({ message }) => position(message).offset))
    .int8s(corrections.map(({ by }) => position(by).offset))
    .end()
}

function fenceOf(step: Step, consumer: string, partition: number): Fence | undefined {
  return step.fences?.find((fence) => fence.consumer === consumer && fence.partition === partition)
}

/** First 128 bits of SHA-256 over (tenant, connection, identity), as 16 characters of `latin1`. */
export function dedupeKey(input: Pick<NewMessage, 'tenant' | 'connection' | 'identity'>): string {
  return hash('sha256', `${input.tenant}\0${input.connection}\0${input.identity}`, 'binary')
}

/** The first half of a SHA-256 given in hex, as 16 characters. Anything else is hashed first, so that every text has one. */
export function shortBodyHash(bodyHash: string): string {
  if (/^[0-9a-f]{64}$/.test(bodyHash)) return Buffer.from(bodyHash.slice(0, 32), 'hex').toString('latin1')
  return hash('sha256', bodyHash, 'binary')
}

function position(message: string): { readonly partition: number; readonly offset: number } {
  const found = readMessageId(message)
  if (found === undefined) throw new RangeError(`${message} is not the id of a message`)
  return found
}
