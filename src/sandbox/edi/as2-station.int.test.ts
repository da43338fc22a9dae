import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { makeIdentity } from '../../transports/as2/identity.contract.ts'
import { Faults } from '../faults.ts'
import { As2Station } from './as2-station.ts'

const [own, theirs] = [makeIdentity('NORTHGATE'), makeIdentity('MERIDIAN')]
const open: As2Station[] = []
let arrived: string[]
let faults: Faults

/** Two stations that trust each other: the second one stands for the hub. */
async function stations(): Promise<readonly [As2Station, As2Station]> {
  const common = { faults, random: () => 0.5, retryMs: 1, lateMs: 1 }
  const hub = new As2Station({
    ...{ ...common, name: 'MERIDIAN', hubName: 'NORTHGATE', identity: theirs, hub: own.certificate },
    hubUrl: 'http://127.0.0.1:9/as2',
    receive: async (bytes) => void arrived.push(Buffer.from(bytes).toString()),
  })
  const partner = new As2Station({
    ...{ ...common, faults: new Faults(), name: 'NORTHGATE', hubName: 'MERIDIAN', identity: own },
    ...{ hub: theirs.certificate, hubUrl: `http://127.0.0.1:${await hub.listen()}/as2` },
    receive: async () => undefined,
  })
  await partner.listen()
  open.push(hub, partner)
  return [partner, hub]
}

beforeAll(() => {
  arrived = []
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  arrived = []
})

test('what is sent arrives as it was, and is proven by a receipt in the answer and then by one that comes later', async () => {
  faults = new Faults()
  const [partner, hub] = await stations()
  await partner.send('1.edi', Buffer.from('ISA*1~'))
  expect(partner.confirmed).toBe(1)
  await partner.send('2.edi', Buffer.from('ISA*2~'))
  await vi.waitFor(() => expect(partner.confirmed).toBe(2))
  expect(arrived).toEqual(['ISA*1~', 'ISA*2~'])
  expect(hub.receipts).toBe(2)
})

test('a receipt with another digest proves nothing', async () => {
  faults = new Faults()
  faults.set({ 'edi.wrongMic': 'on' })
  const [partner] = await stations()
  await partner.send('1.edi', Buffer.from('ISA*1~'))
  expect(partner).toMatchObject({ confirmed: 0, unconfirmed: 1 })
})

test('a hub that stays away is told nothing any more after many tries', async () => {
  faults = new Faults()
  const [partner, hub] = await stations()
  await hub.close()
  await partner.send('1.edi', Buffer.from('ISA*1~'))
  expect(partner).toMatchObject({ confirmed: 0, unconfirmed: 1 })
})
