import { InterlineError } from '../../base/errors.ts'
import { isLoop, type LoopNode, type SegmentNode, type TreeNode, textAt } from '../tree/tree.ts'
import type { FlatSchema } from './schema.ts'

/** A record that is to be written, with those below it. */
export interface WrittenRecord {
  readonly type: number
  /** As documents say them, in the order of the fields. */
  readonly values: readonly string[]
  readonly below: WrittenRecord[]
}

/** The records of a file in their order: what the map said, and what must be there all the same. */
export function writtenRecords(documents: readonly LoopNode[], schema: FlatSchema): WrittenRecord[] {
  if (schema.document !== undefined) return withRequired(nested(documents, schema, schema.document), undefined, schema)
  const plain = schema.records.findIndex(({ tag }) => tag === undefined)
  const isWhole = schema.records.some(({ parent }) => parent !== undefined)
  const records = documents.flatMap(({ items }) =>
    isWhole ? items.map((item) => recordOf(item, schema)) : merged(items, schema, plain),
  )
  return withRequired(records, undefined, schema)
}

/** Each document below what the file says of all of them. */
function nested(documents: readonly LoopNode[], schema: FlatSchema, document: number): WrittenRecord[] {
  const around: WrittenRecord[] = []
  const heads = documents.map(({ items }, index) => {
    const records = items.map((item) => recordOf(item, schema))
    const head = records.find(({ type }) => type === document) ?? empty(document, schema)
    for (const one of records) {
      if (one === head) continue
      if (isBelow(one.type, document, schema)) head.below.push(one)
      else if (index === 0) around.push(one)
    }
    return { ...head, below: withRequired(head.below, document, schema) }
  })
  const parent = schema.records[document]?.parent
  if (parent === undefined)
    return [...around.filter(({ type }) => type < document), ...heads, ...around.filter(({ type }) => type > document)]
  const holder = around.find(({ type }) => type === parent) ?? empty(parent, schema)
  holder.below.push(...heads)
  return [holder, ...around.filter((one) => one !== holder)].map((one) => ({
    ...one,
    below: withRequired(one.below, one.type, schema),
  }))
}

function isBelow(type: number, parent: number, { records }: FlatSchema): boolean {
  for (let one = records[type]?.parent; one !== undefined; one = records[one]?.parent) if (one === parent) return true
  return false
}

function recordOf(item: TreeNode, schema: FlatSchema): WrittenRecord {
  if (!isLoop(item)) return { type: typeOf(item.tag, schema), values: valuesOf(item, schema), below: [] }
  const type = typeOf(item.loop, schema)
  const [head, ...others] = item.items
  const own = head !== undefined && !isLoop(head) && head.tag === item.loop ? head : undefined
  const below = (own === undefined ? item.items : others).map((one) => recordOf(one, schema))
  return {
    type,
    values: own === undefined ? empty(type, schema).values : valuesOf(own, schema),
    below: withRequired(below, type, schema),
  }
}

function typeOf(name: string, { records }: FlatSchema): number {
  const type = records.findIndex((one) => one.name === name)
  if (type < 0) throw new InterlineError('FILE_UNWRITABLE', { problem: `the schema has no record ${name}` })
  return type
}

function valuesOf(segment: SegmentNode, { records }: FlatSchema): string[] {
  const fields = records.find(({ name }) => name === segment.tag)?.fields ?? []
  return fields.map((_, index) => textAt(segment, index + 1))
}

function empty(type: number, { records }: FlatSchema): WrittenRecord {
  return { type, values: (records[type]?.fields ?? []).map(() => ''), below: [] }
}

/** Rows of one document: each repeats what the document says of all of them. */
function merged(items: readonly TreeNode[], schema: FlatSchema, type: number): WrittenRecord[] {
  const records = items.map((item) => recordOf(item, schema))
  const [first, ...others] = records
  if (first === undefined || schema.group.length === 0) return records
  const isHead =
    schema.group.some((field) => first.values[field] !== '') && others.every((one) => lacksKey(one, schema))
  if (!isHead || others.length === 0) return records
  return others.map(({ values, below }) => ({
    type,
    below,
    values: values.map((value, index) => (value === '' ? (first.values[index] ?? '') : value)),
  }))
}

function lacksKey({ values }: WrittenRecord, { group }: FlatSchema): boolean {
  return group.every((field) => values[field] === '')
}

/** Trailers and other records that the map says nothing of, where they belong in the order of the schema. */
function withRequired(
  records: readonly WrittenRecord[],
  parent: number | undefined,
  schema: FlatSchema,
): WrittenRecord[] {
  const all = [...records]
  for (const [type, record] of schema.records.entries()) {
    if (record.parent !== parent || record.min === 0 || record.tag === undefined) continue
    if (all.some((one) => one.type === type)) continue
    const behind = all.findIndex((one) => one.type > type)
    all.splice(behind < 0 ? all.length : behind, 0, { ...empty(type, schema), below: withRequired([], type, schema) })
  }
  return all
}
