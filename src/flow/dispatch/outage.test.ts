import { describe, expect, test } from 'vitest'
import { json, LoneNode, posting, replaced } from '../../../test/lone-node.ts'
import { OutcomeUnknown } from '../../backbone/backbone.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Fact } from '../../model/fact.ts'
import { timerRound } from '../advance/timers.ts'
import type { Subscriber } from '../deliver/subscriber.ts'

const lost = (): OutcomeUnknown => new OutcomeUnknown('the connection was lost')

describe('when the answer of the database is lost', () => {
  test.for(['applied', 'not applied'])('intents (%s) leave the target as usable as before', async (how) => {
    let failures = 5
    const lone = new LoneNode({
      seam: (store) =>
        replaced(store, {
          ledger: {
            intend: async (intents) => {
              if (failures-- <= 0) return store.ledger.intend(intents)
              if (how === 'applied') await store.ledger.intend(intents)
              throw lost()
            },
          },
        }),
    })
    await lone.owe(...['1', '2', '3', '4', '5', '6'].map((id) => posting(id)))
    await lone.dispatch()
    expect(await Promise.all(['1', '6'].map((id) => lone.stateOf(`eff_${id}`)))).toEqual(['applied', 'applied'])
    expect(lone.sent).toHaveLength(6)
    expect(lone.node.dispatcher.inFlight).toBe(0)
  })

  test('a claim that cannot be given back does not count as work for ever', async () => {
    let failures = 3
    const lone = new LoneNode({
      answer: () => json(429, {}),
      seam: (store) =>
        replaced(store, {
          ledger: {
            unclaim: async (claims, nextAt) => {
              if (failures-- > 0) throw lost()
              return store.ledger.unclaim(claims, nextAt)
            },
          },
        }),
    })
    await lone.owe(...['1', '2', '3', '4'].map((id) => posting(id)))
    for (let minute = 0; minute < 10; minute++) {
      await lone.dispatch()
      lone.now += 60_000
    }
    expect(lone.node.dispatcher.inFlight).toBe(0)
  })

  test.for(['applied', 'not applied'])(
    'what an attempt came to (%s) is written again, not left to a quarantine',
    async (how) => {
      let failures = 3
      const lone = new LoneNode({
        seam: (store) =>
          replaced(store, {
            ledger: {
              conclude: async (conclusions) => {
                if (failures-- <= 0) return store.ledger.conclude(conclusions)
                if (how === 'applied') await store.ledger.conclude(conclusions)
                throw how === 'applied' ? lost() : new InterlineError('DATABASE_UNAVAILABLE', { state: 'connect' })
              },
            },
          }),
      })
      await lone.owe(posting('1'))
      await lone.dispatch()
      expect(await lone.stateOf('eff_1')).toBe('applied')
      expect(lone.sent).toHaveLength(1)
      expect(lone.signals).not.toContain('duplicatePosting')
    },
  )

  test('a delivery that failed is not forgotten', async () => {
    let failures = 3
    const lone = new LoneNode({
      answer: () => json(500, {}),
      subscribers: (connection) => [subscriber(connection)],
      seam: (store) =>
        replaced(store, {
          commit: async (step) => {
            if (step.effects !== undefined && failures-- > 0) throw lost()
            return store.commit(step)
          },
        }),
    })
    await lone.node.start()
    await lone.node.deliverer.round()
    await lone.store.commit({ facts: [{ partition: 0, fact: posted }] })
    lone.node.wake()
    await lone.node.deliverer.round()
    const owed = await lone.store.ledger.effects({ target: 'subscription:1', limit: 10 })
    expect(owed.map(({ externalReference }) => externalReference)).toEqual([posted.id])
  })
})

describe('a subscriber that is gone', () => {
  test('is disabled also when it says so to a repeated delivery', async () => {
    let status = 500
    const lone = new LoneNode({
      answer: () => json(status, {}),
      subscribers: (connection) => [subscriber(connection)],
    })
    await lone.owe(posting('1', { target: 'subscription:1', command: 'deliver', payload: '{}' }))
    await lone.dispatch()
    expect(lone.disabled).toEqual([])
    status = 410
    lone.now += 60_000
    await lone.dispatch()
    expect(lone.disabled).toEqual(['subscription:1'])
    expect(await lone.stateOf('eff_1')).toBe('parked')
  })

  test.for(['disabled', 'paused'] as const)('gets nothing while it is %s, not even what is owed', async (state) => {
    const lone = new LoneNode({ subscribers: (connection) => [{ ...subscriber(connection), state }] })
    await lone.owe(posting('1', { target: 'subscription:1', command: 'deliver', payload: '{}' }))
    await lone.dispatch()
    expect(lone.sent).toEqual([])
    expect(await lone.stateOf('eff_1')).toBe('queued')
  })
})

