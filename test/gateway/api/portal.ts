import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What staff sees of partners; what partners see has tests of its own. */
export function describePortal(hub: ApiUnderTest): void {
  describe('how partners stand', () => {
    test('is told of all, and of each with what is still to be done', async () => {
      const standing = {
        id: 'harbor',
        checklist: [
          { step: 'connection', done: true },
          { step: 'people', done: false },
        ],
      }
      const all = (await hub.ask('GET', '/v1/partner-standings')).json() as { data: { id: string }[] }
      expect(all.data.map(({ id }) => id)).toEqual(['harbor'])
      const { checklist, ...rest } = (await hub.ask('GET', '/v1/partners/harbor/standing')).json() as {
        checklist: object[]
      }
      expect({ ...rest, checklist: checklist.slice(0, 2) }).toMatchObject(standing)
      await expectProblem(hub.ask('GET', '/v1/partners/nobody/standing'), 404, 'NOT_FOUND')
    })

    test('shows certificates of a partner, of whom none has come where it signs nothing', async () => {
      expect((await hub.ask('GET', '/v1/partners/harbor/certificates')).json()).toMatchObject({ data: [] })
      await expectProblem(hub.ask('GET', '/v1/partners/nobody/certificates'), 404, 'NOT_FOUND')
    })

    test('includes what came lately, and what would become of a document', async () => {
      const lately = async (limit: number) =>
        (await hub.ask('GET', `/v1/connections/warehouse/messages?limit=${limit}`)).json() as {
          data: { receivedAt: string }[]
          isWhole: boolean
        }
      const { data, isWhole } = await lately(5)
      expect([data.length, isWhole]).toEqual([5, false])
      expect(data.map(({ receivedAt }) => receivedAt)).toEqual(
        data
          .map(({ receivedAt }) => receivedAt)
          .toSorted()
          .reverse(),
      )
      expect((await lately(100)).data.slice(0, 5)).toEqual(data)
      await expectProblem(hub.ask('GET', '/v1/connections/nobody/messages'), 404, 'NOT_FOUND')
      const attempt = (text: string) =>
        hub.ask('POST', '/v1/connections/warehouse/trials', { json: { content: Buffer.from(text).toString('base64') } })
      expect((await attempt('{"half":')).json()).toMatchObject({ passed: false })
      await expectProblem(attempt(''), 422, 'REQUEST_INVALID')
      const examples = (await hub.ask('GET', '/v1/connections/warehouse/examples')).json() as {
        data: { content: string; contentType: string }[]
      }
      expect(examples.data.length).toBeGreaterThan(0)
      for (const { content, contentType } of examples.data)
        expect(
          (await hub.ask('POST', '/v1/connections/warehouse/trials', { json: { content, contentType } })).json(),
        ).toMatchObject({ passed: true })
      await expectProblem(hub.ask('GET', '/v1/connections/nobody/examples'), 404, 'NOT_FOUND')
    })
  })
}
