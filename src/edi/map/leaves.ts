import { readPeriod, readZonedPeriod } from './period.ts'
import type { EdiDocument, EdiValue } from './read.ts'
import type { Row } from './rows.ts'

type Leaf = Exclude<Row, { kind: 'segments' | 'loops' }>

/** The values of one segment that a map reads, found in one look over it. */
export interface Leaves {
  /** Which values are wanted, and where their texts go: element × `width` + component to a place in `texts`; -1 for none. */
  readonly wanted: Int16Array
  readonly width: number
  readonly last: number
  /** Used again for each segment: `blank` before it is read. */
  readonly texts: string[]
  readonly blank: readonly string[]
  readonly reads: readonly LeafRead[]
  /** Names of the rows by their places, for those that make an object of their own. */
  readonly names: readonly string[]
}

/** What becomes of the texts: the value of one row. */
export interface LeafRead {
  readonly place: number
  readonly read: (texts: readonly string[]) => EdiValue | undefined
}

/** Puts the rows of one segment together. Totals and constants are written, never read. */
export function leavesOf(rows: readonly (readonly [place: number, row: Leaf])[], names: readonly string[]): Leaves {
  const places = new Map<string, { readonly element: number; readonly component: number; readonly place: number }>()
  const at = (element: number, component: number): number => {
    const key = `${element}.${component}`
    const known = places.get(key)
    if (known !== undefined) return known.place
    const place = places.size
    places.set(key, { element, component, place })
    return place
  }
  const reads = rows.flatMap(([place, row]): LeafRead[] => {
    const read = leafRead(row, at)
    return read === undefined ? [] : [{ place, read }]
  })
  const all = [...places.values()]
  const last = Math.max(0, ...all.map(({ element }) => element))
  const width = Math.max(0, ...all.map(({ component }) => component)) + 1
  const wanted = new Int16Array((last + 1) * width).fill(-1)
  for (const { element, component, place } of all) wanted[element * width + component] = place
  const blank = all.map(() => '')
  return { wanted, width, last, texts: [...blank], blank, reads, names }
}

function leafRead(row: Leaf, at: (element: number, component: number) => number): LeafRead['read'] | undefined {
  const { element, component } = row.path
  switch (row.kind) {
    case 'total':
    case 'constant':
      return undefined
    case 'ordinal': {
      const own = at(element, component)
      return (texts) => textIn(texts, own) || undefined
    }
    case 'value': {
      const own = at(element, component)
      const { read } = row.converter
      return (texts) => {
        const found = textIn(texts, own)
        return found === '' ? undefined : read(found)
      }
    }
    case 'moment': {
      const day = at(element, component)
      const clock = at(row.time, 1)
      return (texts) => {
        const found = textIn(texts, day)
        return found === '' ? undefined : readPeriod(`${found}${textIn(texts, clock)}`, '')?.local
      }
    }
    case 'period': {
      const own = at(element, component)
      const format = at(element, component + 1)
      return (texts) => {
        const found = textIn(texts, own)
        return found === '' ? undefined : readZonedPeriod(found, textIn(texts, format))
      }
    }
    case 'pairs': {
      const pairs: (readonly [qualifier: number, number: number])[] = []
      for (let from = element; from < row.last; from += 2) pairs.push([at(from, 1), at(from + 1, 1)])
      return (texts) => pairsIn(texts, pairs)
    }
  }
}

function pairsIn(texts: readonly string[], pairs: readonly (readonly [number, number])[]): EdiDocument | undefined {
  let found: Record<string, string> | undefined
  for (const [qualifierAt, numberAt] of pairs) {
    const qualifier = textIn(texts, qualifierAt)
    const number = textIn(texts, numberAt)
    if (qualifier === '' || number === '') continue
    found ??= {}
    // The first of two numbers with one qualifier is the one that is meant.
    found[qualifier] ??= number
  }
  return found
}

/** X12 senders fill values up with blanks; a value of nothing else is none. */
function textIn(texts: readonly string[], place: number): string {
  const text = texts[place] as string
  const last = text.length - 1
  return last >= 0 && (text.charCodeAt(last) <= 0x20 || text.charCodeAt(0) <= 0x20) ? text.trim() : text
}
