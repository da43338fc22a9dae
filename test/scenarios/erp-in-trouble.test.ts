import { afterEach, describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'
import { bookedIn, decided, happen, tradeCases, troubles } from './trade-cases.ts'

let hub: ProcessHub
afterEach(async () => {
  expect(hub.hub.failures).toEqual([])
  await hub.hub.stop()
})

describe.each(Object.entries(tradeCases))('%s', (_, one) => {
  test.each(Object.entries(troubles))('is booked once when the ERP %s', async (_, fault) => {
    hub = await ProcessHub.start(one.policies)
    hub.faults.set({ [`erp.${fault}`]: 'on' })
    await happen(hub, one)
    await hub.pass(5)
    hub.faults.clear()
    await hub.pass(15)
    await decided(hub)
    await hub.pass(5)
    expect(bookedIn(hub, one)).toEqual(one.booked)
    expect(hub.erp.doubles).toBe(0)
    expect(Object.keys(await hub.effects())).toEqual(['applied'])
    expect(await hub.open()).toEqual([])
  })

  test('is booked once when the hub is killed between the work of the ERP and its own commit', async () => {
    hub = await ProcessHub.start(one.policies)
    hub.mortal.dieAt({ at: 'conclude', after: 0, done: false })
    await happen(hub, one)
    expect(hub.erp.documents.length).toBeGreaterThan(0)
    await hub.pass(20)
    await decided(hub)
    await hub.pass(20)
    expect(hub.deaths).toBe(1)
    expect(bookedIn(hub, one)).toEqual(one.booked)
    expect(hub.erp.doubles).toBe(0)
    expect(Object.keys(await hub.effects())).toEqual(['applied'])
  })
})
