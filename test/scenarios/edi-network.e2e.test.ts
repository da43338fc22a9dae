import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from './living-network.ts'

const timeout = 400_000

interface Counts {
  readonly sent: number
  readonly taken: number
  readonly acknowledged: number
  readonly refused: number
}
interface Status {
  readonly underway: number
  readonly northgate: Counts & { readonly receipts: number; readonly confirmed: number }
  readonly baltica: Counts
}
interface Transmission {
  readonly connection: string
  readonly set: string
  readonly number: string
  readonly status: string
}
interface Wrong {
  readonly codes: readonly string[]
  readonly wrong: string
}
interface Page<T> {
  readonly data: readonly T[]
}

let network: LivingNetwork
let days = 0

beforeAll(async () => {
  network = await LivingNetwork.start()
  await network.simulate('stop')
}, timeout)
afterAll(() => network.stop())

const status = (): Promise<Status> => network.simulate<Status>('status')
const rows = async <T>(path: string): Promise<readonly T[]> => (await network.get<Page<T>>(path)).data
const transmissions = (state: string): Promise<readonly Transmission[]> =>
  rows(`/v1/transmissions?limit=200&status=${state}`)
const exceptions = (kind: string): Promise<readonly Wrong[]> => rows(`/v1/exceptions?limit=200&kind=${kind}`)
const metrics = async (): Promise<string> => {
  const answer = await fetch(`${network.url}/metrics`, { headers: { authorization: `Bearer ${network.key}` } })
  return answer.text()
}

/** Another day begins with these faults, and goes on until something holds. */
async function dayWith<T>(faults: readonly string[], look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const all = (value: 'on' | 'off') => Object.fromEntries(faults.map((fault) => [fault, value]))
  await network.simulate('start', { scenario: 'edi-day', seed: 1000 * ++days, speed: 2000, faults: all('on') })
  const found = await eventually(look, holds)
  await network.simulate('stop')
  await network.simulate('fault', { faults: all('off') })
  return found
}

describe('a hub with trading partners that really talk', () => {
  test('sends every document that it owes them, and each is acknowledged', { timeout }, async () => {
    const owed = [
      ...['855', '856', '810', '945', '990', '214'].map((set) => `northgate ${set}`),
      ...['ORDERS', 'ORDRSP', 'DESADV', 'INVOIC'].map((set) => `baltica ${set}`),
    ]
    const closed = await dayWith(
      [],
      async () => new Set((await transmissions('acknowledged')).map(({ connection, set }) => `${connection} ${set}`)),
      (found) => owed.every((one) => found.has(one)),
    )
    expect([...closed].filter((one) => !one.startsWith('harbor')).toSorted()).toEqual(owed.toSorted())
    const { northgate, baltica } = await status()
    expect([northgate.refused, baltica.refused]).toEqual([0, 0])
    expect(await exceptions('acknowledgement')).toEqual([])
  })

  test('proves by receipts what it took and what it sent', { timeout }, async () => {
    const { northgate } = await eventually(
      status,
      (one) => one.underway === 0 && one.northgate.confirmed === one.northgate.sent,
    )
    expect(northgate.confirmed).toBe(northgate.sent)
    expect(northgate.receipts).toBeGreaterThanOrEqual(northgate.taken)
    expect(await metrics()).toMatch(/interline_as2_receipts_overdue\{connection="northgate"\} 0/)
  })
})

