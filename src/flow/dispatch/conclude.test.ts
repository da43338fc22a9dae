import { expect, test } from 'vitest'
import { json, LoneNode, posting, replaced } from '../../../test/lone-node.ts'

const two = [posting('1'), posting('2')] as const

test('outcomes are folded in the step that writes them, and leave nothing behind on the log', async () => {
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, { ledger: { conclude: () => Promise.reject(new Error('appended for somebody else to fold')) } }),
  })
  await lone.node.start()
  await lone.owe(...two)
  await lone.dispatch()
  expect(await Promise.all(['eff_1', 'eff_2'].map((id) => lone.stateOf(id)))).toEqual(['applied', 'applied'])
  expect(lone.store.tables.facts[0]?.map(({ fact }) => fact.type)).toEqual(['effect.applied', 'effect.applied'])
  expect(lone.node.place.advance[0]?.committed).toBe(1)
  expect(lone.node.place.isCaughtUp()).toBe(true)
})

test('where the log belongs to somebody else, the ledger appends them', async () => {
  const lone = new LoneNode()
  await lone.owe(...two)
  await lone.dispatch()
  expect(await Promise.all(['eff_1', 'eff_2'].map((id) => lone.stateOf(id)))).toEqual(['applied', 'applied'])
  expect(lone.store.tables.facts[0]).toHaveLength(2)
})

test('a claim that was lost meanwhile takes no other outcome along', async () => {
  const lone: LoneNode = new LoneNode({
    answer: (request) => {
      // While the ERP answers, somebody else takes the lane of the second posting over.
      const stolen = [...lone.store.tables.lanes.values()].find(({ key }) => key === 'item:2')
      if (request.body !== undefined && stolen !== undefined) stolen.claimEpoch++
      return json(201, { documentNumber: 'D1' })
    },
  })
  await lone.node.start()
  await lone.owe(...two)
  await lone.dispatch()
  expect(await Promise.all(['eff_1', 'eff_2'].map((id) => lone.stateOf(id)))).toEqual(['applied', 'sending'])
  expect(lone.store.tables.facts[0]?.map(({ fact }) => fact.data)).toMatchObject([{ effect: 'eff_1' }])
})
