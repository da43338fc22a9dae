import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly id: string
  readonly process: string
  readonly state: string
  readonly branches: Readonly<Record<string, string>>
  readonly nextDue?: string
  readonly isOver: boolean
}

interface ChartedBranch {
  readonly states: readonly { readonly name: string; readonly here: readonly object[] }[]
  readonly steps: readonly { readonly from: string; readonly to: string; readonly taken: number }[]
}

/** What is carried through over many systems. */
export function describeProcesses(api: ApiUnderTest): void {
  let told = 0
  const tell = async (type: string, data: object): Promise<void> => {
    const event = { eventId: `process-${told++}`, type, occurredAt: '2026-04-01T11:00:00Z', data }
    await api.ask('POST', '/v1/inbound/erp', { json: event })
  }
  const rows = async (query: string): Promise<readonly Row[]> =>
    ((await api.ask('GET', `/v1/processes/instances?${query}`)).json() as { data: readonly Row[] }).data
  const begun = async (orderNumber: string): Promise<Row> => {
    await tell('order.created', { orderNumber, lines: [{ lineNo: '1', sku: 'TEA-1', quantity: '2' }] })
    const [row] = await eventually(
      () => rows(`key=${orderNumber}`),
      (list) => list.length === 1,
    )
    if (row === undefined) throw new Error('the process has not begun')
    return row
  }

  describe('processes', () => {
    test('are listed with what they are about and how many are under way', async () => {
      await begun('SO-P-1')
      const { data } = (await api.ask('GET', '/v1/processes')).json() as { data: { id: string; underWay: object }[] }
      expect(data.map(({ id }) => id)).toContain('order-to-ship')
      expect(data.find(({ id }) => id === 'order-to-ship')?.underWay).toMatchObject({ following: expect.any(Number) })
      const gauge = { process: 'order-to-ship', state: 'following' }
      expect(await api.asked.hub.counter('interline_process_instances', gauge)).toBeGreaterThan(0)
    })

    test('are found by what they are about; one says where it is, what should happen next, and how it came there', async () => {
      const { id, state, nextDue } = await begun('SO-P-2')
      expect({ state, nextDue }).toMatchObject({ state: 'following', nextDue: expect.any(String) })
      await tell('delivery.created', { deliveryNumber: '8000900', orderNumber: 'SO-P-2' })
      await eventually(
        () => rows('key=SO-P-2'),
        ([row]) => row?.branches['delivery/8000900'] === 'releasing',
      )
      const instance = (await api.ask('GET', `/v1/processes/instances/${id}`)).json()
      expect(instance).toMatchObject({
        process: 'order-to-ship',
        key: 'SO-P-2',
        states: { main: 'fulfilling', 'delivery/8000900': 'releasing' },
      })
      const { nextExpected } = instance as { nextExpected: { branch: string; awaits: string[]; by?: string }[] }
      const awaited = nextExpected.find(({ branch }) => branch === 'delivery/8000900')
      expect(awaited?.awaits).toContain('delivery.released')
      expect(awaited?.by).toBeDefined()
      const timeline = (await api.ask('GET', `/v1/processes/instances/${id}/timeline`)).json() as {
        data: { type: string }[]
      }
      expect(timeline.data.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['process.fact_reported', 'process.started', 'process.moved']),
      )
      const chart = (await api.ask('GET', `/v1/processes/instances/${id}/chart`)).json() as {
        branches: ChartedBranch[]
      }
      const [main] = chart.branches
      expect(main?.states.filter(({ here }) => here.length > 0)).toMatchObject([{ name: 'fulfilling', entered: 1 }])
      expect(main?.steps.filter(({ taken }) => taken > 0).map(({ from, to }) => `${from} ${to}`)).toEqual([
        'validating following',
        'following fulfilling',
      ])
      await expectProblem(api.ask('GET', '/v1/processes/instances/prc_none'), 404, 'NOT_FOUND')
      await expectProblem(api.ask('GET', '/v1/processes/instances/prc_none/chart'), 404, 'NOT_FOUND')
      expect(await rows('key=SO-P-2&stuck=true')).toEqual([])
      expect(await rows('key=SO-P-2&startedBefore=2026-01-01T00:00:00Z')).toEqual([])
    })

    test('are called off by a person, once, with a reason', async () => {
      const { id } = await begun('SO-P-3')
      const decide = (json: object) =>
        api.ask('POST', `/v1/processes/instances/${id}/decide`, { json, headers: api.once() })
      await expectProblem(decide({ action: 'skip', reason: 'hurry', to: 'closed' }), 409, 'PROCESS_WISH_REFUSED')
      await expectProblem(decide({ action: 'migrate', reason: 'new' }), 409, 'PROCESS_WISH_REFUSED')
      expect((await decide({ action: 'cancel', reason: 'The customer called.', by: 'Anna' })).status).toBe(202)
      await eventually(
        () => rows('key=SO-P-3&over=true'),
        ([row]) => row?.state === 'cancelled',
      )
      await expectProblem(decide({ action: 'cancel', reason: 'again' }), 409, 'PROCESS_WISH_REFUSED')
    })
  })
}