/** Shared by the tests below in their order: what takes minutes goes on while the others look. */
describe('while partners misbehave', () => {
  test('wrongMic: the receipt proves another document than was sent', { timeout }, async () => {
    const { northgate } = await status()
    await dayWith(['edi.wrongMic'], status, (one) => one.northgate.receipts > northgate.receipts + 2)
    const found = await eventually(
      () => exceptions('transport_receipt'),
      (rows) => rows.some(({ codes }) => codes.includes('transport_receipt_mismatch')),
    )
    expect(found.map(({ wrong }) => wrong).join()).toContain('to northgate arrived as other bytes than were sent')
  })

  test('no997 and lateMdn: nobody answers, and the receipt keeps everybody waiting', { timeout }, async () => {
    const { northgate, baltica } = await status()
    const isTaken = (one: Status): boolean =>
      one.northgate.taken > northgate.taken + 2 && one.baltica.taken > baltica.taken
    await dayWith(['edi.no997', 'edi.lateMdn'], status, isTaken)
    const overdue = /interline_as2_receipts_overdue\{connection="northgate"\} [1-9]/
    expect(await eventually(metrics, (text) => overdue.test(text))).toMatch(overdue)
    const late = await eventually(
      () => exceptions('transport_receipt'),
      (rows) => rows.some(({ codes }) => codes.includes('transport_receipt_overdue')),
    )
    expect(late.map(({ wrong }) => wrong).join()).toContain('to northgate has no receipt in time')
  })

  test('rejecting997: the documents are rejected, by 997 and by CONTRL', { timeout }, async () => {
    const refusing = ['baltica', 'northgate']
    const rejected = await dayWith(
      ['edi.rejecting997'],
      () => transmissions('rejected'),
      (found) => refusing.every((one) => found.some(({ connection }) => connection === one)),
    )
    expect(new Set(rejected.map(({ connection }) => connection))).toEqual(new Set(refusing))
  })

  test('damagedSegment: is refused, and nothing of it happens', { timeout }, async () => {
    const before = await status()
    const after = await dayWith(
      ['edi.damagedSegment'],
      status,
      (one) => one.northgate.refused > before.northgate.refused && one.baltica.refused > before.baltica.refused,
    )
    expect(after.northgate.refused).toBeGreaterThan(before.northgate.refused)
    expect(after.baltica.refused).toBeGreaterThan(before.baltica.refused)
  })

  test('reusedNumber: is parked beside the first one for a person, and refused', { timeout }, async () => {
    const before = await status()
    const parked = await dayWith(
      ['edi.reusedNumber'],
      () => rows<{ connection: string; code: string }>('/v1/parked?limit=200'),
      (found) => found.some(({ connection, code }) => connection === 'northgate' && code === 'IDENTITY_REUSED'),
    )
    const codes = parked.filter(({ connection }) => connection === 'northgate').map(({ code }) => code)
    expect(new Set(codes)).toEqual(new Set(['IDENTITY_REUSED']))
    const after = await eventually(status, (one) => one.northgate.refused > before.northgate.refused)
    expect(after.northgate.refused).toBeGreaterThan(before.northgate.refused)
  })

  test('duplicates: each is answered like the first, and changes nothing', { timeout }, async () => {
    const counted = async (): Promise<number> =>
      (await network.get<{ duplicates: number }>('/v1/accounting')).duplicates
    const before = await counted()
    await dayWith(['edi.duplicates'], counted, (found) => found > before + 3)
    expect(await network.get('/v1/accounting')).toMatchObject({ unaccounted: 0 })
  })

  test('and in the end a person sees what was not delivered, and what nobody acknowledged', { timeout }, async () => {
    const held = await eventually(
      () => exceptions('posting'),
      (found) => found.length > 0,
    )
    expect(held[0]?.codes).toEqual(['parked', 'send_interchange'])
    expect(held[0]?.wrong).toContain('the digest differs')
    const overdue = await eventually(
      () => exceptions('acknowledgement'),
      (found) => found.length > 0,
    )
    expect(new Set(overdue.flatMap(({ codes }) => codes))).toEqual(new Set(['document_unacknowledged']))
    // The late receipts have come, and nobody had to close anything.
    const stillLate = await eventually(
      async () =>
        (await exceptions('transport_receipt')).filter(({ codes }) => codes.includes('transport_receipt_overdue')),
      (found) => found.length === 0,
    )
    expect(stillLate).toEqual([])
    const none = /interline_as2_receipts_overdue\{connection="northgate"\} 0/
    expect(none.test(await eventually(metrics, (text) => none.test(text)))).toBe(true)
  })
})
