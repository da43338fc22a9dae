import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acceptancePoints } from '../tools/demands/acceptance-points.ts'
import { owaspItems } from '../tools/demands/owasp.ts'
import { type Demand, faultsOf } from '../tools/proofs.ts'
import { root } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'

const textOf = (file: string): string | undefined =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined

test('every acceptance point and every item of the OWASP list is there', () => {
  expect(acceptancePoints.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, at) => `A${at + 1}`))
  expect(owaspItems.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, at) => `API${at + 1}`))
})

test('each has tests that exist, or says why not', () => {
  expectNone(faultsOf([...acceptancePoints, ...owaspItems], textOf))
})

test('no item of the OWASP list is without a test', () => {
  expectNone(owaspItems.filter(({ proofs }) => proofs.length === 0).map(({ id }) => id))
})

test('a proof that is gone, renamed, skipped or commented out is seen', () => {
  const file = 'made-up.test.ts'
  const text = [
    "test('stands', () => {})",
    "test.skip('is skipped', () => {})",
    "// test('is commented out', () => {})",
    "test.each([1])(\n  'is of many: %s', () => {})",
    "const title = 'is only text'",
  ].join('\n')
  const said = (proofs: Demand['proofs'], open?: string) =>
    faultsOf([{ id: 'X1', title: '', proofs, ...(open === undefined ? {} : { open }) }], (name) =>
      name === file ? text : undefined,
    )
  for (const title of ['stands', 'is of many: %s']) expect(said([{ file, title }])).toEqual([])
  for (const title of ['is skipped', 'is commented out', 'is only text', 'stand'])
    expect(said([{ file, title }])).toEqual([`X1: made-up.test.ts has no test "${title}"`])
  expect(said([{ file: 'gone.test.ts', title: 'stands' }])).toEqual(['X1: gone.test.ts does not exist'])
  expect(said([])).toEqual(['X1: has neither a test nor a reason'])
  expect(said([], 'later')).toEqual(['X1: has neither a test nor a reason'])
  expect(said([], 'The hub has nothing of the kind.')).toEqual([])
})
