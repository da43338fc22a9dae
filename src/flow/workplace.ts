import type { Backbone } from '../backbone/backbone.ts'
import { OutcomeUnknown } from '../backbone/backbone.ts'
import type { DueTimer, Fence, LoggedFact, Message, Step, StepOutcome } from '../backbone/step.ts'
import type { StageSpan } from '../base/stage-span.ts'
import { type Fact, isReport } from '../model/fact.ts'
import type { ChannelRule } from '../processes/channel/publication.ts'
import type { NotificationSettings } from '../processes/notification/settings.ts'
import type { PostingRoute } from '../processes/postings.ts'
import type { CodeRegistry } from '../registry/codes.ts'
import type { HttpResult } from '../transports/http/request.ts'
import { ChangedStates } from './advance/changed-states.ts'
import { CommittedStates } from './advance/committed-states.ts'
import type { Held } from './advance/fold.ts'
import { LargeFolding } from './advance/large-folding.ts'
import { StateCache } from './advance/states.ts'
import { unbroken } from './breath.ts'
import type { Connection } from './connection.ts'
import { DatabaseClock } from './database-clock.ts'
import type { Subscriber } from './deliver/subscriber.ts'
import { Tail } from './deliver/tail.ts'
import { Sessions } from './dispatch/sessions.ts'
import { BulkPace } from './intake/bulk-pace.ts'
import type { DocumentReader } from './intake/document-reader.ts'
import { LargeDocuments } from './intake/large-documents.ts'
import type { ReadInParts } from './intake/large-messages.ts'
import { partitionOf } from './partition.ts'
import type { FlowPauses } from './paused.ts'
import { Bell, type Breath, type Clock, type FlowSignals, type Random } from './ports.ts'
import { deskId } from './stewardship/desk.ts'
import { reconsider, Tenure, type TenureKeeper } from './tenure.ts'
import { BlockedKeys } from './translate/blocked-keys.ts'
import { CodeCache } from './translate/code-cache.ts'
import { IdentifierCache } from './translate/identifiers.ts'
import { Turn } from './turn.ts'

/** Limits of the flow; every one is a setting. */
export interface FlowSettings {
  readonly batchMessages: number
  readonly batchBytes: number
  readonly queueMessages: number
  readonly queueBytes: number
  readonly leaseSeconds: number
  readonly pollMs: number
  readonly waitingHours: number
  readonly statesMax: number
  /** Most characters of states in memory, as they are stored. */
  readonly statesCharacters: number
  readonly identifiersMax: number
  readonly inline: boolean
}

/** Limits for nodes that are put together without settings, in tests and benchmarks. */
export const flowDefaults: FlowSettings = {
  batchMessages: 500,
  batchBytes: 4 * 1024 * 1024,
  queueMessages: 20_000,
  queueBytes: 64 * 1024 * 1024,
  leaseSeconds: 15,
  pollMs: 1000,
  waitingHours: 72,
  statesMax: 50_000,
  statesCharacters: 32 * 1024 * 1024,
  identifiersMax: 100_000,
  inline: true,
}

/** All that a node has of the world outside the flow. */
export interface FlowPorts {
  readonly backbone: Backbone
  readonly clock: Clock
  readonly random: Random
  readonly signals: FlowSignals
  /** Begins a stretch of work. Without it work is not interrupted. */
  readonly breath?: () => Breath
  /** Unique per process start. */
  readonly node: string
  readonly settings: FlowSettings
  readonly connections: () => ReadonlyMap<string, Connection>
  /** Finds one that is not among them: another instance may have taken in something for one that is new, or was removed since. */
  readonly lookAgain?: (id: string) => Promise<Connection | undefined>
  readonly routes: () => readonly PostingRoute[]
  /** What a tenant has set for a process. Undefined: nothing, and a process that has to be chosen is off. */
  readonly policy?: ((tenant: string, process: string) => Readonly<Record<string, unknown>> | undefined) | undefined
  /** Whom a tenant wants to be told what. Absent: nobody. */
  readonly notifications?: ((tenant: string) => NotificationSettings | undefined) | undefined
  /** What the channels of a tenant may sell. Absent: there are none. */
  readonly channels?: ((tenant: string) => readonly ChannelRule[] | undefined) | undefined
  readonly subscribers: () => readonly Subscriber[]
  /** Reads large documents. Without it whoever has one reads it, and everybody else waits. */
  readonly documents?: DocumentReader
  /** Reads large messages in parts. Without it each is translated and folded at once, and everybody else waits. */
  readonly inParts?: ReadInParts
  /** What people have stopped; without it nothing. */
  readonly pauses?: FlowPauses
  /** What codes of other systems mean; without it they are taken as they are. */
  readonly codes?: CodeRegistry
  /** A subscriber said that it is gone (410): its subscription is disabled and its owner told. */
  readonly disable: (subscriber: string, reason: string) => Promise<void>
  /** Present where somebody follows traces. */
  readonly trace?: ((span: StageSpan) => void) | undefined
}

