import {
  type AppendResult,
  type Message,
  type NewMessage,
  readMessageId,
  type StepOutcome,
} from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import { failureCode } from '../../base/failure-code.ts'
import { shortHash } from '../../base/sha256.ts'
import { StageWatch } from '../stage.ts'
import { followParents } from '../translate/release.ts'
import { reportTranslation } from '../translate/translation-report.ts'
import type { Workplace } from '../workplace.ts'
import { type Arrival, identityFor, isAnswered, isNewWork, repetition, storable } from './arrival.ts'
import { BatchesUnderWay } from './batches-under-way.ts'
import { isAnswerToUs, readDocument } from './document.ts'
import type { IdentifiedDocument } from './document-reader.ts'
import { type InlinePlan, inlineStories, planInline, settled } from './inline.ts'
import { PartLine } from './part-line.ts'
import { assertsHeader, conflictHeader, correctionHeader, partHeader, type Received } from './received.ts'
import { Spacing } from './spacing.ts'
import { identityOf, type Waiting } from './waiting.ts'

/** From so many staged batches in a row on the next one waits until what is behind has been done. */
const stagedMost = 3

/** Up to so many messages in flight nobody waits for company. */
const smallBatch = 16

/**
 * The door to the log. `accept` resolves only after the bytes are durable; the sender may forget them then, and not before. Inputs
 * that arrive together are committed together: the batch is flushed when the line is idle, two are in flight at most.
 */
export class Intake {
  readonly #place: Workplace
  readonly #hash: (body: Uint8Array) => string
  #queue: Waiting[] = []
  #queuedBytes = 0
  readonly #parts: PartLine
  readonly #underWay = new BatchesUnderWay()
  /** What was accepted of a batch, by connection, and is still to be counted. */
  readonly #accepted = new Map<string, { count: number; bytes: number }>()
  #suspicious = 0
  /** Batches in a row that could not be planned inline. */
  #stagedInRow = 0
  #closed = false
  #pumping = false
  readonly #spacing = new Spacing()

