import type { CompiledSet } from '../grammar/compiled.ts'
import { type Leaves, leavesOf } from './leaves.ts'
import type { Condition, ValuePath } from './path.ts'
import type { Row, Rows } from './rows.ts'

/**
 * How the rows of a map are read from a loop of one set: by the place of each segment and loop, so that one look over the loop finds all of
 * them. Made once for a map and a set.
 */
export interface Plan {
  /** Names of the document, in the order of the map. */
  readonly names: readonly string[]
  /** A place for each name, and behind them those that remember what was taken. */
  readonly blank: readonly undefined[]
  /** By the index of a position in the grammar. */
  readonly segments: readonly (readonly SegmentStep[] | undefined)[]
  /** By the index of a loop in the grammar. */
  readonly loops: readonly (readonly LoopStep[] | undefined)[]
}

/** What is read from a segment of a tag. */
export interface SegmentStep {
  readonly where: readonly Condition[]
  readonly leaves: Leaves
  /** Into the document itself, from the first one only: where that is remembered. Else each gives one of a list. */
  readonly taken: number
  /** The place of the list. */
  readonly place: number
}

/** What is read from an instance of a loop. */
export interface LoopStep {
  readonly place: number
  /** Each with the places of its tag in the grammar. */
  readonly where: readonly (Condition & { readonly positions: ReadonlySet<number> })[]
  readonly plan: Plan
  /** The first one only: where that is remembered; -1 for a list. */
  readonly taken: number
}

type Leaf = Exclude<Row, { kind: 'segments' | 'loops' }>

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
  const segments: SegmentStep[][] = []
  const loops: LoopStep[][] = []
  let places = names.length
  const atTag = (tag: string, step: SegmentStep): void => {
    for (const { index } of set.positions.filter((one) => one.tag === tag)) (segments[index] ??= []).push(step)
  }
  const firsts = new Map<string, { readonly path: ValuePath; readonly leaves: (readonly [number, Leaf])[] }>()
  for (const [place, name] of names.entries()) {
    const row = rows[name]
    if (row === undefined) continue
    if (row.kind === 'segments')
      atTag(row.name, {
        where: row.where,
        place,
        taken: -1,
        leaves: leavesOf(ownLeaves(row.rows), Object.keys(row.rows)),
      })
    else if (row.kind === 'loops') {
      const where = row.where.map((one) => ({ ...one, positions: positionsOf(set, one.tag) }))
      const step = { place, where, plan: planOf(set, row.rows), taken: row.isSingle ? places++ : -1 }
      for (const { index } of set.loops.filter(({ id }) => id === row.name)) (loops[index] ??= []).push(step)
    } else {
      const key = JSON.stringify([row.path.tag, row.path.where])
      const group = firsts.get(key)
      if (group === undefined) firsts.set(key, { path: row.path, leaves: [[place, row]] })
      else group.leaves.push([place, row])
    }
  }
  for (const { path, leaves } of firsts.values())
    atTag(path.tag, { where: path.where, place: -1, taken: places++, leaves: leavesOf(leaves, names) })
  return { names, blank: Array.from({ length: places }, () => undefined), segments, loops }
}

function positionsOf({ positions }: CompiledSet, tag: string): ReadonlySet<number> {
  return new Set(positions.filter((one) => one.tag === tag).map(({ index }) => index))
}

/** Rows of the segment at hand. */
function ownLeaves(rows: Rows): (readonly [number, Leaf])[] {
  return Object.entries(rows).map(([name, row], place) => {
    if (row.kind === 'segments' || row.kind === 'loops' || row.path.tag !== '')
      throw new TypeError(`${name}: a row of a segment says where in that segment`)
    return [place, row]
  })
}