/** What the loops of one node share: tenures, caches, tails, bells. All of it can be thrown away; the backbone is the truth. */
export class Workplace implements TenureKeeper {
  readonly ports: FlowPorts
  readonly backbone: Backbone
  /** Its wall clock is that of the database. */
  readonly clock: DatabaseClock
  readonly signals: FlowSignals
  readonly node: string
  readonly leaseSeconds: number
  readonly turn = new Turn()
  readonly bulkPace: BulkPace
  readonly translate: readonly Tenure[]
  readonly advance: readonly Tenure[]
  readonly states: readonly StateCache[]
  /** What was committed lately, for the lists. */
  readonly changed: ChangedStates
  /** For those who ask. */
  readonly committed: CommittedStates
  readonly identifiers: IdentifierCache
  readonly codes: CodeCache
  readonly large: LargeDocuments
  readonly largeFolding = new LargeFolding()
  /** Logins at other systems. */
  readonly sessions = new Sessions<HttpResult>()
  readonly inboxTails: readonly Tail<Message>[]
  readonly factTails: readonly Tail<LoggedFact>[]
  /** Last offset of each log partition as far as this node knows; -2 when it does not. */
  readonly inboxHeads: number[]
  readonly factHeads: number[]
  readonly blocked: BlockedKeys[]
  /** Generation of the translate tenure for which `blocked` was read. */
  readonly preparedIn: number[]
  /** Some message waits for an object that is not known yet. */
  waitingForParent = true
  readonly bells: {
    readonly translate: readonly Bell[]
    readonly advance: readonly Bell[]
    readonly effects: Bell
    readonly facts: Bell
    /** Something waits for a code, or codes were translated. */
    readonly codes: Bell
    /** A large message is to be fed in parts. */
    readonly parts: Bell
  }
  /** Questions to carriers whose timers this node has fired. */
  readonly pollsDue: DueTimer[] = []
  /** Monotonic instant until which each log partition goes by itself: one of them holds a row that the database does not take. */
  apartUntil = 0
  /** Steps in flight whose facts get their offsets from the database: until they are back nobody can plan inline. */
  appending = 0
  readonly #looked = new Map<string, number>()

