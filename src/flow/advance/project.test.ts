import { describe, expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import type { Backbone } from '../../backbone/backbone.ts'
import type { Fact } from '../../model/fact.ts'
import type { ViewedState } from '../../views/projector.ts'
import { Projector } from './project.ts'

const subject = 'shp_1'

function reported(n: number): Fact {
  const id = `msg_0-${n}.0`
  return {
    id,
    type: 'shipment.reported',
    subject,
    tenant: 'main',
    recordedAt: '2026-03-02T06:00:00.000Z',
    source: 'tms',
    causation: id,
    correlation: subject,
    trace: '0'.repeat(32),
    data: { event: 'booked', references: [] },
  }
}

/** A node that owns the log, the lists that its projector writes, and what it asked the store for. */
class Lists {
  readonly asked: { states: string[]; logs: number } = { states: [], logs: 0 }
  readonly shown: { readonly facts: number; readonly states: ReadonlyMap<string, ViewedState> }[] = []
  readonly retold: { readonly facts: number; readonly isWhole: boolean }[] = []
  readonly node = new LoneNode({
    seam: (store) =>
      replaced(store, {
        states: (subjects) => {
          this.asked.states.push(...subjects)
          return store.states(subjects)
        },
        readLog: (...range: Parameters<Backbone['readLog']>) => {
          this.asked.logs++
          return store.readLog(...range)
        },
      }),
  })
  readonly projector = new Projector(this.node.node.place, {
    apply: async (facts, states) => {
      this.shown.push({ facts: facts.length, states })
    },
    retell: async (facts, _, isWhole) => {
      this.retold.push({ facts: facts.length, isWhole })
    },
  })

  static async open(): Promise<Lists> {
    const lists = new Lists()
    await lists.node.node.start()
    return lists
  }
}

describe('the lists', () => {
  test('do not show a fact before it is folded: nobody would correct the row afterwards', async () => {
    const lists = await Lists.open()
    const { place } = lists.node.node
    await place.commit({ facts: [{ partition: 0, fact: reported(0) }] })
    expect(await lists.projector.round()).toBe(false)
    expect(lists.shown).toEqual([])
  })

  test('take what this process has just written from memory, and ask the store only where they must', async () => {
    const lists = await Lists.open()
    const { place } = lists.node.node
    const [tenure] = place.advance
    if (tenure === undefined) throw new Error('no partition')
    const held = new Map([[subject, { version: 1, state: { status: 'booked' } }]])
    const state = { subject, tenant: 'main', version: 1, body: '{"status":"stored"}' }
    const step = { fences: [tenure.plan(1)], facts: [{ partition: 0, fact: reported(0) }], states: [state] }
    await place.commit(step, held)
    await lists.projector.round()
    expect(lists.shown).toEqual([{ facts: 1, states: held }])
    expect(lists.asked.states).toEqual([])

    await place.commit({ fences: [tenure.plan(1)], facts: [{ partition: 0, fact: reported(1) }] })
    await lists.projector.round()
    expect(lists.shown.at(-1)?.states.get(subject)).toMatchObject({ version: 1, state: { status: 'stored' } })
    expect(lists.asked.states).toEqual([subject])
  })

  test('forget what they kept when the partition may have moved on without this process', async () => {
    const lists = await Lists.open()
    const { place } = lists.node.node
    const [tenure] = place.advance
    if (tenure === undefined) throw new Error('no partition')
    place.changed.keep(new Map([[subject, { version: 1, state: {} }]]))
    tenure.lose()
    expect(place.changed.take([subject]).size).toBe(0)
  })

  test('say again who has a part in what where that is not written down, from the first fact, before they go on', async () => {
    const lists = await Lists.open()
    const { place } = lists.node.node
    const [tenure] = place.advance
    if (tenure === undefined) throw new Error('no partition')
    const state = { subject, tenant: 'main', version: 2, body: '{"status":"booked"}' }
    const facts = [0, 1].map((n) => ({ partition: 0, fact: reported(n) }))
    await place.commit({ fences: [tenure.plan(2)], facts, states: [state] })
    await place.backbone.stores.cursors.save([{ subscriber: 'views', partition: 0, offset: 1 }])
    expect(await lists.projector.round()).toBe(true)
    expect(lists.retold).toEqual([{ facts: 2, isWhole: true }])
    expect(await lists.projector.round()).toBe(false)
    expect(lists.shown).toEqual([])
    const [cursor] = await place.backbone.stores.cursors.load('parts')
    expect(cursor).toMatchObject({ partition: 0, offset: 1 })
  })

  test('do not ask for facts that are only planned', async () => {
    const lists = await Lists.open()
    const { place } = lists.node.node
    const [tenure] = place.advance
    if (tenure === undefined) throw new Error('no partition')
    await place.commit({ fences: [tenure.plan(1)], facts: [{ partition: 0, fact: reported(0) }] })
    await lists.projector.round()
    await lists.projector.round()
    const { logs } = lists.asked
    place.factHeads[0] = (place.factHeads[0] ?? 0) + 5
    await lists.projector.round()
    expect(lists.asked.logs).toBe(logs)
  })
})
