import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { codeKey } from '../model/codes/code-key.ts'
import { MasterData } from './master-data.ts'
import type { MasterKindName } from './master-kinds.ts'
import { substitutionLookup } from './substitution.ts'
import { Translations } from './translations.ts'

let pool: pg.Pool
let data: MasterData
let codes: Translations

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 4 })
  pool.on('error', () => {})
  data = new MasterData(pool)
  codes = new Translations(pool)
})
afterAll(() => pool.end())
beforeEach(async () => {
  await pool.query('TRUNCATE master_data, master_data_version')
})

const write = (
  kind: MasterKindName,
  rows: readonly unknown[],
  more: { readonly tenant?: string; expected?: number } = {},
) => data.write({ tenant: 'acme', actor: 'anna', source: 'api', kind, rows, ...more })
const key = (kind: 'item' | 'uom' | 'service', value: string, qualifier = '', tenant = 'acme') =>
  codeKey({ tenant, kind, system: 'depot', qualifier, value })
const reference = (more: object) => ({
  ...{ entity: 'item', system: 'depot', externalValue: 'L-1', canonicalId: 'LAMP', status: 'active' },
  ...more,
})
const carton = { uom: 'CS', numerator: '12', denominator: '1' }

describe('rows of master data', () => {
  test('are written once however often they are told, and every version keeps who made it', async () => {
    const lamp = { sku: 'LAMP', baseUom: 'C62', uomConversions: [carton] }
    expect(await write('items', [lamp])).toEqual([{ key: 'LAMP', outcome: 'created', version: 1 }])
    const revision = await data.revision()
    expect(await write('items', [{ uomConversions: [carton], baseUom: 'C62', sku: 'LAMP' }])).toMatchObject([
      { outcome: 'unchanged' },
    ])
    expect(await data.revision()).toBe(revision)
    expect(await write('items', [{ ...lamp, description: 'A lamp' }])).toMatchObject([
      { outcome: 'changed', version: 2 },
    ])
    expect(await data.versions('acme', 'items', 'LAMP')).toMatchObject([
      { version: 2, actor: 'anna', source: 'api', body: { description: 'A lamp' } },
      { version: 1 },
    ])
    expect(await data.get('other', 'items', 'LAMP')).toBeUndefined()
  })

  test('that end a translation make room for its successor in the same file', async () => {
    const out = { direction: 'out' }
    await write('cross-references', [reference({ ...out, externalValue: 'OLD' })])
    const outcomes = await write('cross-references', [
      reference({ ...out, externalValue: 'OLD', status: 'retired' }),
      reference({ ...out, externalValue: 'NEW' }),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['changed', 'created'])
    // What is called something still is not called another thing beside it.
    expect(await write('cross-references', [reference({ ...out, externalValue: 'OTHER' })])).toMatchObject([
      { outcome: 'refused', problem: expect.stringContaining('NEW') },
    ])
  })

  test('that are wrong are refused with their place, and do not hold up their neighbours', async () => {
    const outcomes = await write('items', [
      { sku: 'A', baseUom: 'C62' },
      { sku: 'B', baseUom: 'CRATE' },
      { sku: 'C', baseUom: 'C62', uomConversions: [{ uom: 'CS', numerator: '0', denominator: '1' }] },
      { sku: 'D', baseUom: 'C62', colour: 'red' },
      { sku: 'E', baseUom: 'C62', uomConversions: [carton, { ...carton, uom: 'XCS' }] },
      'F',
    ])
    expect(outcomes.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['created', undefined],
      ['refused', 'baseUom: CRATE is no unit of the table'],
      ['refused', 'uomConversions.0: expected numerator and denominator above 0'],
      ['refused', 'colour: is not known here'],
      ['refused', 'uomConversions: XCS is listed twice'],
      ['refused', expect.stringContaining('object')],
    ])
    expect((await data.list({ tenant: 'acme', kind: 'items', limit: 10 })).map((row) => row.key)).toEqual(['A'])
  })

  test('are changed only by whoever has seen the newest version', async () => {
    const party = (name: string) => [{ code: 'P1', name }]
    expect(await write('parties', party('North'), { expected: 1 })).toMatchObject([{ outcome: 'refused', found: 0 }])
    expect(await write('parties', party('North'), { expected: 0 })).toMatchObject([{ outcome: 'created' }])
    expect(await write('parties', party('South'), { expected: 0 })).toMatchObject([{ outcome: 'refused', found: 1 }])
  })

  test('are neither lost nor doubled when many write at once', async () => {
    const batches = Array.from({ length: 8 }, (_, n) => [
      { code: 'SAME', name: `n${n}` },
      { code: `P${n}`, name: 'x' },
    ])
    const results = await Promise.all(batches.map((rows) => write('parties', rows)))
    expect(results.flat().filter(({ outcome }) => outcome === 'refused')).toEqual([])
    expect(await data.versions('acme', 'parties', 'SAME')).toHaveLength(8)
    expect(await data.list({ tenant: 'acme', kind: 'parties', limit: 20 })).toHaveLength(9)
  })
})