  constructor(ports: FlowPorts) {
    this.ports = ports
    this.backbone = ports.backbone
    this.clock = new DatabaseClock(ports.clock)
    this.bulkPace = new BulkPace(this.clock)
    this.signals = ports.signals
    this.node = ports.node
    this.leaseSeconds = ports.settings.leaseSeconds
    const partitions = Array.from({ length: ports.backbone.partitions }, (_, partition) => partition)
    const { statesMax: entriesMax, statesCharacters: charactersMax, identifiersMax } = ports.settings
    const share = (whole: number): number => Math.ceil(whole / partitions.length)
    const ofPartition = { entriesMax: share(entriesMax), charactersMax: share(charactersMax) }
    this.states = partitions.map(() => new StateCache(ofPartition))
    this.changed = new ChangedStates({ entriesMax, charactersMax })
    const ownership = { of: (subject: string) => this.#ownedSince(subject) }
    this.committed = new CommittedStates(this.backbone, ownership, { entriesMax, charactersMax })
    this.identifiers = new IdentifierCache({ entriesMax: identifiersMax, charactersMax: identifiersMax * 160 })
    this.large = new LargeDocuments(ports.documents)
    this.codes = new CodeCache(ports.codes, {
      mono: () => this.clock.mono(),
      bounds: { entriesMax: identifiersMax, charactersMax: identifiersMax * 160 },
    })
    this.translate = partitions.map((partition) => new Tenure('translate', partition))
    this.advance = partitions.map((partition) => new Tenure('advance', partition))
    this.inboxTails = partitions.map(() => new Tail<Message>(ports.settings.batchMessages))
    this.factTails = partitions.map(() => new Tail<LoggedFact>(ports.settings.batchMessages * 2))
    this.inboxHeads = partitions.map(() => -2)
    this.factHeads = partitions.map(() => -2)
    this.blocked = partitions.map(() => new BlockedKeys())
    this.preparedIn = partitions.map(() => -1)
    this.bells = {
      translate: partitions.map(() => new Bell()),
      advance: partitions.map(() => new Bell()),
      effects: new Bell(),
      facts: new Bell(),
      codes: new Bell(),
      parts: new Bell(),
    }
    for (const tenure of this.advance) {
      tenure.onLoss = () => {
        this.states[tenure.partition]?.clear()
        this.changed.clear()
        this.committed.clear()
      }
    }
    for (const tenure of this.translate) tenure.onLoss = () => this.identifiers.clear()
  }

  /** A connection by its id, for what was taken in: one that is new to this node, or was removed since, is looked for. */
  async connection(id: string): Promise<Connection | undefined> {
    const known = this.ports.connections().get(id)
    return known !== undefined || id === deskId ? known : await this.ports.lookAgain?.(id)
  }

  /** Begins a stretch of work. */
  breath(): Breath {
    return this.ports.breath?.() ?? unbroken
  }

  /**
   * Whether a reader that stands at the last known row should ask the database all the same: others may have appended. Once per
   * poll and reader, and at once when somebody says so (`look`).
   */
  shouldLook(reader: string, at: number, head: number | undefined): boolean {
    if (head === undefined || head === -2 || at < head) return true
    const now = this.clock.mono()
    if (now - (this.#looked.get(reader) ?? Number.NEGATIVE_INFINITY) < this.ports.settings.pollMs) return false
    this.#looked.set(reader, now)
    return true
  }

  /** A reader has just got from memory what comes next: while that goes on, it need not look. */
  fed(reader: string): void {
    this.#looked.set(reader, this.clock.mono())
  }

  look(): void {
    this.#looked.clear()
  }

  /** Parked messages may have been released: the translators look at once. */
  lookForReleased(): void {
    this.look()
    for (const bell of this.bells.translate) bell.ring()
  }

  /** What is held of an object; undefined when it was not loaded. */
  readonly held = (subject: string): Held | undefined =>
    this.states[partitionOf(subject, this.backbone.partitions)]?.get(subject)

  /** Makes sure that every subject is at hand: one read for all that are not, of whatever partitions. */
  async loadStates(subjects: readonly string[]): Promise<void> {
    const byPartition = Map.groupBy(subjects, (subject) => partitionOf(subject, this.backbone.partitions))
    const wanted = [...byPartition].flatMap(([partition, own]) => {
      const cache = this.states[partition]
      const missing = cache?.missing(own) ?? []
      return cache === undefined || missing.length === 0 ? [] : [{ cache, missing, filling: cache.filling }]
    })
    if (wanted.length === 0) return
    const found = await this.backbone.states(wanted.flatMap(({ missing }) => missing))
    const emptied = wanted.filter(({ cache, filling }) => cache.filling !== filling)
    for (const { cache, missing, filling } of wanted) if (cache.filling === filling) cache.fill(missing, found)
    if (emptied.length > 0) await this.loadStates(emptied.flatMap(({ missing }) => missing))
  }

  keepStates(held: ReadonlyMap<string, Held>): void {
    for (const [partition, list] of Map.groupBy(held, ([subject]) => partitionOf(subject, this.backbone.partitions))) {
      this.states[partition]?.put(list)
    }
  }

  /**
   * Commits a step. After anything but success the tenures of its fences are read again, so that the caller may plan anew. `held` are
   * the states of the step as values.
   */
  async commit(step: Step, held?: ReadonlyMap<string, Held>): Promise<StepOutcome | { readonly outcome: 'unknown' }> {
    const appends = step.inline === undefined && (step.facts?.length ?? 0) > 0
    if (appends) this.appending++
    const appended = appends ? this.largeFolding.append(step.facts ?? []) : undefined
    let offsets: readonly number[] = []
    try {
      const result = await this.backbone.commit(step)
      if (result.outcome === 'committed') {
        offsets = result.factOffsets
        this.#settle(step, offsets, held)
      } else await this.recover(step.fences ?? [])
      return result
    } catch (error) {
      await this.recover(step.fences ?? [])
      if (!(error instanceof OutcomeUnknown)) throw error
      this.signals.outcomeUnknown({ place: 'step' })
      return { outcome: 'unknown' }
    } finally {
      if (appends) this.appending--
      appended?.(offsets)
    }
  }

  /**
   * Reads the truth again for these fences and forgets what was assumed on top of them. A refused step alone does not say that somebody
   * else owns the partition: it may have been planned on top of one of our own that failed, for a message that came twice, say.
   */
  async recover(fences: readonly Fence[]): Promise<void> {
    for (const fence of fences) {
      const tenure = this.#tenure(fence)
      if (tenure?.epoch !== fence.epoch || !tenure.stands(fence)) continue
      await reconsider(this, tenure)
    }
    this.inboxHeads.fill(-2)
    this.factHeads.fill(-2)
  }

  /** Nothing that this node owns waits to be translated or folded, as far as it knows. */
  isCaughtUp(): boolean {
    const isBehind = ({ held, planned }: Tenure, head: number | undefined): boolean =>
      held && head !== undefined && head !== -2 && planned < head
    return (
      this.appending === 0 &&
      !this.translate.some((tenure) => isBehind(tenure, this.inboxHeads[tenure.partition])) &&
      !this.advance.some((tenure) => isBehind(tenure, this.factHeads[tenure.partition]))
    )
  }

  /**
   * Work that goes the staged way leaves work behind, which the next one finds undone and goes the same way: under load it would never
   * end, at twice the cost. So who could do it in one step waits for a moment, until what is behind has been done.
   */
  async catchUp(): Promise<void> {
    const until = this.clock.mono() + catchUpMs
    while (!this.isCaughtUp() && this.clock.mono() < until) await this.clock.sleep(catchUpMs / 20)
  }

  /** Rows that were read are on the log, whoever has appended them. A head that is not known stays so: there may be more. */
  saw(heads: number[], rows: readonly { readonly partition: number; readonly offset: number }[]): void {
    const last = rows.at(-1)
    const head = last === undefined ? undefined : heads[last.partition]
    if (last !== undefined && head !== undefined && head !== -2) heads[last.partition] = Math.max(head, last.offset)
  }

  async refreshHeads(): Promise<void> {
    const heads = await this.backbone.heads()
    heads.inbox.forEach((head, partition) => {
      this.inboxHeads[partition] = Math.max(head, this.inboxHeads[partition] ?? -2)
    })
    heads.facts.forEach((head, partition) => {
      this.factHeads[partition] = Math.max(head, this.factHeads[partition] ?? -2)
    })
  }

  #ownedSince(subject: string): number | undefined {
    const tenure = this.advance[partitionOf(subject, this.backbone.partitions)]
    return tenure?.usable(this.clock.mono()) === true ? tenure.generation : undefined
  }

  #tenure({ consumer, partition }: Fence): Tenure | undefined {
    return (consumer === 'translate' ? this.translate : this.advance)[partition]
  }

  #settle(step: Step, factOffsets: readonly number[], held: ReadonlyMap<string, Held> | undefined): void {
    if (held !== undefined && step.fences?.every((fence) => this.#tenure(fence)?.stands(fence)) === true) {
      this.changed.keep(held)
      this.committed.keep(step.states ?? [], held)
    } else if ((step.states?.length ?? 0) > 0) this.committed.clear()
    for (const fence of step.fences ?? []) {
      const tenure = this.#tenure(fence)
      if (tenure?.epoch === fence.epoch) tenure.confirm(fence)
    }
    const byPartition = new Map<number, LoggedFact[]>()
    step.facts?.forEach(({ partition, fact }, index) => {
      const rows = byPartition.get(partition) ?? []
      rows.push({ partition, fact, offset: factOffsets[index] ?? -1 })
      if (fact.type.startsWith('transmission.')) tellTransmission(this.signals, fact)
      byPartition.set(partition, rows)
    })
    for (const [partition, rows] of byPartition) {
      rows.sort((a, b) => a.offset - b.offset)
      const planned = this.advance[partition]?.planned ?? -1
      this.factTails[partition]?.passed('advance', planned)
      this.factTails[partition]?.offer(rows)
      const last = rows.at(-1)?.offset ?? -2
      this.factHeads[partition] = Math.max(this.factHeads[partition] ?? -2, last)
      // What the step itself has folded wakes nobody: under load each of the partitions would look in vain after every batch.
      const isFolded = planned >= last
      if (!isFolded) this.bells.advance[partition]?.ring()
    }
    if (byPartition.size > 0) {
      this.signals.factsAppended({ count: step.facts?.length ?? 0 })
      this.bells.facts.ring()
    }
    if ((step.effects?.length ?? 0) > 0) this.bells.effects.ring()
  }
}

/** So long at most somebody waits for what is behind to be done. */
const catchUpMs = 100

/** What became of a document to a partner; reports are claims, and change nothing by themselves. */
function tellTransmission(signals: FlowSignals, { type, subject, data }: Fact): void {
  const outcome = type.slice('transmission.'.length)
  const { connection } = data as { readonly connection?: string }
  if (connection !== undefined && !isReport(type))
    signals.transmissionChanged({ connection, outcome, transmission: subject })
}
