import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

const person = { email: 'bea.quill@example.com' }
const reason = 'Request 12'

/** What is promised to whoever asks what is known of them, or wants to be forgotten. */
export function describePrivacy(hub: ApiUnderTest): void {
  describe('the data of one person', () => {
    test('is written out, looked at and erased; whoever is not there is not found', async () => {
      await expectProblem(hub.ask('POST', '/v1/privacy/exports', { json: { person, reason } }), 404, 'NOT_FOUND')
      const json = { email: person.email, name: 'Bea Quill', roles: ['viewer'] }
      expect((await hub.ask('POST', '/v1/people', { json })).status).toBe(201)
      const exported = await hub.ask('POST', '/v1/privacy/exports', { json: { person, reason } })
      expect(exported.json()).toMatchObject({ records: [{ kind: 'person' }] })
      const look = await hub.ask('POST', '/v1/privacy/previews', { json: { person } })
      expect(look.json()).toMatchObject({ erased: { person: 1 }, inUse: { unsent: 0, processes: 0 } })
      const begun = await hub.ask('POST', '/v1/privacy/erasures', { json: { person, reason } })
      expect(begun.status).toBe(202)
      const { id } = begun.json() as { id: string }
      const done = await eventually(
        async () => (await hub.ask('GET', `/v1/privacy/erasures/${id}`)).json() as { state: string },
        ({ state }) => state === 'done',
      )
      expect(done).toMatchObject({ state: 'done', reason, erased: { person: 1 } })
      await expectProblem(hub.ask('POST', '/v1/privacy/exports', { json: { person, reason } }), 404, 'NOT_FOUND')
    })

    test('stays erased: a register that does not say who it was erases again whom a backup brings back', async () => {
      expect((await hub.ask('GET', '/v1/privacy/erasures')).json()).toMatchObject({ data: [{ state: 'done', reason }] })
      const register = await hub.ask('GET', '/v1/privacy/register')
      expect(register.text).not.toContain('quill')
      const { entries } = register.json() as { entries: readonly { id: string }[] }
      const again = await hub.ask('POST', '/v1/privacy/repetitions', { json: { entries, reason } })
      expect(again.json()).toEqual({ begun: [], absent: entries.map(({ id }) => id) })
    })
  })
}
