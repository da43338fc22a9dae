import type { CompiledSet } from '../grammar/compiled.ts'
import type { SetTable } from '../table/set-table.ts'
import type { Leaves } from './leaves.ts'
import type { Condition } from './path.ts'
import { type LoopStep, type Plan, planOf, type SegmentStep } from './plan.ts'
import type { EdiDocument, EdiValue } from './read.ts'
import type { Rows } from './rows.ts'

type Values = (EdiValue | undefined)[]

/** Reads a set by its map from the bytes: the same document as `readValues` of its tree, which nobody has to build. */
export function readTable(table: SetTable, set: CompiledSet, rows: Rows): EdiDocument {
  return readLoop(table, 0, planOf(set, rows)) ?? {}
}

/** `undefined` where nothing is said. */
function readLoop(table: SetTable, instance: number, plan: Plan): EdiDocument | undefined {
  const values: Values = plan.blank.slice()
  const end = table.endOf(instance)
  for (let at = table.first(instance); at < end; ) {
    const inner = table.opens(at)
    if (inner >= 0 && inner !== instance) {
      const steps = plan.loops[table.loopOf(inner)]
      if (steps !== undefined) for (const step of steps) readInner(table, inner, step, values)
      at = table.endOf(inner)
    } else {
      const steps = plan.segments[table.positionOf(at)]
      if (steps !== undefined) for (const step of steps) readSegment(table, at, step, values)
      at++
    }
  }
  return documentOf(plan.names, values)
}

/** Remembers at its place that the first one was there: others are not looked at. */
const seen = 'seen'

function readInner(table: SetTable, instance: number, step: LoopStep, values: Values): void {
  const { taken, where, place, plan } = step
  if (taken >= 0 && values[taken] === seen) return
  if (where.length > 0 && !holds(table, instance, where)) return
  if (taken >= 0) values[taken] = seen
  const one = readLoop(table, instance, plan)
  if (one === undefined) return
  if (taken >= 0) values[place] = one
  else addTo(values, place, one)
}

function readSegment(table: SetTable, segment: number, step: SegmentStep, values: Values): void {
  const { taken, where, place, leaves } = step
  if (taken >= 0 && values[taken] === seen) return
  if (where.length > 0 && !where.every((condition) => isMet(table, segment, condition))) return
  table.read(segment, leaves.wanted)
  if (taken >= 0) {
    values[taken] = seen
    readLeaves(leaves, values)
    return
  }
  const own: Values = []
  for (let at = 0; at < leaves.names.length; at++) own.push(undefined)
  readLeaves(leaves, own)
  const one = documentOf(leaves.names, own)
  if (one !== undefined) addTo(values, place, one)
}

function readLeaves({ wanted: { texts }, rows, converters, others }: Leaves, values: Values): void {
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] as string
    const row = rows[at] as number
    if (text === '' || row < 0) continue
    const convert = converters[at]
    values[row] = convert === undefined ? text : convert(text)
  }
  for (let at = 0; at < others.length; at++) {
    const other = others[at] as Leaves['others'][number]
    values[other.row] = other.read(texts)
  }
}

function documentOf(names: readonly string[], values: Values): EdiDocument | undefined {
  let found: Record<string, EdiValue> | undefined
  for (let place = 0; place < names.length; place++) {
    const value = values[place]
    if (value !== undefined) (found ??= {})[names[place] as string] = value
  }
  return found
}

function addTo(values: Values, place: number, one: EdiDocument): void {
  const list = values[place] as EdiDocument[] | undefined
  if (list === undefined) values[place] = [one]
  else list.push(one)
}

/** Every condition by some segment that stands directly in the loop. */
function holds(table: SetTable, instance: number, where: LoopStep['where']): boolean {
  return where.every((condition) => {
    const end = table.endOf(instance)
    for (let at = table.first(instance); at < end; ) {
      const inner = table.opens(at)
      if (inner >= 0 && inner !== instance) at = table.endOf(inner)
      else if (condition.positions.has(table.positionOf(at)) && isMet(table, at, condition)) return true
      else at++
    }
    return false
  })
}

function isMet(table: SetTable, segment: number, { element, component, codes }: Condition): boolean {
  return codes.includes(table.textAt(segment, element, component))
}