test('whoever never gets a turn hears that the hub is busy, not that the rows are wrong or a code is unknown', async () => {
  const overtaken = {
    query: async (text: string, values: readonly unknown[]) => {
      if (text.includes('UPDATE master_revision'))
        await pool.query('UPDATE master_revision SET revision = revision + 1')
      return pool.query(text, [...values])
    },
  }
  const about = { tenant: 'acme', kind: 'parties', actor: 'anna', source: 'api' } as const
  const late = new MasterData(overtaken).write({ ...about, rows: [{ code: 'P1', name: 'North' }] })
  await expect(late).rejects.toMatchObject({ code: 'HUB_BUSY' })
  expect(await data.list({ tenant: 'acme', kind: 'parties', limit: 10 })).toEqual([])
  const approval = new Translations(overtaken).approve(key('uom', 'CRATE'), { canonicalId: 'XCR', by: 'anna' })
  await expect(approval).rejects.toMatchObject({ code: 'HUB_BUSY' })
})

describe('translations of codes', () => {
  const find = async (one: string) => (await codes.find([one])).get(one)

  test('count when they are active, for their time; two that contradict each other cannot be', async () => {
    await write('cross-references', [reference({ status: 'proposed' })])
    expect(await find(key('item', 'L-1'))).toMatchObject({ mappings: [], isCanonical: false })
    const until = { validTo: '2026-01-01T00:00:00Z' }
    const from = { validFrom: '2026-01-01T00:00:00Z', canonicalId: 'LAMP-2' }
    expect(await write('cross-references', [reference(until), reference(from)])).toMatchObject([
      { outcome: 'changed' },
      { outcome: 'created' },
    ])
    const [conflict] = await write('cross-references', [
      reference({ canonicalId: 'OTHER', validFrom: '2025-01-01T00:00:00Z' }),
    ])
    expect(conflict).toMatchObject({ outcome: 'refused', problem: expect.stringContaining('L-1 means LAMP') })
    const entry = await find(key('item', 'L-1'))
    expect(entry?.mappings.map(({ canonical, from: since, to }) => [canonical, since, to])).toEqual(
      expect.arrayContaining([
        ['LAMP', undefined, 1_767_225_600_000],
        ['LAMP-2', 1_767_225_600_000, undefined],
      ]),
    )
    expect(await find(key('item', 'L-1', '', 'other'))).toMatchObject({ mappings: [] })
  })

  test('outwards call one thing by one name', async () => {
    const out = (externalValue: string) => reference({ externalValue, direction: 'both' })
    expect(await write('cross-references', [out('L-1')])).toMatchObject([{ outcome: 'created' }])
    expect(await write('cross-references', [out('L-2')])).toMatchObject([{ outcome: 'refused' }])
    expect(await write('cross-references', [reference({ externalValue: 'L-2' })])).toMatchObject([
      { outcome: 'created' },
    ])
  })

  test('name things outwards where they lead that way, and a person’s name for one is kept beside what it means inwards', async () => {
    await write('cross-references', [
      reference({ externalValue: 'L-1', direction: 'both' }),
      reference({ externalValue: 'L-2', canonicalId: 'MUG', direction: 'in' }),
      reference({ externalValue: 'L-0', canonicalId: 'OLD', direction: 'out', validTo: '2026-01-01T00:00:00Z' }),
    ])
    const names = await codes.outward([key('item', 'LAMP'), key('item', 'MUG'), key('item', 'OLD')])
    expect(names.get(key('item', 'LAMP'))).toEqual([{ external: 'L-1', isFallback: false }])
    expect(names.get(key('item', 'MUG'))).toEqual([])
    expect(names.get(key('item', 'OLD'))).toMatchObject([{ external: 'L-0', to: Date.parse('2026-01-01T00:00:00Z') }])
    const by = 'anna'
    expect(await codes.name(key('item', 'MUG'), { external: 'L-1', by })).toBe('taken')
    expect(await codes.name(key('item', 'MUG'), { external: '', by })).toBe('taken')
    expect(await codes.name(key('item', 'MUG'), { external: 'L-2', by })).toBe('named')
    expect(await codes.name(key('item', 'MUG'), { external: 'L-2', by })).toBe('named')
    expect((await codes.outward([key('item', 'MUG')])).get(key('item', 'MUG'))).toMatchObject([{ external: 'L-2' }])
    // It means the same inwards as before.
    expect((await codes.find([key('item', 'L-2')])).get(key('item', 'L-2'))?.mappings).toMatchObject([
      { canonical: 'MUG' },
    ])
  })

  test('bring along what one of each unit of the item is; a code of ours needs none', async () => {
    await write('items', [{ sku: 'LAMP', baseUom: 'EA', uomConversions: [carton] }])
    await write('cross-references', [reference({})])
    const units = { XCS: { baseUom: 'C62', numerator: '12', denominator: '1' } }
    expect(await find(key('item', 'L-1'))).toMatchObject({ mappings: [{ canonical: 'LAMP', units }] })
    expect(await find(key('item', 'LAMP'))).toMatchObject({ isCanonical: true, units })
  })

  test('of a service depend on its carrier, and one without a carrier counts for all', async () => {
    const service = { entity: 'service', externalValue: 'EXP', status: 'active', system: 'depot' }
    await write('cross-references', [
      { ...service, canonicalId: 'express' },
      { ...service, qualifier: 'north', canonicalId: 'next_day' },
    ])
    expect(await find(key('service', 'EXP', 'north'))).toMatchObject({
      mappings: [{ canonical: 'next_day' }, { canonical: 'express' }],
    })
    expect(await find(key('service', 'EXP', 'south'))).toMatchObject({ mappings: [{ canonical: 'express' }] })
  })

  test.each([
    ['is only proposed', { status: 'proposed' }],
    ['was retired', { status: 'retired' }],
    ['only leads outwards', { direction: 'out' }],
  ])('of a carrier that %s hide none that counts for all', async (_, more) => {
    const service = { entity: 'service', externalValue: 'EXP', status: 'active', system: 'depot' }
    await write('cross-references', [
      { ...service, canonicalId: 'express' },
      { ...service, qualifier: 'north', canonicalId: 'next_day', ...more },
    ])
    const entry = await find(key('service', 'EXP', 'north'))
    expect(entry?.mappings.map(({ canonical }) => canonical)).toEqual(['express'])
  })

  test('of a carrier stand before those for all, and only for their own time', async () => {
    const service = { entity: 'service', externalValue: 'EXP', status: 'active', system: 'depot', direction: 'both' }
    const until = '2026-01-01T00:00:00Z'
    await write('cross-references', [
      { ...service, canonicalId: 'express' },
      { ...service, qualifier: 'north', canonicalId: 'next_day', validTo: until },
      { ...service, qualifier: 'north', externalValue: 'X1', canonicalId: 'express', validTo: until },
    ])
    expect((await find(key('service', 'EXP', 'north')))?.mappings).toMatchObject([
      { canonical: 'next_day', to: Date.parse(until) },
      { canonical: 'express' },
    ])
    const name = key('service', 'express', 'north')
    expect((await codes.outward([name])).get(name)).toMatchObject([
      { external: 'X1', to: Date.parse(until) },
      { external: 'EXP' },
    ])
  })

  test('are approved once, only to what is ours, and a rejection is a new question afterwards', async () => {
    await write('items', [{ sku: 'LAMP', baseUom: 'EA' }])
    const one = key('item', 'L-9')
    expect(await codes.approve(one, { canonicalId: 'LAMPE', by: 'anna' })).toBe('unknown')
    expect(await codes.approve(one, { canonicalId: '', by: 'anna' })).toBe('unknown')
    for (let n = 0; n < 2; n++) expect(await codes.approve(one, { canonicalId: 'LAMP', by: 'anna' })).toBe('approved')
    expect(await data.versions('acme', 'cross-references', 'item/depot/L-9')).toMatchObject([
      { version: 1, actor: 'anna', body: { status: 'active', approvedBy: 'anna' } },
    ])
    expect(await codes.approve(key('uom', 'CRATE'), { canonicalId: 'KISTE', by: 'anna' })).toBe('unknown')
    expect(await codes.approve(key('uom', 'CRATE'), { canonicalId: 'XCR', by: 'anna' })).toBe('approved')
    const other = key('item', 'L-10')
    for (const task of ['tsk_1', 'tsk_1', 'tsk_2']) await codes.reject(other, { task, by: 'anna' })
    expect(await find(other)).toMatchObject({ mappings: [], generation: 2 })
    await write('cross-references', [reference({ externalValue: 'L-9', status: 'retired' })])
    expect(await find(one)).toMatchObject({ mappings: [], generation: 1 })
  })

  test('are proposed: the name at another system first, then the same GTIN, then what is written alike', async () => {
    const gtin = '04006381333931'
    await write('items', [
      { sku: 'LAMP-100', baseUom: 'EA' },
      { sku: 'LAMP-200', baseUom: 'EA', uomConversions: [{ ...carton, gtin }] },
      { sku: 'TABLE', baseUom: 'EA' },
    ])
    await write('cross-references', [reference({ system: 'shop', externalValue: 'lamp 101', canonicalId: 'LAMP-200' })])
    const proposed = async (one: string) =>
      (await codes.proposals(one)).map(({ canonicalId, why }) => [canonicalId, why])
    expect(await proposed(key('item', 'LAMP101'))).toEqual([
      ['LAMP-200', 'shop calls it lamp 101'],
      ['LAMP-100', 'almost LAMP-100'],
    ])
    expect(await proposed(key('item', gtin))).toEqual([['LAMP-200', 'the same GTIN']])
    expect(await proposed(key('item', 'XLAMP-100'))).toContainEqual(['LAMP-100', 'almost LAMP-100'])
    expect((await proposed(key('uom', 'cartn')))[0]).toEqual(['XCT', 'almost CARTON'])
  })
})

