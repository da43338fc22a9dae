import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly id: string
  readonly status: string
  readonly set?: string
  readonly sends: number
}

/** Documents to EDI partners. */
export function describeTransmissions(api: ApiUnderTest): void {
  const rows = async (query: string): Promise<readonly Row[]> =>
    ((await api.ask('GET', `/v1/transmissions?${query}`)).json() as { data: readonly Row[] }).data
  const release = async (number: string, line: object): Promise<Row> => {
    const data = { deliveryNumber: number, location: 'DC1', lines: [line] }
    const event = { eventId: `R${number}`, type: 'delivery.released', occurredAt: '2026-04-01T11:00:00Z', data }
    await api.ask('POST', '/v1/inbound/erp', { json: event })
    const [found] = await eventually(
      () => rows('connection=partner'),
      (list) => list.some(({ status }) => status !== 'numbering'),
    )
    if (found === undefined) throw new Error('nothing was owed')
    return found
  }

  describe('documents to partners', () => {
    test('are listed, shown to the byte, sent again and closed', async () => {
      const { id } = await release('90001', { line: '1', sku: 'SKU-1', quantity: '2', uom: 'EA' })
      const shown = (await api.ask('GET', `/v1/transmissions/${id}`)).json() as Record<string, unknown>
      expect(shown).toMatchObject({
        set: '940',
        number: '90001',
        interchange: '1',
        group: '1',
        status: 'sent',
        sends: 1,
      })
      expect(shown['text']).toMatch(/^ISA.*\*000000001\*0\*P\*.*IEA\*1\*000000001~$/)
      const path = `/v1/transmissions/${id}/decisions`
      const decide = (action: string) =>
        api.ask('POST', path, { headers: api.once(), json: { action, reason: 'they lost it' } })
      expect((await decide('send_again')).status).toBe(202)
      await eventually(
        () => rows('number=90001'),
        ([row]) => row?.sends === 2,
      )
      const again = (await api.ask('GET', `/v1/transmissions/${id}`)).json() as Record<string, unknown>
      expect(again['text']).toBe(shown['text'])
      await expectProblem(decide('write_again'), 409, 'DECISION_NOT_ALLOWED')
      await decide('close')
      await eventually(
        () => rows('status=closed'),
        (list) => list.length === 1,
      )
      await expectProblem(decide('send_again'), 409, 'DECISION_NOT_ALLOWED')
      await expectProblem(api.ask('GET', '/v1/transmissions/trm_none'), 404, 'NOT_FOUND')
    })
  })
}