test('a process that stood still counts the quarantine from the moment at which it gave up', async () => {
  let gaveUp = 0
  const lone: LoneNode = new LoneNode({
    answer: () => {
      // Its kernel delivered all that while; the time-out is judged when the process runs again.
      lone.now += 113_000
      gaveUp = lone.now
      return { outcome: 'no_answer', wire: true, code: 'TIMEOUT' }
    },
  })
  await lone.owe(posting('1'))
  await lone.node.dispatcher.round()
  await lone.dispatch()
  const effect = await lone.store.ledger.effect('eff_1')
  expect(effect?.state).toBe('unknown')
  // As long as the ERP may take for what reached it last.
  expect(Number(effect?.notBefore)).toBeGreaterThanOrEqual(gaveUp + 600_000)
})

describe('a step that was refused', () => {
  const refusedStep = async (lone: LoneNode): Promise<boolean> => {
    const tenure = lone.node.place.advance[0]
    if (tenure === undefined) throw new Error('there is no partition')
    // Planned on top of one that was never committed.
    tenure.plan(1)
    expect(await lone.node.place.commit({ fences: [tenure.plan(1)] })).toEqual({ outcome: 'fenced' })
    return lone.signals.includes('fenced')
  }

  test('tells of another owner only where there is one', async () => {
    const lone = new LoneNode()
    await lone.node.start()
    expect(await refusedStep(lone)).toBe(false)
    lone.now += 3_600_000
    await lone.store.takeOwner('advance', 0, 'node-2', 15)
    expect(await refusedStep(lone)).toBe(true)
  })
})

describe('a machine whose clock is two hours off', () => {
  test.for([7_200_000, -7_200_000])(
    '(%i ms) fires timers when they are due, not before and not later',
    async (skewMs) => {
      const lone = new LoneNode({ skewMs })
      await lone.node.start()
      expect(lone.node.place.clock.skewMs).toBe(skewMs)
      const due = { partition: 0, tenant: 'main', subject: 'shp_1', name: 'first_scan', at: lone.now + 3_600_000 }
      await lone.store.commit({ timers: [due] })
      const tenure = lone.node.place.advance[0]
      if (tenure === undefined) throw new Error('there is no partition')
      const fired = async (): Promise<boolean> => {
        await lone.node.place.recover([tenure.plan(0)])
        tenure.until = Number.MAX_SAFE_INTEGER
        return timerRound(lone.node.place, tenure)
      }
      expect(await fired()).toBe(false)
      lone.now += 3_600_000
      expect(await fired()).toBe(true)
      expect(lone.store.tables.facts[0]?.map(({ fact }) => fact.type)).toEqual(['expectation.missed'])
    },
  )

  test.for([7_200_000, -7_200_000])('(%i ms) repeats a posting after its pause', async (skewMs) => {
    let status = 503
    const lone = new LoneNode({ skewMs, answer: () => json(status, { documentNumber: 'D1' }) })
    await lone.node.start()
    await lone.owe(posting('1'))
    await lone.dispatch()
    status = 201
    expect(lone.sent).toHaveLength(1)
    lone.now += 60_000
    await lone.dispatch()
    expect(await lone.stateOf('eff_1')).toBe('applied')
    expect(lone.sent).toHaveLength(2)
  })
})

const posted: Fact = {
  id: 'msg_0-0.0.posted',
  type: 'inventory.movement_posted',
  subject: 'stk_1',
  tenant: 'main',
  recordedAt: '2026-03-02T06:00:00Z',
  source: 'hub:advance',
  causation: 'msg_0-0.0',
  correlation: 'stk_1',
  trace: '0'.repeat(32),
  data: {},
}

function subscriber(connection: Subscriber['connection']): Subscriber {
  return {
    id: 'subscription:1',
    tenant: 'main',
    connection,
    state: 'active',
    matches: ({ type }) => type === 'inventory.movement_posted',
    event: (fact) => JSON.stringify({ id: fact.id }),
  }
}
