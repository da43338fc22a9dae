import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly id: string
  readonly question: string
  readonly overdue: boolean
  readonly assignee?: string
  readonly decision?: string
}

const release = { name: 'release', label: 'Release', consequence: 'The goods can be sold.', fourEyes: true }
const scrap = { name: 'scrap', label: 'Scrap', consequence: 'The goods are written off.', reasonRequired: true }

/** What people have to decide. */
export function describeTasks(api: ApiUnderTest): void {
  const rows = async (query: string): Promise<readonly Row[]> =>
    ((await api.ask('GET', `/v1/tasks?${query}`)).json() as { data: readonly Row[] }).data
  const post = (path: string, json: object) => api.ask('POST', `/v1/tasks${path}`, { json, headers: api.once() })
  const create = async (more: object = {}): Promise<string> => {
    const question = 'Lot L1 was wet. Release it?'
    const asked = { name: 'inspect-lot', role: 'quality', question, decisions: [release, scrap], ...more }
    const { id } = (await post('', asked)).json() as { id: string }
    await eventually(
      () => rows('role=quality&state=all'),
      (list) => list.some((row) => row.id === id),
    )
    return id
  }

  const keyWith = async (...scopes: readonly string[]): Promise<Record<string, string>> => {
    const made = await api.ask('POST', '/v1/keys', { json: { name: `desk ${scopes.length}`, scopes } })
    return { authorization: `Bearer ${(made.json() as { key: string }).key}` }
  }

  describe('tasks', () => {
    test('are asked, taken, noted and decided by two people where it takes two', async () => {
      const id = await create({ objects: ['qhd_1'], evidence: { lot: 'L1', share: '0.25' } })
      expect((await rows('object=qhd_1')).map((row) => row.id)).toEqual([id])
      await post(`/${id}/assign`, { assignee: 'Anna', by: 'Anna' })
      await eventually(
        () => rows('assignee=Anna'),
        (list) => list.length === 1,
      )
      await post(`/${id}/note`, { text: 'Seen it; 3 of 12 cases are wet.', by: 'Anna' })
      expect((await post(`/${id}/decide`, { decision: 'release', by: 'Anna' })).json()).toMatchObject({
        outcome: 'approves',
      })
      await eventually(
        async () => ((await api.ask('GET', `/v1/tasks/${id}`)).json() as { approvals: object[] }).approvals,
        (approvals) => approvals.length === 1,
      )
      await expectProblem(post(`/${id}/decide`, { decision: 'release', by: ' anna' }), 409, 'TASK_SAME_PERSON')
      expect((await post(`/${id}/decide`, { decision: 'release', by: 'Bo' })).json()).toMatchObject({
        outcome: 'completes',
      })
      await eventually(
        () => rows('state=completed&name=inspect-lot'),
        (list) => list.some((row) => row.id === id && row.decision === 'release'),
      )
      const shown = (await api.ask('GET', `/v1/tasks/${id}`)).json() as { history: { did: string }[] }
      expect(shown).toMatchObject({ state: 'completed', outcome: { decision: 'release' }, evidence: { share: '0.25' } })
      expect(shown.history.map(({ did }) => did)).toEqual(['assigned', 'noted', 'approved', 'decided'])
      await expectProblem(post(`/${id}/decide`, { decision: 'scrap', reason: 'wet' }), 409, 'TASK_CLOSED')
      await expectProblem(post(`/${id}/assign`, {}), 409, 'TASK_CLOSED')
    })

    test('that somebody has are given back by them and by who gave them away; others need a right of their own', async () => {
      const id = await create()
      const desk = await keyWith('tasks:read', 'tasks:decide')
      const lead = await keyWith('tasks:read', 'tasks:decide', 'tasks:reassign:quality')
      const assign = (json: object, headers: Record<string, string>) =>
        api.ask('POST', `/v1/tasks/${id}/assign`, { json, headers: { ...headers, ...api.once() } })
      const has = async (name: string | undefined) =>
        eventually(
          async () => ((await api.ask('GET', `/v1/tasks/${id}`)).json() as { assignee?: string }).assignee,
          (assignee) => assignee === name,
        )
      await assign({ assignee: 'Cora', by: 'Cora' }, desk)
      await has('Cora')
      await expectProblem(assign({ by: 'Dan' }, desk), 409, 'TASK_TAKEN')
      await expectProblem(assign({ assignee: 'Dan', by: 'Dan' }, desk), 409, 'TASK_TAKEN')
      expect((await assign({ by: ' cora' }, desk)).status).toBe(202)
      await has(undefined)
      await assign({ assignee: 'Dan', by: 'Cora' }, desk)
      await has('Dan')
      expect((await assign({ assignee: 'Cora', by: 'Cora' }, desk)).status).toBe(202)
      await has('Cora')
      expect((await assign({ assignee: 'Dan', by: 'Eve' }, lead)).status).toBe(202)
      await has('Dan')
    })

    test('are taken by one of two people who want them at the same moment, and the other is told', async () => {
      const desk = await keyWith('tasks:read', 'tasks:decide')
      const people = ['Fay', 'Gus']
      const parked = async () =>
        ((await api.ask('GET', '/v1/parked?limit=100')).json() as { data: { message: string }[] }).data.map(
          ({ message }) => message,
        )
      const before = await parked()
      for (let round = 0; round < 3; round++) {
        const id = await create()
        const assign = (json: object) =>
          api.ask('POST', `/v1/tasks/${id}/assign`, { json, headers: { ...desk, ...api.once() } })
        const answers = await Promise.all(people.map((name) => assign({ assignee: name, by: name })))
        expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['202', '409'])
        const loser = answers.find(({ status }) => status === 409)
        expect(loser?.json()).toMatchObject({ code: 'TASK_TAKEN' })
        const winner = people[answers.findIndex(({ status }) => status === 202)]
        const read = async () =>
          (await api.ask('GET', `/v1/tasks/${id}`)).json() as { assignee?: string; history: { did: string }[] }
        const task = await eventually(read, ({ assignee }) => assignee !== undefined)
        expect([task.assignee, task.history.length]).toEqual([winner, 1])
        expect((await assign({ by: winner })).status).toBe(202)
        await eventually(read, ({ assignee }) => assignee === undefined)
      }
      // The one that came second is answered, not parked: nothing of it is left to be decided by anybody.
      expect(await parked()).toEqual(before)
    })

    test('know only the decisions that they list, with a reason where one is needed', async () => {
      const id = await create()
      await expectProblem(post(`/${id}/decide`, { decision: 'burn' }), 422, 'TASK_DECISION_UNKNOWN')
      await expectProblem(post(`/${id}/decide`, { decision: 'scrap' }), 422, 'TASK_REASON_MISSING')
      await expectProblem(post('/tsk_none/decide', { decision: 'scrap' }), 404, 'NOT_FOUND')
      const twice = { name: 'inspect-lot', role: 'quality', question: 'Which?', decisions: [release, release] }
      await expectProblem(post('', twice), 422, 'REQUEST_INVALID')
    })

    test('that are not decided in time are shown to whoever they are escalated to; what is open is expected', async () => {
      const past = '2026-04-01T10:00:00Z'
      const late = await create({ dueAt: past, escalateTo: 'finance' })
      await eventually(
        () => rows('role=finance&overdue=true'),
        (list) => list.map((row) => row.id).includes(late),
      )
      const later = await create({ dueAt: '2099-04-01T10:00:00Z' })
      const expected = (await api.ask('GET', `/v1/expectations?object=${later}`)).json() as { data: object[] }
      expect(expected.data).toEqual([
        {
          object: later,
          name: 'task_due',
          dueAt: '2099-04-01T10:00:00.000Z',
          overdue: false,
          expected: expect.anything(),
        },
      ])
      const { tasks } = (await api.ask('GET', '/v1/overview')).json() as { tasks: { role: string; overdue: number }[] }
      expect(tasks.find(({ role }) => role === 'quality')?.overdue).toBe(1)
      expect(await api.asked.hub.counter('interline_tasks_overdue', { role: 'quality' })).toBe(1)
      expect(await api.asked.hub.counter('interline_expectations_overdue')).toBe(0)
      const open = async (age: string) => api.asked.hub.counter('interline_tasks_open', { role: 'quality', age })
      expect(await open('hour')).toBe((await rows('role=quality')).length)
    })

    test('come in the order in which they are due, page by page, those without a time last', async () => {
      const inOrder = await rows('role=quality')
      const paged: string[] = []
      for (let next: string | null = ''; next !== null; ) {
        const answer = (
          await api.ask('GET', `/v1/tasks?role=quality&limit=1${next === '' ? '' : `&cursor=${next}`}`)
        ).json()
        const { data, page } = answer as { data: Row[]; page: { next: string | null } }
        paged.push(...data.map(({ id }) => id))
        next = page.next
      }
      expect(paged).toEqual(inOrder.map(({ id }) => id))
      expect(paged.length).toBeGreaterThan(2)
    })
  })
}
