import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly id: string
  readonly kind: string
  readonly since: string
  readonly wrong: string
  readonly nextAction: string
  readonly taken?: { readonly name: string }
  readonly acknowledged?: { readonly note: string }
}

/** What is open and should not be. */
export function describeExceptions(api: ApiUnderTest): void {
  const rows = async (query = ''): Promise<readonly Row[]> =>
    ((await api.ask('GET', `/v1/exceptions?${query}`)).json() as { data: readonly Row[] }).data
  const say = async (action: string, json: object) =>
    ((await api.ask('POST', `/v1/exceptions/${action}`, { json })).json() as { data: readonly object[] }).data

  describe('exceptions', () => {
    test('are all kinds in one list, with what is wrong and what to do, oldest first and page by page', async () => {
      const all = await eventually(
        () => rows('limit=200'),
        (list) => ['parked', 'posting'].every((kind) => list.some((row) => row.kind === kind)),
      )
      expect(all.filter(({ wrong, nextAction }) => wrong === '' || nextAction === '')).toEqual([])
      expect(all.map(({ since }) => since)).toEqual(all.map(({ since }) => since).toSorted())
      const first = (await api.ask('GET', '/v1/exceptions?limit=2&sort=gravest')).json() as {
        data: Row[]
        page: { next: string }
      }
      const second = await rows(`limit=2&sort=gravest&cursor=${first.page.next}`)
      expect(new Set([...first.data, ...second].map(({ id }) => id)).size).toBe(first.data.length + second.length)
      await expectProblem(api.ask('GET', `/v1/exceptions?cursor=${first.page.next}`), 400, 'CURSOR_INVALID')
      await expectProblem(api.ask('GET', '/v1/exceptions?kind=moon'), 422, 'REQUEST_INVALID')
      expect(await rows('partner=nobody-knows')).toEqual([])
    })

    test('are counted by age', async () => {
      const { data } = (await api.ask('GET', '/v1/exceptions/ages?kind=posting,parked')).json() as {
        data: { kind: string; open: number; age: string }[]
      }
      expect(new Set(data.map(({ kind }) => kind))).toEqual(new Set(['parked', 'posting']))
      const listed = await rows('kind=posting,parked&limit=200')
      expect(data.reduce((sum, { open }) => sum + open, 0)).toBe(listed.length)
    })

    test('are taken, known and given back, and the audit log knows by whom', async () => {
      const [one] = await rows('kind=parked')
      const id = one?.id ?? 'none'
      const solved = 'task:tsk_00000000000000000000000000'
      expect(await say('take', { ids: [id, solved] })).toEqual([
        { id, outcome: 'done' },
        { id: solved, outcome: 'solved' },
      ])
      expect((await rows('taken=me')).map((row) => row.id)).toEqual([id])
      await say('acknowledge', { ids: [id], note: 'The carrier sends a new table.' })
      const read = `/v1/exceptions/${encodeURIComponent(id)}`
      expect((await api.ask('GET', read)).json()).toMatchObject({
        ...{ id, solvedAt: { page: '/parked' } },
        acknowledged: { note: 'The carrier sends a new table.' },
      })
      expect((await rows('acknowledged=false')).map((row) => row.id)).not.toContain(id)
      expect(await say('release', { ids: [id] })).toEqual([{ id, outcome: 'done' }])
      expect(await say('release', { ids: [id] })).toEqual([{ id, outcome: 'not_taken' }])
      const { data } = (await api.ask('GET', '/v1/audit?kind=exception')).json() as { data: { change: string }[] }
      expect(data.map(({ change }) => change).slice(0, 3)).toEqual(['release', 'acknowledge', 'take'])
      await expectProblem(
        api.ask('POST', '/v1/exceptions/acknowledge', { json: { ids: [id], note: '' } }),
        422,
        'REQUEST_INVALID',
      )
      await expectProblem(api.ask('GET', `/v1/exceptions/${solved}`), 404, 'NOT_FOUND')
    })
  })
}
