import { Members } from '../../base/members.ts'
import type { CompiledSet } from '../grammar/compiled.ts'
import type { SetTable } from '../table/set-table.ts'
import type { Leaves } from './leaves.ts'
import {
  type FoundCondition,
  type LoopSource,
  type Plan,
  planOf,
  type SegmentSource,
  type Segments,
  type Source,
  unread,
} from './plan.ts'
import type { EdiDocument, EdiValue } from './read.ts'
import type { Rows } from './rows.ts'

type Value = string | EdiDocument | TableDocument | readonly TableDocument[] | undefined

/**
 * Reads a set by its map from the bytes, as far as somebody asks: in all it is the same document as `readValues` of its tree, which nobody
 * has to build. Good as long as the table holds the set.
 */
export function readTable(table: SetTable, set: CompiledSet, rows: Rows): TableDocument {
  const plan = planOf(set, rows)
  return new TableDocument(table, 0, plan, plan.blank.slice())
}

/** An instance of a loop, or a segment, by the names of a map. */
export class TableDocument extends Members {
  readonly #table: SetTable
  readonly #turn: number
  readonly #instance: number
  readonly #plan: Plan
  /** By the places of the plan. */
  readonly #values: (Value | typeof unread)[]

  constructor(table: SetTable, instance: number, plan: Plan, values: (Value | typeof unread)[]) {
    super()
    this.#table = table
    this.#turn = table.turn
    this.#instance = instance
    this.#plan = plan
    this.#values = values
  }

  member(name: string): Value {
    const place = this.#plan.places.get(name)
    return place === undefined ? undefined : this.#at(place)
  }

  /** Whether anything is said at all: a loop or segment of which nothing is wanted is none. */
  get isFilled(): boolean {
    for (let place = 0; place < this.#values.length; place++) if (this.#at(place) !== undefined) return true
    return false
  }

  /** All of it, which lasts longer than the table. */
  plain(): EdiDocument {
    const found: Record<string, EdiValue> = {}
    for (const [name, place] of this.#plan.places) {
      const value = this.#at(place)
      if (value instanceof TableDocument) found[name] = value.plain()
      else if (isList(value)) found[name] = value.map((one) => one.plain())
      else if (value !== undefined) found[name] = value
    }
    return found
  }

  #at(place: number): Value {
    const known = this.#values[place]
    if (known !== unread) return known
    if (this.#turn !== this.#table.turn) throw new TypeError('a set was read after its table went on to the next one')
    const source = this.#plan.sources[place]
    if (source === undefined) this.#values[place] = undefined
    else readSource(this.#table, this.#instance, source, this.#values as Value[])
    return this.#values[place] as Value
  }
}

function isList(value: Value): value is readonly TableDocument[] {
  return Array.isArray(value)
}

function readSource(table: SetTable, instance: number, source: Source, values: Value[]): void {
  if (source.kind === 'loops') values[source.place] = readLoops(table, instance, source)
  else if (source.kind === 'segments') values[source.place] = readSegments(table, instance, source)
  else {
    for (const place of source.rows) values[place] = undefined
    const at = nextSegment(table, table.first(instance), instance, source)
    if (at >= 0) readLeaves(table, at, source.leaves, values)
  }
}

function readSegments(table: SetTable, instance: number, source: SegmentSource): readonly TableDocument[] | undefined {
  let found: TableDocument[] | undefined
  let at = nextSegment(table, table.first(instance), instance, source)
  for (; at >= 0; at = nextSegment(table, at + 1, instance, source)) {
    const values: Value[] = source.plan.blank.slice() as undefined[]
    readLeaves(table, at, source.leaves, values)
    const one = new TableDocument(table, instance, source.plan, values)
    if (one.isFilled) found = added(found, one)
  }
  return found
}

/** The next one of its tag that stands directly in the loop and meets the conditions; -1 for none. */
function nextSegment(table: SetTable, from: number, instance: number, { positions, where }: Segments): number {
  const end = table.endOf(instance)
  for (let at = from; at < end; ) {
    const inner = table.opens(at)
    if (inner >= 0 && inner !== instance) at = table.endOf(inner)
    else if (positions[table.positionOf(at)] === 1 && areMet(table, at, where)) return at
    else at++
  }
  return -1
}

function readLoops(
  table: SetTable,
  instance: number,
  { loops, where, plan, isSingle }: LoopSource,
): TableDocument | readonly TableDocument[] | undefined {
  let found: TableDocument[] | undefined
  const end = table.endOf(instance)
  for (let at = table.first(instance); at < end; ) {
    const inner = table.opens(at)
    if (inner < 0 || inner === instance) {
      at++
      continue
    }
    at = table.endOf(inner)
    if (loops[table.loopOf(inner)] !== 1 || !holds(table, inner, where)) continue
    const one = new TableDocument(table, inner, plan, plan.blank.slice())
    if (isSingle) return one.isFilled ? one : undefined
    if (one.isFilled) found = added(found, one)
  }
  return found
}

/** Most lists have one member: a list that begins with it has no room for sixteen more. */
function added(list: TableDocument[] | undefined, one: TableDocument): TableDocument[] {
  if (list === undefined) return [one]
  list.push(one)
  return list
}

function readLeaves(table: SetTable, segment: number, leaves: Leaves, values: Value[]): void {
  const { wanted, rows, converters, others } = leaves
  const { texts } = wanted
  table.read(segment, wanted)
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string
    const row = rows[at] as number
    if (text === '' || row < 0) continue
    const convert = converters[at]
    values[row] = convert === undefined ? text : convert(text)
  }
  for (let at = 0; at < others.length; at++) {
    const other = others[at] as Leaves['others'][number]
    values[other.row] = other.read(texts) as Value
  }
}

/** Every condition by some segment that stands directly in the loop. */
function holds(table: SetTable, instance: number, where: LoopSource['where']): boolean {
  for (const condition of where)
    if (nextSegment(table, table.first(instance), instance, { positions: condition.positions, where: [condition] }) < 0)
      return false
  return true
}

function areMet(table: SetTable, segment: number, where: readonly FoundCondition[]): boolean {
  for (const { wanted, codes } of where) {
    table.read(segment, wanted)
    if (!codes.includes(wanted.texts[0] as string)) return false
  }
  return true
}
