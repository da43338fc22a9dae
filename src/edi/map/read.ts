import { isLoop, type LoopNode, type SegmentNode, textAt } from '../tree/tree.ts'
import type { Condition, ValuePath } from './path.ts'
import { readPeriod, readZonedPeriod } from './period.ts'
import type { Row, Rows } from './rows.ts'

/** A set as an object by the names of its map: text, lists and objects. What is not there is left out. */
export type EdiDocument = { readonly [name: string]: EdiValue }
/** Text, an object, or a list of objects. */
export type EdiValue = string | EdiDocument | readonly EdiDocument[]

/** A document, what the map did not take, and what it took and could not read. */
export interface ReadDocument {
  readonly document: EdiDocument
  /** Segments of which something is left, as `loop/TAG`, with all their elements. At most `restMax`. */
  readonly rest: readonly { readonly path: string; readonly elements: SegmentNode['elements'] }[]
  readonly unreadable: readonly { readonly path: string; readonly value: string }[]
}

/** More than this of what no map takes helps nobody. */
export const restMax = 1000

/** Reads a set by its map, and nothing else: who does not ask what is left need not pay for it. */
export function readValues(tree: LoopNode, rows: Rows): EdiDocument {
  return new Reader(false).rows(tree, undefined, rows)
}

/** Reads a set by its map. */
export function readDocument(tree: LoopNode, rows: Rows): ReadDocument {
  const reader = new Reader(true)
  const document = reader.rows(tree, undefined, rows)
  return { document, rest: reader.rest(tree), unreadable: reader.unreadable }
}

class Reader {
  readonly unreadable: { path: string; value: string }[] = []
  /** Elements that some row took; not kept where nobody asks what is left. */
  readonly #taken: Map<SegmentNode, Set<number>> | undefined

  constructor(isTracking: boolean) {
    this.#taken = isTracking ? new Map() : undefined
  }

  rows(loop: LoopNode, segment: SegmentNode | undefined, rows: Rows): EdiDocument {
    const found: Record<string, EdiValue> = {}
    for (const [name, row] of entriesOf(rows)) {
      const value = this.#row(loop, segment, row)
      if (value !== undefined) found[name] = value
    }
    return found
  }

  rest(tree: LoopNode): ReadDocument['rest'][number][] {
    const left: ReadDocument['rest'][number][] = []
    const walk = (loop: LoopNode, path: string): void => {
      for (const item of loop.items) {
        if (left.length >= restMax) return
        if (isLoop(item)) walk(item, `${path}${item.loop}/`)
        else if (this.#isLeft(item)) left.push({ path: `${path}${item.tag}`, elements: item.elements })
      }
    }
    walk(tree, '')
    return left
  }

  #isLeft(segment: SegmentNode): boolean {
    const taken = this.#taken?.get(segment)
    return segment.elements.some(
      (repetitions, index) =>
        taken?.has(index + 1) !== true && repetitions.some((components) => components.some((text) => text !== '')),
    )
  }