  constructor(place: Workplace, options: { readonly hash: (body: Uint8Array) => string }) {
    this.#place = place
    this.#hash = options.hash
    this.#parts = new PartLine(place, {
      settle: (batch, plan, result) => this.#settle(batch, plan, result),
      answerKnown: (batch) => this.#answerKnown(batch),
      storeOnly: (batch) => this.#flushStaged(batch),
    })
  }

  /**
   * Rejects with HUB_BUSY when the line is full, HUB_STOPPING while the hub stops, CONNECTION_DRAINING for new work of a connection that is
   * being drained, which answers to what it was sent are not, HUB_UNCERTAIN when the database did not say. An
   * identity that is known with other bytes is neither dropped nor does it overwrite: it is stored beside the first and parked, unless it is contested.
   */
  async accept(arrival: Arrival): Promise<AppendResult> {
    const { id } = arrival.connection
    const isDraining = this.#place.ports.pauses?.drainSince(id) !== undefined
    if (isDraining && isNewWork(arrival) && !isAnswerToUs(arrival))
      throw new InterlineError('CONNECTION_DRAINING', { connection: id })
    const { large } = this.#place
    const received = large.isUnread(arrival)
      ? this.#receive(arrival, await large.identify(arrival, this.#place.ports.settings.queueBytes))
      : this.#receive(arrival)
    const result = await (isPartInLine(arrival) ? this.#addPart(received) : this.#addOther(arrival, received))
    if (result.outcome === 'duplicate' && isAnswered(arrival)) {
      await this.#add(repetition(received, result.id))
      return result
    }
    if (result.outcome !== 'conflict' || arrival.isContested === true) return result
    const { identity, bodyHash, headers } = received.message
    const message = {
      ...received.message,
      identity: `conflict:${bodyHash}:${shortHash(identity)}`,
      headers: { ...headers, [conflictHeader]: result.id },
    }
    return { ...(await this.#add({ ...received, message })), outcome: 'conflict' }
  }

  /** Not an async function: that would be one more promise for each message. */
  #add(received: Received): Promise<AppendResult> {
    if (this.#closed) return Promise.reject(new InterlineError('HUB_STOPPING'))
    const { settings } = this.#place.ports
    const { length } = received.message.body
    if (this.#queue.length >= settings.queueMessages || this.#queuedBytes + length > settings.queueBytes)
      return Promise.reject(new InterlineError('HUB_BUSY'))
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>()
    this.#queue.push({ received, resolve, reject, repetitions: [], tries: 0 })
    this.#queuedBytes += length
    this.#spacing.message(this.#place.clock.mono())
    this.#pump()
    return promise
  }

  async #addPart(received: Received): Promise<AppendResult> {
    if (this.#closed) throw new InterlineError('HUB_STOPPING')
    return this.#parts.add(received)
  }

  /** Not bulk: how long it takes says whether bulk work leaves enough to others. */
  #addOther({ part, asserts }: Arrival, received: Received): Promise<AppendResult> {
    const added = this.#add(received)
    // What a large file itself needs besides its parts.
    if (part !== undefined || asserts === true) return added
    const answered = this.#place.bulkPace.other()
    added.then(answered, answered)
    return added
  }

  get waiting(): number {
    return this.#queue.length + this.#underWay.count + this.#parts.waiting
  }

  /** No new inputs; resolves when what was accepted is durable. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.waiting > 0) await this.#place.clock.sleep(5)
  }

  /** `identified`: what a reader has found out about a large one. */
  #receive(arrival: Arrival, identified?: IdentifiedDocument): Received {
    const { connection, body, contentType, headers, trace } = arrival
    const reading = identified === undefined ? readDocument(connection, arrival) : undefined
    const found =
      arrival.found ??
      identified?.found ??
      (reading && connection.connector.inbound?.identify(reading.document, connection.settings))
    const { fingerprint } = found ?? {}
    const bodyHash =
      fingerprint === undefined ? (identified?.bodyHash ?? this.#hash(body)) : this.#hash(text.encode(fingerprint))
    const identity = identityFor(arrival, found?.identity) ?? `sha256:${bodyHash}`
    // A correction takes the place of what it corrects, and what the hub says itself follows nothing: they have none of their own.
    const isOwn = arrival.corrects !== undefined || arrival.asserts === true
    const orderKey = isOwn ? undefined : (arrival.orderKey ?? found?.orderKey)
    const message: NewMessage = {
      partition: connection.partition,
      tenant: connection.tenant,
      connection: connection.id,
      lane: arrival.lane ?? connection.lane,
      identity: storable(identity),
      bodyHash,
      ...(orderKey === undefined ? {} : { orderKey: storable(orderKey) }),
      receivedAt: this.#place.clock.wall(),
      contentType,
      headers: {
        ...headers,
        ...(arrival.corrects === undefined ? {} : { [correctionHeader]: arrival.corrects }),
        ...(arrival.asserts === true ? { [assertsHeader]: 'true' } : {}),
        ...(arrival.part === undefined ? {} : { [partHeader]: arrival.part }),
      },
      trace,
      body,
      ...(arrival.replayOf === undefined ? {} : { replayOf: arrival.replayOf }),
      ...(arrival.audit === undefined ? {} : { audit: arrival.audit }),
    }
    return { connection, message, reading, isLarge: identified !== undefined, translation: arrival.translation }
  }

  #pump(): void {
    if (this.#pumping || !this.#isWorthwhile()) return
    this.#pumping = true
    const { clock } = this.#place
    const wait = this.#spacing.wait(clock.mono())
    // The next microtask, so that inputs that arrive in one tick share a batch.
    if (wait === 0) queueMicrotask(this.#begin)
    else clock.sleep(wait).then(this.#begin, this.#begin)
  }

  readonly #begin = (): void => {
    this.#pumping = false
    const identities = this.#take()
    if (identities.size === 0) return
    const batch = [...identities.values()]
    this.#underWay.add(identities)
    this.#spacing.batch(this.#place.clock.mono())
    this.#flush(batch)
      .catch((error: unknown) => {
        for (const one of batch) for (const waiting of [one, ...one.repetitions]) waiting.reject(error)
      })
      .finally(() => {
        this.#underWay.delete(identities)
        this.#pump()
      })
    this.#pump()
  }

  /**
   * A transaction costs about the same for one message as for a hundred: under load a second batch waits until it is twice as large as
   * the first, so that who waits shares few large ones.
   */
  #isWorthwhile(): boolean {
    if (this.#queue.length === 0 || this.#underWay.count >= 2) return false
    const { batchMessages } = this.#place.ports.settings
    const { messages } = this.#underWay
    return messages < smallBatch || this.#queue.length >= Math.min(messages * 2, batchMessages)
  }

  /** The next batch, without identities that are in flight: their outcome decides what these are. Repetitions follow the first one. */
  #take(): ReadonlyMap<string, Waiting> {
    const { batchMessages, batchBytes } = this.#place.ports.settings
    const batch = new Map<string, Waiting>()
    const later: Waiting[] = []
    let bytes = 0
    let at = 0
    for (; at < this.#queue.length && batch.size < batchMessages && bytes < batchBytes; at++) {
      const one = this.#queue[at]
      if (one === undefined) break
      const identity = identityOf(one)
      const first = batch.get(identity) ?? this.#underWay.find(identity)
      if (first === undefined) batch.set(identity, one)
      else if (first.received.message.bodyHash === one.received.message.bodyHash) first.repetitions.push(one)
      else {
        later.push(one)
        continue
      }
      bytes += one.received.message.body.length
    }
    this.#queue = later.length === 0 ? this.#queue.slice(at) : [...later, ...this.#queue.slice(at)]
    this.#queuedBytes -= bytes
    return batch
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const isInline = ({ received: { connection, message, isLarge } }: Waiting): boolean =>
      connection.inline && message.lane !== 'bulk' && isLarge !== true
    const staged = batch.filter((one) => !isInline(one))
    const inline = staged.length === 0 ? batch : batch.filter(isInline)
    if (staged.length > 0) await this.#flushStaged(staged)
    if (inline.length > 0) await this.#flushInline(inline)
  }

  async #flushInline(batch: readonly Waiting[]): Promise<void> {
    const fresh = this.#suspicious > 0 ? await this.#answerKnown(batch) : batch
    if (fresh.length === 0) return
    if (this.#place.largeFolding.isUnderWay(this.#place.advance)) return this.#flushStaged(fresh)
    if (this.#stagedInRow >= stagedMost) await this.#place.catchUp()
    const done = await this.#place.turn.take()
    const watch = new StageWatch(this.#place)
    let plan: InlinePlan | undefined
    let commit: ReturnType<Workplace['commit']> | undefined
    try {
      plan = await planInline(
        this.#place,
        fresh.map(({ received }) => received),
      )
      if (plan !== undefined) commit = this.#place.commit(plan.step, plan.folding.held)
    } finally {
      done()
    }
    // What was read of the bytes is several times as large as they are, and nobody needs it while the step is being committed.
    if (plan !== undefined) for (const { received } of fresh) received.reading = undefined
    const result = await settled(commit)
    this.#stagedInRow = plan === undefined ? this.#stagedInRow + 1 : 0
    if (plan === undefined || result === undefined) await this.#flushStaged(fresh)
    else if (result.outcome === 'committed') {
      watch.end('inline', 'realtime', () => inlineStories(plan))
      this.#settle(fresh, plan, result)
    } else await this.#again(fresh, result)
  }

  /** The step came to nothing or nobody knows: look what is stored, and try what is not once more, the staged way at last. */
  async #again(batch: readonly Waiting[], result: { outcome: string; reason?: string }): Promise<void> {
    if (result.outcome === 'conflict' && result.reason === 'duplicate') this.#suspicious = 50
    const fresh = await this.#answerKnown(batch)
    if (fresh.length === 0) return
    for (const one of fresh) one.tries++
    if (fresh.some(({ tries }) => tries > 2)) await this.#flushStaged(fresh)
    else await this.#flushInline(fresh)
  }

  /** Answers the inputs that are stored already; returns the others. */
  async #answerKnown(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (this.#suspicious > 0) this.#suspicious--
    const known = await this.#place.backbone.known(batch.map(({ received }) => received.message))
    const fresh = batch.filter((one, index) => {
      const stored = known[index]
      if (stored === undefined) return true
      if (one.tries === 0 || !stored.sameBody)
        this.#answer(one, { outcome: stored.sameBody ? 'duplicate' : 'conflict', id: stored.id })
      else this.#answer(one, { outcome: 'accepted', id: stored.id })
      return false
    })
    this.#countAccepted()
    return fresh
  }

  /** Once for a batch: a signal for each message costs as much as its place in the log. */
  #countAccepted(): void {
    for (const [connection, { count, bytes }] of this.#accepted)
      this.#place.signals.messageAccepted({ connection, count, bytes })
    this.#accepted.clear()
  }

  async #flushStaged(batch: readonly Waiting[]): Promise<void> {
    const watch = new StageWatch(this.#place)
    const result = await this.#place.commit({ messages: batch.map(({ received }) => received.message) })
    if (result.outcome === 'committed') {
      watch.end('intake', 'all', () => [])
      batch.forEach((one, index) => {
        const stored = result.messages[index]
        if (stored === undefined) throw new InterlineError('INTERNAL', { trace: one.received.message.trace })
        this.#answer(one, stored)
      })
      this.#countAccepted()
      this.#handOver(batch, result.messages)
      return
    }
    for (const one of batch) one.tries++
    const fresh = await this.#answerKnown(batch)
    if (fresh.length === 0) return
    if (fresh.some(({ tries }) => tries > 4)) throw new InterlineError('HUB_UNCERTAIN')
    await this.#flushStaged(fresh)
  }

  /** The rows that were just appended, for the translators: no read from the database where this node owns the partition. */
  #handOver(batch: readonly Waiting[], stored: readonly AppendResult[]): void {
    const rows = new Map<number, Message[]>()
    batch.forEach(({ received: { message } }, index) => {
      const result = stored[index]
      const position = result?.outcome === 'accepted' ? readMessageId(result.id) : undefined
      if (result === undefined || position === undefined) return
      const list = rows.get(position.partition) ?? []
      list.push({ ...message, id: result.id, offset: position.offset })
      rows.set(position.partition, list)
    })
    for (const [partition, list] of rows) {
      list.sort((a, b) => a.offset - b.offset)
      this.#place.inboxTails[partition]?.offer(list)
      this.#place.inboxHeads[partition] = Math.max(this.#place.inboxHeads[partition] ?? -2, list.at(-1)?.offset ?? -2)
      this.#place.bells.translate[partition]?.ring()
    }
  }

  #settle(batch: readonly Waiting[], plan: InlinePlan, result: StepOutcome & { outcome: 'committed' }): void {
    batch.forEach((one, index) => {
      const id = result.messages[index]?.id ?? plan.messages[index]?.id
      if (id !== undefined) this.#answer(one, { outcome: 'accepted', id })
    })
    this.#countAccepted()
    reportTranslation(this.#place, plan.translation)
    if (plan.translation.corrections.length > 0) this.#place.lookForReleased()
    this.#follow(plan)
  }

  /** Whoever sent this has its answer already. */
  #follow({ translation }: InlinePlan): void {
    followParents(this.#place, translation).catch((error: unknown) =>
      this.#place.signals.loopFailed({
        loop: 'release',
        code: failureCode(error),
      }),
    )
  }

  #trace({ message }: Received, id: string): void {
    const { ports, clock } = this.#place
    if (ports.trace === undefined) return
    const { trace, connection: destination, receivedAt: startedAt, headers } = message
    const link = headers['traceparent']
    const span = { stage: 'intake', trace, destination, message: id, startedAt, endedAt: clock.wall() } as const
    ports.trace({ ...span, ...(link === undefined ? {} : { link }) })
  }

  #answer(one: Waiting, result: AppendResult): void {
    const { signals } = this.#place
    const { id: connection } = one.received.connection
    if (result.outcome === 'accepted') {
      const accepted = this.#accepted.get(connection)
      const { length } = one.received.message.body
      if (accepted === undefined) this.#accepted.set(connection, { count: 1, bytes: length })
      else {
        accepted.count++
        accepted.bytes += length
      }
    } else if (result.outcome === 'duplicate') signals.messageDuplicate({ connection })
    else signals.messageConflict({ connection, message: result.id })
    if (result.outcome === 'accepted') this.#trace(one.received, result.id)
    one.resolve(result)
    const repeated: AppendResult = { ...result, outcome: result.outcome === 'accepted' ? 'duplicate' : result.outcome }
    for (const repetition of one.repetitions) this.#answer(repetition, repeated)
  }
}

/** Content of a large file. Its announcement is stored like any other message. */
function isPartInLine({ part, lane }: Arrival): boolean {
  return part !== undefined && lane === 'bulk'
}

const text = new TextEncoder()
