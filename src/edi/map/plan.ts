import type { CompiledSet } from '../grammar/compiled.ts'
import type { Wanted } from '../table/set-table.ts'
import { type Leaves, leavesOf } from './leaves.ts'
import type { Condition, ValuePath } from './path.ts'
import type { Row, Rows } from './rows.ts'

/** At the places that nobody has asked for yet. */
export const unread = Symbol('unread')

/**
 * How the rows of a map are found in a loop of one set: each name has its place among the values, and each place the source that it is
 * read from. Made once for a map and a set.
 */
export interface Plan {
  /** In the order of the map. */
  readonly places: ReadonlyMap<string, number>
  /** What the values are before anything is read. */
  readonly blank: readonly (typeof unread | undefined)[]
  /** By place; undefined for what is written and never read. */
  readonly sources: readonly (Source | undefined)[]
}

/** Where the values of one or more places come from. */
export type Source = FirstSource | SegmentSource | LoopSource

/** Segments that stand directly in a loop. */
export interface Segments {
  /** By the index of a position in the grammar: 1 where the tag stands. */
  readonly positions: Uint8Array
  readonly where: readonly FoundCondition[]
}

/** The first segment of a tag: some values of the document itself. */
export interface FirstSource extends Segments {
  readonly kind: 'first'
  readonly leaves: Leaves
  /** The places that it fills. */
  readonly rows: readonly number[]
}

/** Every segment of a tag: a list. */
export interface SegmentSource extends Segments {
  readonly kind: 'segments'
  readonly place: number
  readonly leaves: Leaves
  /** Of one segment: its values are all there from the start. */
  readonly plan: Plan
}

/** Instances of a loop. */
export interface LoopSource {
  readonly kind: 'loops'
  readonly place: number
  /** By the index of a loop in the grammar: 1 for the loop. */
  readonly loops: Uint8Array
  /** Each is met by some segment of the instance. */
  readonly where: readonly FoundCondition[]
  readonly plan: Plan
  readonly isSingle: boolean
}

/** A condition, with the places of its tag in the grammar and the value that it is about. */
export interface FoundCondition {
  readonly codes: readonly string[]
  readonly wanted: Wanted
  readonly positions: Uint8Array
}

type Leaf = Exclude<Row, { kind: 'segments' | 'loops' }>
type Group = { readonly path: ValuePath; readonly leaves: (readonly [number, Leaf])[] }

const plans = new WeakMap<CompiledSet, WeakMap<Rows, Plan>>()

/** The plan of a map for a set. Throws TypeError for a map that looks from one segment of a list at others. */
export function planOf(set: CompiledSet, rows: Rows): Plan {
  let ofSet = plans.get(set)
  if (ofSet === undefined) {
    ofSet = new WeakMap()
    plans.set(set, ofSet)
  }
  const known = ofSet.get(rows)
  if (known !== undefined) return known
  const made = compile(set, rows)
  ofSet.set(rows, made)
  return made
}

function compile(set: CompiledSet, rows: Rows): Plan {
  const names = Object.keys(rows)
  const sources: (Source | undefined)[] = names.map(() => undefined)
  const firsts = new Map<string, Group>()
  for (const [place, name] of names.entries()) {
    const row = rows[name]
    if (row === undefined) continue
    if (row.kind === 'segments') sources[place] = segmentsOf(set, row, place)
    else if (row.kind === 'loops') sources[place] = loopsOf(set, row, place)
    else {
      const key = JSON.stringify([row.path.tag, row.path.where])
      const group = firsts.get(key)
      if (group === undefined) firsts.set(key, { path: row.path, leaves: [[place, row]] })
      else group.leaves.push([place, row])
    }
  }
  for (const { path, leaves } of firsts.values()) {
    const places = leaves.map(([place]) => place)
    const first: FirstSource = {
      kind: 'first',
      positions: positionsOf(set, path.tag),
      where: path.where.map((one) => foundCondition(set, one)),
      leaves: leavesOf(leaves),
      rows: places,
    }
    for (const place of places) sources[place] = first
  }
  return planned(names, sources, unread)
}

function planned(names: readonly string[], sources: Plan['sources'], blank: typeof unread | undefined): Plan {
  return { places: new Map(names.map((name, place) => [name, place])), blank: names.map(() => blank), sources }
}

function segmentsOf(
  set: CompiledSet,
  { name, where, rows }: Extract<Row, { kind: 'segments' }>,
  place: number,
): Source {
  return {
    kind: 'segments',
    place,
    positions: positionsOf(set, name),
    where: where.map((one) => foundCondition(set, one)),
    leaves: leavesOf(ownLeaves(rows)),
    plan: planned(Object.keys(rows), [], undefined),
  }
}

function loopsOf(
  set: CompiledSet,
  { name, where, rows, isSingle }: Extract<Row, { kind: 'loops' }>,
  place: number,
): Source {
  return {
    kind: 'loops',
    place,
    loops: Uint8Array.from(set.loops, ({ id }) => Number(id === name)),
    where: where.map((one) => foundCondition(set, one)),
    plan: planOf(set, rows),
    isSingle,
  }
}

function foundCondition(set: CompiledSet, { tag, element, component, codes }: Condition): FoundCondition {
  const width = component + 1
  const places = new Int16Array((element + 1) * width).fill(-1)
  places[element * width + component] = 0
  const wanted = { places, width, last: element, texts: [''], isRaw: true }
  return { codes, wanted, positions: positionsOf(set, tag) }
}

function positionsOf({ positions }: CompiledSet, tag: string): Uint8Array {
  return Uint8Array.from(positions, (one) => Number(one.tag === tag))
}

/** Rows of the segment at hand. */
function ownLeaves(rows: Rows): (readonly [number, Leaf])[] {
  return Object.entries(rows).map(([name, row], place) => {
    if (row.kind === 'segments' || row.kind === 'loops' || row.path.tag !== '')
      throw new TypeError(`${name}: a row of a segment says where in that segment`)
    return [place, row]
  })
}