  #row(loop: LoopNode, segment: SegmentNode | undefined, row: Row): EdiValue | undefined {
    if (row.kind === 'segments') return this.#segments(loop, row)
    if (row.kind === 'loops') return this.#loops(loop, row)
    const found = row.path.tag === '' ? segment : this.#first(loop, row.path.tag, row.path.where)
    return found === undefined ? undefined : this.#leaf(found, row)
  }

  #leaf(segment: SegmentNode, row: Exclude<Row, { kind: 'segments' | 'loops' }>): EdiValue | undefined {
    const { path } = row
    const found = this.#text(segment, path.element, path.component)
    switch (row.kind) {
      case 'value':
        return this.#converted(segment, path, found, row.converter.read)
      case 'ordinal':
        return found === '' ? undefined : found
      case 'total':
      case 'constant':
        return undefined
      case 'moment': {
        const clock = this.#text(segment, row.time, 1)
        return this.#converted(segment, path, found, () => readPeriod(`${found}${clock}`, '')?.local)
      }
      case 'period': {
        const format = this.#text(segment, path.element, path.component + 1)
        return this.#converted(segment, path, found, () => readZonedPeriod(found, format))
      }
      case 'pairs':
        return this.#pairs(segment, path, row.last)
    }
  }

  #pairs(segment: SegmentNode, { element }: ValuePath, last: number): EdiDocument | undefined {
    const found: Record<string, string> = {}
    for (let at = element; at < last; at += 2) {
      const qualifier = this.#text(segment, at, 1)
      const number = this.#text(segment, at + 1, 1)
      // The first of two numbers with one qualifier is the one that is meant; the other is in what is left.
      if (qualifier !== '' && number !== '') found[qualifier] ??= number
    }
    return isFilled(found) ? found : undefined
  }

  #converted(
    segment: SegmentNode,
    { element, component }: ValuePath,
    found: string,
    read: (text: string) => string | undefined,
  ): string | undefined {
    if (found === '') return undefined
    const value = read(found)
    if (value === undefined && this.#taken !== undefined)
      this.unreadable.push({ path: `${segment.tag}/${element}.${component}`, value: found })
    return value
  }

  #segments(loop: LoopNode, row: Extract<Row, { kind: 'segments' }>): readonly EdiDocument[] | undefined {
    let found: EdiDocument[] | undefined
    for (const item of loop.items) {
      if (isLoop(item) || item.tag !== row.name || !this.#areMet(item, row.where)) continue
      const one = this.rows(loop, item, row.rows)
      if (isFilled(one)) (found ??= []).push(one)
    }
    return found
  }

  #loops(loop: LoopNode, row: Extract<Row, { kind: 'loops' }>): EdiDocument | readonly EdiDocument[] | undefined {
    let found: EdiDocument[] | undefined
    for (const item of loop.items) {
      if (!isLoop(item) || item.loop !== row.name || !this.#holds(item, row.where)) continue
      const one = this.rows(item, undefined, row.rows)
      if (row.isSingle) return isFilled(one) ? one : undefined
      if (isFilled(one)) (found ??= []).push(one)
    }
    return found
  }

  #first(loop: LoopNode, tag: string, where: readonly Condition[]): SegmentNode | undefined {
    for (const item of loop.items) if (!isLoop(item) && item.tag === tag && this.#areMet(item, where)) return item
    return undefined
  }

  #holds(loop: LoopNode, where: readonly Condition[]): boolean {
    return where.every((condition) =>
      loop.items.some((item) => !isLoop(item) && item.tag === condition.tag && this.#isMet(item, condition)),
    )
  }

  #areMet(segment: SegmentNode, where: readonly Condition[]): boolean {
    return where.length === 0 || where.every((condition) => this.#isMet(segment, condition))
  }

  #isMet(segment: SegmentNode, { element, component, codes }: Condition): boolean {
    const isMet = codes.includes(unpadded(textAt(segment, element, component)))
    if (isMet) this.#take(segment, element)
    return isMet
  }

  #text(segment: SegmentNode, element: number, component: number): string {
    this.#take(segment, element)
    return unpadded(textAt(segment, element, component))
  }

  #take(segment: SegmentNode, element: number): void {
    if (this.#taken === undefined) return
    const taken = this.#taken.get(segment)
    if (taken === undefined) this.#taken.set(segment, new Set([element]))
    else taken.add(element)
  }
}

/** Maps are few and read for every set. */
const entries = new WeakMap<Rows, readonly (readonly [string, Row])[]>()

function entriesOf(rows: Rows): readonly (readonly [string, Row])[] {
  let found = entries.get(rows)
  if (found === undefined) {
    found = Object.entries(rows)
    entries.set(rows, found)
  }
  return found
}

/** X12 senders fill values up with blanks; a value of nothing else is none. */
function unpadded(text: string): string {
  const last = text.length - 1
  return last >= 0 && (text.charCodeAt(last) <= 0x20 || text.charCodeAt(0) <= 0x20) ? text.trim() : text
}

function isFilled(document: EdiDocument): boolean {
  for (const _ in document) return true
  return false
}
