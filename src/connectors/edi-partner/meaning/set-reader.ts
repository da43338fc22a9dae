import { InterlineError } from '../../../base/errors.ts'
import type {
  EnvelopeListener,
  GroupReport,
  InterchangeReport,
  OpenSetCheck,
  SetHeader,
  SetReport,
} from '../../../edi/envelope/events.ts'
import type { CompiledSet } from '../../../edi/grammar/compiled.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import { readTable, type TableDocument } from '../../../edi/map/read-table.ts'
import { defaultMaps, mapOf } from '../../../edi/maps/all.ts'
import type { ChooseSet } from '../../../edi/overlay/open.ts'
import { SetTable } from '../../../edi/table/set-table.ts'
import { GrammarCheck } from '../../../edi/validate/check.ts'
import { answerSets } from '../answers/answer-sets.ts'

/** A set that was accepted: its names and what they say, as long as it is at hand. `undefined` where there is no map for it. */
export interface ReadSet {
  readonly header: SetHeader
  readonly document: TableDocument | undefined
}

/** A set that somebody keeps. */
export interface KeptSet {
  readonly header: SetHeader
  readonly document: EdiDocument | undefined
}

/** All of a set, to be looked at when the reader has gone on. */
export function keptSet({ header, document }: ReadSet): KeptSet {
  return { header, document: document?.plain() }
}

/** More sets than this in one message are a file to be split. */
const setsMax = 10_000

/**
 * Reads the sets of a file that are accepted, together with their group and interchange: what is rejected says nothing. What `understand`
 * makes of a set is kept, and nothing else of it: a file has many sets.
 */
export class SetReader<T> implements EnvelopeListener {
  readonly #accepted: T[] = []
  /** What is wrong with the file as a whole: told to who asks for its content, not to who answers it. */
  #failure: unknown
  #interchange: T[] = []
  #group: T[] = []
  /** The grammar of the set at hand, where a map reads it from the table. */
  #set: CompiledSet | undefined
  readonly #table = new SetTable()
  readonly #choose: ChooseSet
  readonly #understand: (set: ReadSet) => T

  constructor(choose: ChooseSet, understand: (set: ReadSet) => T) {
    this.#choose = choose
    this.#understand = understand
  }

  /** What the accepted sets are. Throws CONTENT_INVALID for more of them than one message may have. */
  get accepted(): readonly T[] {
    if (this.#failure !== undefined) throw this.#failure
    return this.#accepted
  }

  /** Checks by the grammar, and keeps the segments of a set that a map can read. */
  readonly openSetCheck: OpenSetCheck = (header, report) => {
    const set = this.#choose(header)
    this.#set = set !== undefined && Object.hasOwn(defaultMaps, header.identifier) ? set : undefined
    if (set === undefined) return undefined
    const table = this.#set === undefined ? {} : { table: this.#table }
    return GrammarCheck.open(set, report, { syntax: header.syntax, ...table })
  }

  setClosed({ header, status }: SetReport): void {
    const set = this.#set
    this.#set = undefined
    if (status === 'rejected' || answerSets.has(header.identifier)) return
    if (this.#failure !== undefined) return
    try {
      this.#group.push(this.#understand({ header, document: this.#read(header, set) }))
    } catch (error) {
      this.#failure = error
    }
  }

  #read({ identifier }: SetHeader, set: CompiledSet | undefined): TableDocument | undefined {
    if (this.#accepted.length + this.#interchange.length + this.#group.length >= setsMax)
      throw new InterlineError('CONTENT_INVALID', {
        place: 'the file',
        expected: `at most ${setsMax} sets`,
        found: 'more',
      })
    const rows = set === undefined ? undefined : mapOf(identifier, set.version)
    return rows === undefined || set === undefined ? undefined : readTable(this.#table, set, rows)
  }

  groupClosed({ status }: GroupReport): void {
    if (status !== 'rejected') this.#interchange.push(...this.#group)
    this.#group = []
  }

  interchangeClosed({ status }: InterchangeReport): void {
    // EDIFACT messages mostly stand in no group.
    if (status !== 'rejected') this.#accepted.push(...this.#interchange, ...this.#group)
    this.#interchange = []
    this.#group = []
  }
}
