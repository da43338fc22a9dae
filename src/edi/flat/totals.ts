import { add, compare } from '../../base/decimal.ts'
import type { FaultCode } from './fault-codes.ts'
import type { FlatRecord } from './record.ts'
import type { FlatField, FlatSchema } from './schema.ts'

/** A trailer that says something else than there is. */
export interface WrongTotal {
  readonly code: FaultCode
  readonly field: FlatField
  readonly expected: string
  readonly found: string
}

/** Counts and sums of the records below one parent, for its trailer. */
export class Totals {
  readonly #counts: number[]
  readonly #sums = new Map<string, string>()
  /** Sums of which a part could not be read: nobody can say whether they are right. */
  readonly #unsure = new Set<string>()
  readonly #summed: readonly (readonly number[])[]

  constructor({ records }: FlatSchema) {
    this.#counts = records.map(() => 0)
    const wanted = records.flatMap(({ fields }) => fields.flatMap(({ sums }) => (sums === undefined ? [] : [sums])))
    this.#summed = records.map((_, type) => wanted.filter(({ record }) => record === type).map(({ field }) => field))
  }

  add({ type, values, faults }: FlatRecord): void {
    this.#counts[type] = (this.#counts[type] ?? 0) + 1
    for (const field of this.#summed[type] ?? []) {
      const key = `${type}.${field}`
      const value = values[field] ?? ''
      if (value !== '') this.#sums.set(key, add(this.#sums.get(key) ?? '0', value))
      else if (faults > 0) this.#unsure.add(key)
    }
  }

  count(type: number): number {
    return this.#counts[type] ?? 0
  }

  /** What of a trailer does not fit. An empty field claims nothing. */
  compare({ type, values }: FlatRecord, { records }: FlatSchema): WrongTotal[] {
    const wrong: WrongTotal[] = []
    for (const [index, field] of (records[type]?.fields ?? []).entries()) {
      const found = values[index] ?? ''
      if (found === '') continue
      const { counts, sums } = field
      if (counts !== undefined) {
        const expected = this.countOf(counts)
        if (compare(found, expected) !== 0) wrong.push({ code: 'count.wrong', field, expected, found })
      } else if (sums !== undefined && !this.#unsure.has(`${sums.record}.${sums.field}`)) {
        const expected = this.sumOf(sums)
        if (compare(found, expected) !== 0) wrong.push({ code: 'sum.wrong', field, expected, found })
      }
    }
    return wrong
  }

  countOf(types: readonly number[]): string {
    return String(types.reduce((sum, one) => sum + this.count(one), 0))
  }

  sumOf({ record, field }: { readonly record: number; readonly field: number }): string {
    return this.#sums.get(`${record}.${field}`) ?? '0'
  }
}
