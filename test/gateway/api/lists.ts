import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

const asCsv = { accept: 'text/csv' }

/** What is promised about all lists. */
export function describeLists(hub: ApiUnderTest): void {
  describe('a list as a file', () => {
    test('has all rows of all pages, and what it says is never calculated', async () => {
      const rows = Array.from({ length: 230 }, (_, index) => ({ sku: `=HYPERLINK("x${index}")`, baseUom: 'C62' }))
      await hub.ask('POST', '/v1/master-data/items/import', { json: { rows } })
      const { status, headers, text } = await hub.ask('GET', '/v1/master-data/items', { headers: asCsv })
      expect(status).toBe(200)
      expect(headers['content-type']).toMatch(/^text\/csv/)
      expect(headers['content-disposition']).toMatch(/^attachment; filename=/)
      const lines = text.split('\r\n')
      expect(lines[0]?.split(',')).toContain('version')
      expect(lines.filter((line) => line.includes('HYPERLINK')).length).toBe(230)
      expect(lines.filter((line) => /(^|,)"?[=@]/.test(line))).toEqual([])
    })

    test('is not begun for whoever asks for the headers alone, however often', async () => {
      for (let asked = 0; asked < 3; asked++)
        expect((await hub.ask('HEAD', '/v1/shipments', { headers: asCsv })).status).toBe(200)
      expect((await hub.ask('GET', '/v1/shipments', { headers: asCsv })).status).toBe(200)
    })

    test('is asked as the list is: the same filters, rights and refusals', async () => {
      const csv = (path: string, headers = {}) => hub.ask('GET', path, { headers: { ...asCsv, ...headers } })
      expect((await csv('/v1/shipments?reference=NOBODY-HAS-IT')).text).toMatch(/^id,status,[\w,]+\r\n$/)
      await expectProblem(csv('/v1/shipments?colour=red'), 400, 'PARAMETER_UNKNOWN')
      await expectProblem(csv('/v1/shipments', { authorization: '' }), 401, 'AUTHENTICATION_REQUIRED')
      await expectProblem(csv('/v1/overview'), 406, 'NOT_ACCEPTABLE')
    })
  })

  describe('views of lists', () => {
    const list = '/shipments'
    const views = async (headers = {}) =>
      (await hub.ask('GET', `/v1/views?list=${list}`, { headers })).json() as {
        data: { id: string; name: string; search: string; own: boolean }[]
      }

    test('are kept for oneself, or shown to everybody; who keeps one alone changes it, and the audit log says so', async () => {
      const made = await hub.ask('POST', '/v1/keys', { json: { name: 'colleague', scopes: ['shipments:read'] } })
      const colleague = { authorization: `Bearer ${(made.json() as { key: string }).key}` }
      const save = (json: object) => hub.ask('POST', '/v1/views', { json: { list, search: '?status=late', ...json } })
      await save({ name: 'mine' })
      const { id } = (await save({ name: 'ours', shared: true })).json() as { id: string }
      expect((await save({ name: 'ours', shared: true, search: '?status=lost' })).json()).toMatchObject({ id })
      expect((await views()).data).toMatchObject([
        { name: 'mine' },
        { name: 'ours', search: '?status=lost', own: true },
      ])
      expect((await views(colleague)).data).toMatchObject([{ id, name: 'ours', own: false }])
      await expectProblem(hub.ask('DELETE', `/v1/views/${id}`, { headers: colleague }), 404, 'NOT_FOUND')
      expect((await hub.ask('DELETE', `/v1/views/${id}`)).status).toBe(204)
      expect((await views(colleague)).data).toEqual([])
      const { data } = (await hub.ask('GET', `/v1/audit?kind=view&name=${id}`)).json() as { data: object[] }
      expect(data).toMatchObject([{ change: 'remove' }, { change: 'save' }, { change: 'save' }])
      await expectProblem(save({ name: ' ' }), 422, 'REQUEST_INVALID')
      await expectProblem(save({ name: 'x', list: 'https://elsewhere.example' }), 422, 'REQUEST_INVALID')
    })
  })
}
