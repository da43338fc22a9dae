import { describe, expect, test } from 'vitest'
import { readSets } from '../../../test/edi/sets.ts'
import { Faults } from '../faults.ts'
import { order, purchaseOrder } from './documents.ts'
import { readInterchange } from './interchange-reading.ts'
import { type Told, TradingPartner } from './trading-partner.ts'

const about = { number: 'NO-1', on: '2026-11-20', lines: [{ sku: 'NG-001', quantity: '12', price: '4.50' }] }
const kinds = [
  { version: '004010', told: { set: '850', document: purchaseOrder(about) } },
  { version: 'D.96A', told: { set: 'ORDERS', document: order(about) } },
] as const

/** Two partners that have nobody but each other; every file goes from one to the other. */
function pair(version: '004010' | 'D.96A', faults = new Faults(), others = new Faults()) {
  const files: Uint8Array[] = []
  const accepted: Told[] = []
  const received: Told[] = []
  const partner: TradingPartner = new TradingPartner({
    ...{ id: 'NORTHGATE', hubId: 'MERIDIAN', version, faults, random: () => 0.5, firstNumber: 100, lookMs: 0 },
    deliver: async (_name, bytes) => {
      files.push(bytes)
      await other.receive(bytes)
    },
    accepted: (told) => void accepted.push(told),
  })
  const other: TradingPartner = new TradingPartner({
    ...{ id: 'MERIDIAN', hubId: 'NORTHGATE', version, faults: others, random: () => 0.5, firstNumber: 500, lookMs: 0 },
    deliver: async (_name, bytes) => {
      files.push(bytes)
      await partner.receive(bytes)
    },
    received: async (told) => void received.push(told),
  })
  return { partner, other, files, accepted, received }
}

function faulty(name: string): Faults {
  const faults = new Faults()
  faults.set({ [`edi.${name}`]: 'on' })
  return faults
}

describe.each(kinds)('a partner that speaks $version', ({ version, told }) => {
  test('gets an acknowledgement for its document, in a file that keeps the standard, and acknowledges none itself', async () => {
    const { partner, other, files, accepted } = pair(version)
    await partner.tell(told)
    expect(files.map((bytes) => readSets(bytes).map(({ report }) => report.verdicts))).toEqual([[[]], [[]]])
    expect(accepted).toEqual([told])
    expect(partner).toMatchObject({ sent: 1, acknowledged: 1, refused: 0, taken: 0, underway: 0 })
    expect(other).toMatchObject({ sent: 1, taken: 1, acknowledged: 0 })
  })

  test('with a damaged segment is refused, and nothing follows from it', async () => {
    const { partner, accepted, received } = pair(version, faulty('damagedSegment'))
    await partner.tell(told)
    expect(partner).toMatchObject({ acknowledged: 0, refused: 1 })
    expect([accepted, received]).toEqual([[], []])
  })

  test('that rejects says so, and does nothing', async () => {
    const { partner, received } = pair(version, new Faults(), faulty('rejecting997'))
    await partner.tell(told)
    expect(partner).toMatchObject({ acknowledged: 0, refused: 1 })
    expect(received).toEqual([])
  })

  test('that acknowledges nothing does the work all the same', async () => {
    const { partner, files, received } = pair(version, new Faults(), faulty('no997'))
    await partner.tell(told)
    expect(files).toHaveLength(1)
    expect(partner).toMatchObject({ acknowledged: 0, refused: 0 })
    expect(received).toHaveLength(1)
  })

  test('that gets an interchange twice answers twice and works once', async () => {
    const { partner, other, files, accepted, received } = pair(version, faulty('duplicates'))
    await partner.tell(told)
    expect(files[0]).toEqual(files[2])
    expect(other.taken).toBe(2)
    expect([accepted.length, received.length]).toEqual([1, 1])
  })

  test('uses the number of an interchange again where it is told to, for another document', async () => {
    const { partner, files } = pair(version, faulty('reusedNumber'))
    await partner.tell(told)
    const second = { ...told, document: { ...told.document, [version === '004010' ? 'order' : 'number']: 'NO-2' } }
    await partner.tell(second)
    const [first, , again] = files.map((bytes) => readInterchange(bytes).number)
    expect(again).toBe(first)
    expect(files[2]).not.toEqual(files[0])
  })
})
