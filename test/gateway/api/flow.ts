import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Flow {
  readonly stages: readonly { readonly stage: string }[]
  readonly connections: readonly { readonly id: string; readonly outbound: { readonly pause: object | null } | null }[]
}

/** What is promised about the flow, and about stopping a part of it. */
export function describeFlow(hub: ApiUnderTest): void {
  const pauseOf = async (id: string): Promise<object | null | undefined> => {
    const { connections } = (await hub.ask('GET', '/v1/flow')).json() as Flow
    return connections.find((one) => one.id === id)?.outbound?.pause
  }

  describe('the flow', () => {
    test('shows the stages of the hub and every connection, and its past', async () => {
      const { stages, connections } = (await hub.ask('GET', '/v1/flow')).json() as Flow
      expect(stages.map(({ stage }) => stage)).toEqual(['intake', 'translate', 'advance'])
      expect(connections.map(({ id }) => id)).toEqual(expect.arrayContaining(['carrier', 'erp', 'warehouse']))
      expect((await hub.ask('GET', '/v1/flow/history?hours=1')).status).toBe(200)
      await expectProblem(hub.ask('GET', '/v1/flow/history?hours=49'), 422, 'REQUEST_INVALID')
    })

    test('is stopped at a connection with a reason, once, and goes on; the audit log says so', async () => {
      const say = (verb: string, json: object, id = 'shop') => hub.ask('POST', `/v1/flow/${id}/${verb}`, { json })
      const wish = { stage: 'dispatch', reason: 'their system is being moved' }
      expect((await say('pause', wish)).json()).toMatchObject({ connection: 'shop', isPaused: true, changed: true })
      expect((await say('pause', { ...wish, reason: 'another one' })).json()).toMatchObject({ changed: false })
      expect(await pauseOf('shop')).toMatchObject({ reason: wish.reason })
      expect((await say('resume', wish)).json()).toMatchObject({ isPaused: false, changed: true })
      expect(await pauseOf('shop')).toBeNull()
      expect((await say('reset-breaker', { reason: wish.reason })).json()).toEqual({ connection: 'shop' })
      await expectProblem(say('pause', { stage: 'dispatch' }), 422, 'REQUEST_INVALID')
      await expectProblem(say('pause', wish, 'nobody'), 404, 'NOT_FOUND')
      const { data } = (await hub.ask('GET', '/v1/audit?kind=connection&name=shop')).json() as { data: object[] }
      expect(data.slice(0, 3)).toMatchObject([{ change: 'reset_breaker' }, { change: 'resume' }, { change: 'pause' }])
    })

    test('is drained at a connection, once, and goes on', async () => {
      const reason = 'their contract ends'
      const say = (verb: string, id = 'shop') => hub.ask('POST', `/v1/flow/${id}/${verb}`, { json: { reason } })
      expect((await say('drain')).json()).toMatchObject({ connection: 'shop', changed: true, drain: { reason } })
      expect((await say('drain')).json()).toMatchObject({ changed: false })
      expect((await say('end-drain')).json()).toMatchObject({ connection: 'shop', changed: true, drain: null })
      await expectProblem(say('drain', 'nobody'), 404, 'NOT_FOUND')
    })
  })
}
