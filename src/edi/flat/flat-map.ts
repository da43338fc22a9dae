import { type EdiDocument, readValues } from '../map/read.ts'
import { loops, type Row, type Rows, segments, value } from '../map/rows.ts'
import { writeDocument } from '../map/write.ts'
import type { LoopNode } from '../tree/tree.ts'
import type { FlatDocument } from './document.ts'
import type { FlatSchema } from './schema.ts'

/** Which names a document has, and which of them stand in lists. Where they stand in a file is the schema's business. */
export interface DocumentShape {
  readonly members: readonly string[]
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** Names of another list that an item has as well where its own record has them: what the rest of its row says. */
  readonly beside?: Readonly<Record<string, readonly string[]>>
}

/**
 * The map between a document and a file: the same rows as an EDI map has, found by the names of the fields. Lists are the records that have
 * their fields; in a file with one kind of record every row is an item of each list. A field that no list has is a member.
 */
export function flatMap({ members, lists, beside = {} }: DocumentShape, schema: FlatSchema): Rows {
  const rows: Record<string, Row> = {}
  const isFlat = schema.records.every(({ parent }) => parent === undefined)
  const listed = Object.values(lists).flat()
  // What is computed or belongs to another field says nothing of its own.
  const others = schema.records.flatMap(({ fields }) =>
    fields
      .filter(({ counts, sums }, at) => (counts ?? sums) === undefined && fields.every(({ time }) => time !== at))
      .map(({ name }) => name),
  )
  for (const name of new Set([...members, ...others.filter((one) => !listed.includes(one))])) {
    const place = placeOf(name, schema)
    if (place !== undefined) rows[name] = value(place)
  }
  const found = Object.entries(lists).flatMap(([list, names]) => {
    const type = recordWith(names, schema)
    return type < 0 ? [] : [{ list, type, names: [...names, ...(beside[list] ?? [])] }]
  })
  const made = found.map((one) => ({ ...one, ...listRow(one.type, one.names, schema, isFlat) }))
  for (const { list, type, row } of made) {
    // Lines below packages are lists within that list.
    const above = made.find((other) => other.isLoop && schema.records[type]?.parent === other.type)
    if (above === undefined) rows[list] = row
    else above.rows[list] = row
  }
  return rows
}

/** Reads a document; what the file does not say is left out. */
export function readFlatDocument({ tree }: FlatDocument, rows: Rows): EdiDocument {
  return readValues(tree, rows)
}

/** The tree of a document, for the writer. */
export function flatTree(document: EdiDocument, rows: Rows): LoopNode {
  return writeDocument(document, rows)
}

function placeOf(name: string, { records }: FlatSchema): string | undefined {
  for (const record of records) {
    const index = record.fields.findIndex((field) => field.name === name)
    if (index >= 0) return `${record.name}/${index + 1}`
  }
  return undefined
}

function recordWith(names: readonly string[], { records }: FlatSchema): number {
  return records.findIndex(({ fields }) => names.some((name) => fields.some((one) => one.name === name)))
}

interface ListRow {
  readonly row: Row
  readonly rows: Record<string, Row>
  readonly isLoop: boolean
}

/** Records that others stand below are loops of the tree; the rest are segments of the loop that they are in. */
function listRow(type: number, names: readonly string[], schema: FlatSchema, isFlat: boolean): ListRow {
  const record = schema.records[type]
  const name = record?.name ?? ''
  const isLoop = !isFlat && type !== schema.document && schema.records.some(({ parent }) => parent === type)
  const rows: Record<string, Row> = {}
  for (const [index, field] of (record?.fields ?? []).entries())
    if (names.includes(field.name)) rows[field.name] = value(isLoop ? `${name}/${index + 1}` : `/${index + 1}`)
  return { row: isLoop ? loops(name, rows) : segments(name, rows), rows, isLoop }
}
