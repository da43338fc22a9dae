import type { Wanted } from '../table/set-table.ts'
import { text as asItStands } from './convert.ts'
import { readDayAndClock, readPeriod, readZonedPeriod } from './period.ts'
import type { EdiDocument, EdiValue } from './read.ts'
import type { Row } from './rows.ts'

type Leaf = Exclude<Row, { kind: 'segments' | 'loops' }>
type Texts = readonly string[]

/** The values of one segment that a map reads, found in one look over it. */
export interface Leaves {
  readonly wanted: Wanted
  /** What most texts become, by their place in `wanted.texts`: the value of one row. -1 where a text is only part of one. */
  readonly rows: Int16Array
  /** How it is read; undefined for a text that stays as it is. */
  readonly converters: readonly (((text: string) => string | undefined) | undefined)[]
  /** Rows that are made of several texts, or of one that another row has too. */
  readonly others: readonly { readonly row: number; readonly read: (texts: Texts) => EdiValue | undefined }[]
}

/** Puts the rows of one segment together, each with its number among the names of its map. Totals and constants are written, never read. */
export function leavesOf(leaves: readonly (readonly [row: number, leaf: Leaf])[]): Leaves {
  const places = new Places()
  const rows: number[] = []
  const converters: Leaves['converters'][number][] = []
  const others: Leaves['others'][number][] = []
  for (const [row, leaf] of leaves) {
    const { element, component } = leaf.path
    if (leaf.kind === 'value' || leaf.kind === 'ordinal') {
      const place = places.at(element, component)
      const convert = leaf.kind === 'value' && leaf.converter !== asItStands ? leaf.converter.read : undefined
      if (rows[place] !== undefined) others.push({ row, read: (texts) => ofOne(texts[place] as string, convert) })
      else {
        rows[place] = row
        converters[place] = convert
      }
    } else {
      const read = several(leaf, places)
      if (read !== undefined) others.push({ row, read })
    }
  }
  const wanted = places.wanted()
  return { wanted, rows: Int16Array.from(wanted.texts, (_, at) => rows[at] ?? -1), converters, others }
}

/** Numbers for the values that are read. */
class Places {
  readonly #places = new Map<string, readonly [element: number, component: number]>()

  at(element: number, component: number): number {
    const key = `${element}.${component}`
    this.#places.set(key, [element, component])
    return [...this.#places.keys()].indexOf(key)
  }

  wanted(): Wanted {
    const all = [...this.#places.values()]
    const last = Math.max(0, ...all.map(([element]) => element))
    const width = Math.max(0, ...all.map(([, component]) => component)) + 1
    const places = new Int16Array((last + 1) * width).fill(-1)
    for (const [at, [element, component]] of all.entries()) places[element * width + component] = at
    return { places, width, last, texts: all.map(() => '') }
  }
}

function several(leaf: Leaf, places: Places): ((texts: Texts) => EdiValue | undefined) | undefined {
  const { element, component } = leaf.path
  if (leaf.kind === 'moment') {
    const day = places.at(element, component)
    const clock = places.at(leaf.time, 1)
    return (texts) => readMoment(texts[day] as string, texts[clock] as string)
  }
  if (leaf.kind === 'period') {
    const at = places.at(element, component)
    const format = places.at(element, component + 1)
    return (texts) => (texts[at] === '' ? undefined : readZonedPeriod(texts[at] as string, texts[format] as string))
  }
  if (leaf.kind !== 'pairs') return undefined
  const pairs: (readonly [qualifier: number, number: number])[] = []
  for (let from = element; from < leaf.last; from += 2) pairs.push([places.at(from, 1), places.at(from + 1, 1)])
  return (texts) => pairsIn(texts, pairs)
}

function readMoment(day: string, clock: string): string | undefined {
  if (day === '') return undefined
  const plain = day.length === 8 && clock.length === 4 ? readDayAndClock(day, clock) : undefined
  return plain ?? readPeriod(`${day}${clock}`, '')?.local
}

function pairsIn(texts: Texts, pairs: readonly (readonly [number, number])[]): EdiDocument | undefined {
  let found: Record<string, string> | undefined
  for (const [qualifierAt, numberAt] of pairs) {
    const qualifier = texts[qualifierAt] as string
    const number = texts[numberAt] as string
    if (qualifier === '' || number === '') continue
    found ??= {}
    // The first of two numbers with one qualifier is the one that is meant.
    found[qualifier] ??= number
  }
  return found
}

function ofOne(text: string, convert: Leaves['converters'][number]): string | undefined {
  if (text === '') return undefined
  return convert === undefined ? text : convert(text)
}
