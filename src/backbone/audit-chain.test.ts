import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChainCheck, type ChainedRow, chainHash, chainStart } from './audit-chain.ts'

const length = 40

function chained(count: number): ChainedRow[] {
  const rows: ChainedRow[] = []
  for (let no = 1; no <= count; no++) {
    const row = {
      ...{ tenant: 'acme', no, at: 1_700_000_000_000 + no, actor: `key_${no % 3} Ann`, address: null, trace: 'ab' },
      ...{
        revision: 1,
        source: 'api',
        change: 'create',
        kind: 'key',
        name: `key_${no}`,
        reason: no % 2 === 0 ? 'asked' : null,
      },
      ...{ before: null, after: JSON.stringify({ n: no, at: randomBytes(4).toString('hex') }) },
    }
    rows.push({ ...row, hash: chainHash(rows.at(-1)?.hash ?? chainStart.hash, row) })
  }
  return rows
}

function faultsOf(rows: readonly ChainedRow[], original: readonly ChainedRow[], seen: readonly number[] = []) {
  const last = original.at(-1)
  const check = new ChainCheck(seen.map((no) => ({ no, hash: original[no - 1]?.hash ?? '' })))
  for (const row of rows.toSorted((a, b) => a.no - b.no)) check.add(row)
  return check.end(last)
}

/** As somebody would who may write to the table: every hash from there on is made anew. */
function relinked(rows: readonly ChainedRow[]): ChainedRow[] {
  const made: ChainedRow[] = []
  for (const row of rows) made.push({ ...row, hash: chainHash(made.at(-1)?.hash ?? chainStart.hash, row) })
  return made
}

const place = fc.integer({ min: 1, max: length })

describe('a chain of the audit log', () => {
  test('that nobody touched is whole', () => {
    const rows = chained(length)
    expect(faultsOf(rows, rows, [1, 20, length])).toEqual([])
    expect(new ChainCheck().end(chainStart)).toEqual([])
  })

  const columns = [
    'at',
    'actor',
    'address',
    'trace',
    'source',
    'change',
    'kind',
    'name',
    'reason',
    'before',
    'after',
    'hash',
  ] as const
  test('names the row of which any column was changed', () => {
    fc.assert(
      fc.property(place, fc.constantFrom(...columns), (no, column) => {
        const rows = chained(length)
        const value = column === 'at' ? 5 : column === 'hash' ? 'ff'.repeat(32) : 'x'
        const changed = rows.map((row) => (row.no === no ? { ...row, [column]: value } : row))
        expect(faultsOf(changed, rows)[0]).toEqual({ fault: 'changed', no, count: 1 })
      }),
    )
  })

  test('names the place where a row was removed', () => {
    fc.assert(
      fc.property(place, (no) => {
        const rows = chained(length)
        const fault = no === length ? 'truncated' : 'removed'
        expect(
          faultsOf(
            rows.filter((row) => row.no !== no),
            rows,
          ),
        ).toEqual([{ fault, no, count: 1 }])
      }),
    )
  })

  test('names the place where a row was inserted', () => {
    fc.assert(
      fc.property(place, (no) => {
        const rows = chained(length)
        const [own] = rows.filter((row) => row.no === no)
        if (own === undefined) throw new Error('there is one')
        const forged = { ...own, actor: 'nobody', hash: 'ee'.repeat(32) }
        expect(faultsOf([...rows.slice(0, no), forged, ...rows.slice(no)], rows)).toEqual([
          { fault: 'inserted', no, count: 1 },
        ])
      }),
    )
  })

  test('names the places of two rows that were exchanged', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        fc.pre(Math.abs(one - other) > 1)
        const rows = chained(length)
        const moved = rows.map((row) => ({ ...row, no: row.no === one ? other : row.no === other ? one : row.no }))
        const [first] = faultsOf(moved, rows)
        expect(first).toMatchObject({ no: Math.min(one, other) })
      }),
    )
  })

  test('that was written anew from some row on is found by a head that left the hub', () => {
    fc.assert(
      fc.property(place, (no) => {
        const rows = chained(length)
        const forged = relinked(rows.map((row) => (row.no === no ? { ...row, actor: 'nobody' } : row)))
        const head = forged.at(-1)
        const blind = new ChainCheck()
        for (const row of forged) blind.add(row)
        expect(blind.end(head)).toEqual([])
        const check = new ChainCheck([{ no: length, hash: rows.at(-1)?.hash ?? '' }])
        for (const row of forged) check.add(row)
        expect(check.end(head)).toEqual([{ fault: 'rewritten', no: length, count: 1 }])
      }),
    )
  })

  test('that was cut off, with its head, is found by a head that left the hub', () => {
    const rows = chained(length)
    const short = rows.slice(0, 30)
    const check = new ChainCheck([{ no: length, hash: rows.at(-1)?.hash ?? '' }])
    for (const row of short) check.add(row)
    expect(check.end(short.at(-1))).toEqual([{ fault: 'truncated', no: 31, count: 10 }])
  })

  test('never reads two rows as the same text', () => {
    const [row] = chained(1)
    if (row === undefined) throw new Error('there is one')
    const one = chainHash(chainStart.hash, { ...row, actor: 'a', address: 'b,1:c' })
    const other = chainHash(chainStart.hash, { ...row, actor: 'a,5:b', address: '1:c' })
    expect(one).not.toBe(other)
    expect(chainHash(chainStart.hash, { ...row, reason: null })).not.toBe(
      chainHash(chainStart.hash, { ...row, reason: '' }),
    )
  })
})
