import { InterlineError } from '../../../base/errors.ts'
import type {
  EnvelopeListener,
  GroupReport,
  InterchangeReport,
  OpenSetCheck,
  SetHeader,
  SetReport,
} from '../../../edi/envelope/events.ts'
import { type EdiDocument, readValues } from '../../../edi/map/read.ts'
import { defaultMaps } from '../../../edi/maps/all.ts'
import type { ChooseSet } from '../../../edi/overlay/open.ts'
import type { LoopNode } from '../../../edi/tree/tree.ts'
import { GrammarCheck } from '../../../edi/validate/check.ts'
import { answerSets } from '../answers/answer-sets.ts'

/** A set that was accepted: its names and what they say. `undefined` where there is no map for it. */
export interface ReadSet {
  readonly header: SetHeader
  readonly document: EdiDocument | undefined
}

/** More sets than this in one message are a file to be split. */
const setsMax = 10_000

/** Keeps the sets of a file that are accepted, together with their group and interchange: what is rejected says nothing. */
export class SetReader implements EnvelopeListener {
  readonly #accepted: ReadSet[] = []
  /** What is wrong with the file as a whole: told to who asks for its content, not to who answers it. */
  #failure: unknown
  #interchange: ReadSet[] = []
  #group: ReadSet[] = []
  #check: GrammarCheck | undefined
  readonly #choose: ChooseSet

  constructor(choose: ChooseSet) {
    this.#choose = choose
  }

  /** The accepted sets. Throws CONTENT_INVALID for more of them than one message may have. */
  get accepted(): readonly ReadSet[] {
    if (this.#failure !== undefined) throw this.#failure
    return this.#accepted
  }

  /** Checks by the grammar, and keeps the segments of sets that a map can read. */
  readonly openSetCheck: OpenSetCheck = (header, report) => {
    const set = this.#choose(header)
    if (set === undefined) return undefined
    const keepTree = Object.hasOwn(defaultMaps, header.identifier)
    this.#check = GrammarCheck.open(set, report, { syntax: header.syntax, keepTree })
    return this.#check
  }

  setClosed({ header, status }: SetReport): void {
    const tree = this.#check?.takeTree()
    this.#check = undefined
    if (status === 'rejected' || answerSets.has(header.identifier)) return
    if (this.#failure !== undefined) return
    try {
      this.#group.push({ header, document: this.#read(header, tree) })
    } catch (error) {
      this.#failure = error
    }
  }

  #read({ identifier }: SetHeader, tree: LoopNode | undefined): EdiDocument | undefined {
    if (this.#accepted.length + this.#interchange.length + this.#group.length >= setsMax)
      throw new InterlineError('CONTENT_INVALID', {
        place: 'the file',
        expected: `at most ${setsMax} sets`,
        found: 'more',
      })
    const rows = defaultMaps[identifier]
    return rows === undefined || tree === undefined ? undefined : readValues(tree, rows)
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
