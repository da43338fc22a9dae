import { add } from '../../base/decimal.ts'
import type { LoopNode, TreeNode } from '../tree/tree.ts'
import type { Condition, ValuePath } from './path.ts'
import { writePeriod } from './period.ts'
import type { EdiDocument, EdiValue } from './read.ts'
import type { Fixed, Row, Rows } from './rows.ts'

/** A segment while it is put together. `key` is what its rows call it: rows of one path write into one segment. */
interface OpenSegment {
  readonly tag: string
  readonly at: -1
  readonly elements: string[][][]
  readonly key: string
}

interface OpenLoop {
  readonly loop: string
  readonly at: -1
  readonly items: (OpenSegment | OpenLoop)[]
}

/** The tree of a document by its map; places follow from the grammar when it is made segments. Totals are computed, never copied. */
export function writeDocument(document: EdiDocument, rows: Rows): LoopNode {
  const root: OpenLoop = { loop: '', at: -1, items: [] }
  writeRows(document, { loop: root, segment: undefined, ordinal: 1, document }, rows)
  return { ...root, items: root.items as readonly TreeNode[] }
}

interface Place {
  readonly loop: OpenLoop
  readonly segment: OpenSegment | undefined
  /** Position among its siblings, from 1. */
  readonly ordinal: number
  /** The whole document, for totals. */
  readonly document: EdiDocument
}

function writeRows(from: EdiDocument, place: Place, rows: Rows): void {
  for (const name in rows) {
    const row = rows[name]
    if (row !== undefined) writeRow(from[name], place, row)
  }
}

function writeRow(value: EdiValue | undefined, place: Place, row: Row): void {
  const { loop } = place
  if (row.kind === 'segments') {
    for (const [index, one] of listOf(value).entries()) {
      const segment = openSegment(loop, row.name, row.where, '')
      writeRows(one, { ...place, segment, ordinal: index + 1 }, row.rows)
    }
  } else if (row.kind === 'loops') {
    for (const [index, one] of (isComputed(row) ? [{}, ...listOf(value)].slice(-1) : listOf(value)).entries()) {
      const inner: OpenLoop = { loop: row.name, at: -1, items: [] }
      loop.items.push(inner)
      for (const condition of row.where) fulfil(openSegment(inner, condition.tag, [], condition.tag), condition)
      writeRows(one, { ...place, loop: inner, segment: undefined, ordinal: index + 1 }, row.rows)
    }
  } else writeLeaf(value, place, row)
}

/** A loop that comes once and holds a total is written though the document says nothing of it. */
function isComputed({ isSingle, rows }: Extract<Row, { kind: 'loops' }>): boolean {
  return isSingle && Object.values(rows).some(({ kind }) => kind === 'total')
}

function writeLeaf(value: EdiValue | undefined, place: Place, row: Exclude<Row, { kind: 'segments' | 'loops' }>): void {
  if (row.kind === 'total') {
    put(place, row.path, totalOf(place.document, row.of))
    for (const [component, text] of Object.entries(row.fixed as Fixed))
      put(place, { ...row.path, component: Number(component) }, text)
    return
  }
  if (row.kind === 'constant') {
    put(place, row.path, row.text)
    return
  }
  if (row.kind === 'ordinal') {
    put(place, row.path, typeof value === 'string' ? value : String(place.ordinal))
    return
  }
  if (row.kind === 'pairs') {
    if (typeof value === 'object') writePairs(value as EdiDocument, place, row)
    return
  }
  if (typeof value !== 'string') return
  if (row.kind === 'value') put(place, row.path, row.converter.write(value))
  else if (row.kind === 'moment') {
    const [day = '', clock] = value.split('T')
    put(place, row.path, day.replaceAll('-', ''))
    if (clock !== undefined) put(place, { ...row.path, element: row.time }, clock.replaceAll(/[:.]/g, ''))
  } else {
    const written = writePeriod(value)
    put(place, row.path, written.value)
    put(place, { ...row.path, component: row.path.component + 1 }, written.format)
  }
}

function writePairs(value: EdiDocument, place: Place, { path, last }: { path: ValuePath; last: number }): void {
  let { element } = path
  for (const [qualifier, number] of Object.entries(value)) {
    if (element >= last || typeof number !== 'string') return
    put(place, { ...path, element, component: 1 }, qualifier)
    put(place, { ...path, element: element + 1, component: 1 }, number)
    element += 2
  }
}

function put({ loop, segment }: Place, path: ValuePath, text: string): void {
  const target =
    path.tag === '' ? segment : openSegment(loop, path.tag, path.where, `${path.tag}${JSON.stringify(path.where)}`)
  if (target === undefined) throw new TypeError(`no segment at hand for /${path.element}`)
  set(target, path.element, path.component, text)
}

/** A key names one segment of the loop; without one each call makes another. */
function openSegment(loop: OpenLoop, tag: string, where: readonly Condition[], key: string): OpenSegment {
  const plain = where.length === 0 && key !== '' ? tag : key
  const known =
    plain === '' ? undefined : loop.items.find((item): item is OpenSegment => 'tag' in item && item.key === plain)
  if (known !== undefined) return known
  const made: OpenSegment = { tag, at: -1, elements: [], key: plain }
  loop.items.push(made)
  for (const condition of where) fulfil(made, condition)
  return made
}

function fulfil(segment: OpenSegment, { element, component, codes }: Condition): void {
  set(segment, element, component, codes[0] ?? '')
}

function set(segment: OpenSegment, element: number, component: number, text: string): void {
  while (segment.elements.length < element) segment.elements.push([['']])
  const components = segment.elements[element - 1]?.[0]
  if (components === undefined) return
  while (components.length < component) components.push('')
  components[component - 1] = text
}

function listOf(value: EdiValue | undefined): readonly EdiDocument[] {
  if (value === undefined || typeof value === 'string') return []
  return Array.isArray(value) ? (value as readonly EdiDocument[]) : [value as EdiDocument]
}

/** `lines` is counted, `lines.shipped` summed; lists within lists are gone through. */
function totalOf(document: EdiDocument, names: readonly string[]): string {
  let found: EdiValue[] = [document]
  for (const name of names)
    found = found.flatMap((one): EdiValue[] => {
      const next = typeof one === 'object' && !Array.isArray(one) ? (one as EdiDocument)[name] : undefined
      return typeof next === 'string' ? [next] : [...listOf(next)]
    })
  if (found.some((one) => typeof one !== 'string')) return String(found.length)
  return (found as string[]).reduce((sum, one) => add(sum, one), '0')
}
