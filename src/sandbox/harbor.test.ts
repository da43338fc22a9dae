import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSets } from '../../test/edi/sets.ts'
import { generateInterchange } from '../edi/map/generate.ts'
import { chooseSet } from '../edi/overlay/open.ts'
import { Faults } from './faults.ts'
import { SandboxHarbor } from './harbor.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interline-harbor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const pace = { packMs: 1, driveMs: 1, lateMs: 1, halfMs: 1 }
const order = generateInterchange(
  {
    purpose: 'N',
    order: 'DN-1001',
    groups: [{ number: '1', lines: [{ ordered: '5', unit: 'EA', qualifier: 'VN', product: 'SKU-1' }] }],
  },
  chooseSet([]),
  {
    set: '940',
    version: '004010',
    sender: { qualifier: 'ZZ', id: 'MERIDIAN', routing: '' },
    receiver: { qualifier: 'ZZ', id: 'HARBOR', routing: '' },
    controlNumber: 7,
    date: '20260601',
    time: '1200',
    isTest: false,
  },
).bytes

function harbor(faults = new Faults()): SandboxHarbor {
  return new SandboxHarbor({ folder, faults, random: () => 0.5, firstNumber: 100, pace })
}

/** What lies in its out folder, as sets with what is wrong with them. */
function written(): readonly string[] {
  return readdirSync(join(folder, 'out'))
    .toSorted((a, b) => a.slice(4).localeCompare(b.slice(4)))
    .flatMap((name) => readSets(readFileSync(join(folder, 'out', name))))
    .map(({ report }) => [report.header.identifier, ...report.verdicts.map(({ code }) => code)].join(' '))
}

test('an order is acknowledged, packed, announced and followed to its end, in documents that keep the standard', async () => {
  const one = harbor()
  writeFileSync(join(folder, 'in', 'order.edi'), order)
  await one.look()
  await one.look()
  expect(written()).toEqual(['997', '945', '856', '214', '214'])
  expect(one).toMatchObject({ sent: 5, orders: 1, acknowledged: 0 })
})

test('goods that came in are told with a 944', async () => {
  await harbor().receive('R-1', 'PO-1', [{ sku: 'SKU-1', quantity: '12' }])
  expect(written()).toEqual(['944'])
})

test('a 997 of the hub is counted, and never answered', async () => {
  const [one, other] = [harbor(), mkdtempSync(join(tmpdir(), 'interline-harbor-'))]
  const peer = new SandboxHarbor({ folder: other, faults: new Faults(), random: () => 0.5, firstNumber: 1, pace })
  writeFileSync(join(other, 'in', 'order.edi'), order)
  await peer.look()
  const answer = readdirSync(join(other, 'out')).find((name) => name.startsWith('997')) ?? ''
  writeFileSync(join(folder, 'in', 'answer.edi'), readFileSync(join(other, 'out', answer)))
  await one.look()
  expect(one).toMatchObject({ sent: 0, acknowledged: 1 })
  rmSync(other, { recursive: true })
})

test('with its faults switched on it repeats interchanges, ends them wrongly, and is complete in the end', async () => {
  const faults = new Faults()
  faults.set({ 'harbor.duplicates': 'on', 'harbor.halfFile': 'on' })
  await harbor(faults).receive('R-1', 'PO-1', [{ sku: 'SKU-1', quantity: '12' }])
  expect(written()).toEqual(['944', '944'])
  faults.set({ 'harbor.duplicates': 'off', 'harbor.wrongNumber': 'on' })
  await harbor(faults).receive('R-2', 'PO-1', [{ sku: 'SKU-1', quantity: '12' }])
  expect(
    readdirSync(join(folder, 'out')).some((name) =>
      readFileSync(join(folder, 'out', name), 'latin1').includes('IEA*1*999999999'),
    ),
  ).toBe(true)
})
