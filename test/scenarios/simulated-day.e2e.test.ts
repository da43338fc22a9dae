import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, LivingNetwork } from './living-network.ts'

interface Status {
  readonly scenario: string | null
  readonly told: number
  readonly erpDocuments: number
  readonly erpDoubles: number
  readonly faults: Readonly<Record<string, number>>
}
interface Page {
  readonly data: readonly unknown[]
}

const timeout = 180_000
let network: LivingNetwork
beforeAll(async () => {
  network = await LivingNetwork.start()
})
afterAll(async () => {
  await network.stop()
})

async function status(): Promise<Status> {
  const { out } = await network.run('sim', 'status', '--json')
  return JSON.parse(out) as Status
}

function effects(state: string): Promise<Page> {
  return network.get<Page>(`/v1/effects?state=${state}&target=erp&limit=50`)
}

test('a peak day begins with a fault on one command line, and nothing is booked twice', { timeout }, async () => {
  const started = await network.run(
    'sim',
    'start',
    '--scenario',
    'peak-day',
    '--fault',
    'erp.lostReply=2%',
    '--speed',
    '1000',
  )
  expect(started).toMatchObject({ code: 0, error: '' })
  expect(await status()).toMatchObject({ scenario: 'peak-day', faults: { 'erp.lostReply': 0.02 } })
  const busy = await eventually(status, ({ erpDocuments }) => erpDocuments > 100)
  expect(busy.erpDocuments).toBeGreaterThan(100)
  expect(busy.erpDoubles).toBe(0)
})

test('an ERP that is gone holds its effects back in order, and gets them when it is back', { timeout }, async () => {
  expect((await network.run('sim', 'fault', 'erp.outage=on')).code).toBe(0)
  const held = await eventually(
    () => effects('queued'),
    ({ data }) => data.length > 20,
  )
  expect(held.data.length).toBeGreaterThan(20)
  const { erpDocuments } = await status()
  expect((await network.run('sim', 'stop')).code).toBe(0)
  expect((await network.run('sim', 'fault', 'erp.outage=off,lostReply=off')).code).toBe(0)
  for (const state of ['queued', 'unknown']) {
    const left = await eventually(
      () => effects(state),
      ({ data }) => data.length === 0,
    )
    expect(left.data, state).toEqual([])
  }
  const after = await status()
  expect(after).toMatchObject({ scenario: null, erpDoubles: 0, faults: {} })
  expect(after.erpDocuments).toBeGreaterThanOrEqual(erpDocuments + held.data.length)
})

test('what the simulation does not know is answered with what it knows', { timeout }, async () => {
  const fault = await network.run('sim', 'fault', 'erp.fire=on')
  expect(fault.code).not.toBe(0)
  expect(fault.error).toContain('erp.lostReply')
  const scenario = await network.run('sim', 'start', '--scenario', 'no-day')
  expect(scenario.code).not.toBe(0)
  expect(scenario.error).toContain('peak-day')
})
