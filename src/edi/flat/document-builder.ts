import type { LoopNode, SegmentNode, TreeNode } from '../tree/tree.ts'
import type { FlatDocument } from './document.ts'
import type { FlatRecord } from './record.ts'
import type { FlatSchema } from './schema.ts'

/** Loops of records below the document, by the index of their kind. */
interface OpenLoop {
  readonly type: number
  readonly items: TreeNode[]
}

/** Puts the records of one document into a tree. */
export class DocumentBuilder {
  readonly #schema: FlatSchema
  readonly #items: TreeNode[]
  readonly #open: OpenLoop[] = []
  readonly #isKept: boolean
  readonly #first: FlatRecord
  #last: FlatRecord
  #rows = 0
  faults: number

  constructor(
    schema: FlatSchema,
    first: FlatRecord,
    about: { readonly context: readonly SegmentNode[]; readonly faults: number; readonly isKept: boolean },
  ) {
    this.#schema = schema
    this.#first = first
    this.#last = first
    this.#items = [...about.context]
    this.#isKept = about.isKept
    this.faults = about.faults
  }

  get rows(): number {
    return this.#rows
  }

  add(record: FlatRecord): void {
    this.#last = record
    this.#rows++
    this.faults += record.faults
    if (!this.#isKept) return
    const { records, document } = this.#schema
    const { type } = record
    const parent = records[type]?.parent
    while (this.#open.length > 0 && this.#open.at(-1)?.type !== parent) this.#open.pop()
    const items = this.#open.at(-1)?.items ?? this.#items
    const segment = segmentOf(this.#schema, record)
    if (type === document || !records.some((one) => one.parent === type)) {
      items.push(segment)
      return
    }
    const loop: LoopNode & { items: TreeNode[] } = { loop: segment.tag, at: -1, items: [segment] }
    items.push(loop)
    this.#open.push({ type, items: loop.items })
  }

  /** A document past the limit keeps its place and nothing else. */
  forget(): void {
    this.#items.length = 0
    this.#open.length = 0
  }

  build(): FlatDocument {
    return {
      tree: { loop: '', at: -1, items: this.#items },
      row: this.#first.row,
      lastRow: this.#last.row,
      start: this.#first.start,
      end: this.#last.end,
      faults: this.faults,
    }
  }
}

/** A record as the map engine sees it: one element for each field. */
export function segmentOf({ records }: FlatSchema, { type, values }: FlatRecord): SegmentNode {
  return { tag: records[type]?.name ?? '', at: -1, elements: values.map((value) => [[value]]) }
}