describe('substitutes', () => {
  const tea = {
    sku: 'TEA-250',
    uom: 'EA',
    quantity: '2',
    substitute: 'TEA-500',
    substituteUom: 'EA',
    substituteQuantity: '1',
  }
  const key = substitutionLookup('acme', 'TEA-500')

  test('are proposed until somebody approves them, who stands in the row, and every version is kept', async () => {
    await write('substitutes', [tea])
    expect(await write('substitutes', [{ ...tea, status: 'active' }])).toMatchObject([
      { outcome: 'changed', version: 2 },
    ])
    expect(await write('substitutes', [{ ...tea, status: 'active' }])).toMatchObject([{ outcome: 'unchanged' }])
    const again = {
      tenant: 'acme',
      actor: 'ben',
      source: 'api',
      kind: 'substitutes',
      rows: [{ ...tea, status: 'active' }],
    } as const
    expect(await data.write(again)).toMatchObject([{ outcome: 'unchanged' }])
    expect(
      (await data.versions('acme', 'substitutes', 'TEA-250/TEA-500')).map(({ body }) => [
        body['status'],
        body['approvedBy'],
      ]),
    ).toEqual([
      ['active', 'anna'],
      ['proposed', undefined],
    ])
  })

  test('are found from either item, and from no other tenant', async () => {
    await write('substitutes', [tea, { ...tea, sku: 'TEA-125', quantity: '4' }])
    const found = await codes.substitutions([
      key,
      substitutionLookup('acme', 'TEA-125'),
      substitutionLookup('other', 'TEA-500'),
    ])
    expect([...found.values()].map((relations) => relations.map(({ sku }) => sku).toSorted())).toEqual([
      ['TEA-125', 'TEA-250'],
      ['TEA-125'],
      [],
    ])
  })

  test.each([
    ['substitute', { substitute: 'TEA-250' }],
    ['quantity', { quantity: '0' }],
    ['substituteQuantity', { substituteQuantity: '1/3' }],
    ['unitPrice', { priceRule: 'own' }],
    ['priceRule', { unitPrice: '3.20', currency: 'EUR' }],
    ['direction', { priceRule: 'own', unitPrice: '3.20', currency: 'EUR', direction: 'both' }],
    ['validTo', { validFrom: '2026-02-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' }],
    ['priority', { priority: 0 }],
  ])('with a %s that says nothing are refused', async (member, more) => {
    expect(await write('substitutes', [{ ...tea, ...more }])).toMatchObject([
      { outcome: 'refused', problem: expect.stringContaining(member) },
    ])
  })
})
