import { createHash } from 'node:crypto'

/** A row of the audit log as its hash is made from it; null where nothing was said. */
export interface ChainedRow {
  readonly tenant: string
  /** Counts the rows of a tenant from 1. */
  readonly no: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly actor: string
  readonly address: string | null
  readonly trace: string | null
  readonly revision: number
  readonly source: string
  readonly change: string
  readonly kind: string
  readonly name: string
  readonly reason: string | null
  /** JSON text, byte for byte as it was written. */
  readonly before: string | null
  readonly after: string | null
  /** SHA-256 in hex over the hash of the row before and this row. */
  readonly hash: string
}

/** How far a chain goes: the number of its last row, from 1, and the hash of that, SHA-256 in hex. */
export interface ChainHead {
  readonly no: number
  readonly hash: string
}

/** Before the first row: no number, and zeros where the hash of the row before would be. */
export const chainStart: ChainHead = { no: 0, hash: '00'.repeat(32) }

/** The hash that belongs behind `previous` (hex) for this row. The migration of the chain writes the same text. */
export function chainHash(previous: string, row: Omit<ChainedRow, 'hash'>): string {
  const { tenant, no, at, actor, address, trace, revision, source, change, kind, name, reason, before, after } = row
  const parts = [tenant, no, at, actor, address, trace, revision, source, change, kind, name, reason, before, after]
  return createHash('sha256')
    .update(Buffer.from(previous, 'hex'))
    .update(`audit 1,${parts.map(part).join('')}`)
    .digest('hex')
}

function part(value: string | number | null): string {
  if (value === null) return '-,'
  const text = String(value)
  return `${Buffer.byteLength(text)}:${text},`
}

/**
 * Something that is wrong with a chain, at row `no`. `changed`: the row, or its hash, is not what was written · `removed`: `count` rows
 * are missing from `no` on · `inserted`: a second row claims this place · `reordered`: rows stand in each other’s place ·
 * `rewritten`: the chain fits itself, but is not the one that was seen before · `truncated`: rows at the end are gone.
 */
export interface ChainFault {
  readonly fault: 'changed' | 'removed' | 'inserted' | 'reordered' | 'rewritten' | 'truncated'
  readonly no: number
  readonly count: number
}

/** After so many nobody needs the rest. */
const faultsMost = 100

/** Follows a chain row by row, in the order of `no`. */
export class ChainCheck {
  readonly faults: ChainFault[] = []
  readonly #seen: ReadonlyMap<number, string>
  #head: ChainHead = chainStart
  #rows = 0
  /** The last row that did not fit, and the hash that would have: two rows that changed places explain each other. */
  #misfit: { readonly row: ChainedRow; readonly previous: string } | undefined

  /** `seen`: heads that left the hub before, as in checkpoints. `start`: the last row that was trimmed; what is before it cannot be followed. */
  constructor(seen: readonly ChainHead[] = [], start: ChainHead = chainStart) {
    this.#seen = new Map(seen.map(({ no, hash }) => [no, hash]))
    this.#head = start
    const known = this.#seen.get(start.no)
    if (known !== undefined && known !== start.hash) this.#fault({ fault: 'rewritten', no: start.no, count: 1 })
  }

  get head(): ChainHead {
    return this.#head
  }

  get rows(): number {
    return this.#rows
  }

  add(row: ChainedRow): void {
    this.#rows++
    const { no } = this.#head
    if (row.no <= no) return this.#fault({ fault: 'inserted', no: row.no, count: 1 })
    if (row.no > no + 1) {
      this.#fault({ fault: 'removed', no: no + 1, count: row.no - no - 1 })
      // What links to a row that is gone cannot be proven; the next one can.
      this.#head = row
      return
    }
    const fits = chainHash(this.#head.hash, row) === row.hash
    if (!fits) this.#judge(row)
    const seen = this.#seen.get(row.no)
    if (fits && seen !== undefined && seen !== row.hash) this.#fault({ fault: 'rewritten', no: row.no, count: 1 })
    this.#head = row
  }

  /** `head`: where the chain says that it ends. Whatever was seen behind the end was cut off. */
  end(head?: ChainHead): readonly ChainFault[] {
    const last = Math.max(head?.no ?? 0, ...this.#seen.keys())
    if (last > this.#head.no) this.#fault({ fault: 'truncated', no: this.#head.no + 1, count: last - this.#head.no })
    else if (head !== undefined && head.no === this.#head.no && head.hash !== this.#head.hash)
      this.#fault({ fault: 'changed', no: head.no, count: 1 })
    return this.faults
  }

  #judge(row: ChainedRow): void {
    const { hash } = this.#head
    const before = this.#misfit
    // Written where the other one stands now: its own hash fits there, with the number of that place.
    if (before !== undefined && chainHash(before.previous, { ...row, no: before.row.no }) === row.hash) {
      this.faults.pop()
      this.#fault({ fault: 'reordered', no: before.row.no, count: row.no - before.row.no + 1 })
      this.#misfit = undefined
      return
    }
    this.#fault({ fault: 'changed', no: row.no, count: 1 })
    this.#misfit ??= { row, previous: hash }
  }

  #fault(fault: ChainFault): void {
    if (this.faults.length < faultsMost) this.faults.push(fault)
  }
}
