import { expect, test } from 'vitest'
import { routes } from '../all.ts'
import type { Route } from '../route.ts'
import type { Principal } from './principal.ts'
import { Privacy } from './privacy.ts'
import { type Role, roles } from './roles.ts'

const words = 'Ring Ottilie first'

function shownTo(
  role: Role,
  operation: string,
  answer: { readonly body?: unknown; readonly bytes?: Uint8Array },
): string {
  const route = routes.find(({ operationId }) => operationId === operation) as Route
  const principal: Principal = { key: 'key_1', tenant: 'main', name: 'Bo', scopes: roles[role].scopes }
  const { body, bytes } = new Privacy(route).shown(principal, answer)
  return bytes === undefined ? JSON.stringify(body) : Buffer.from(bytes).toString('utf8')
}

const page = { next: null }
const fact = { id: 'f', type: 'order.changed', recordedAt: '', source: 'erp', data: { object: { note: words } } }

/** What people and systems write as they like, in each kind of answer. */
const answers: Readonly<Record<string, object>> = {
  listTasks: { data: [{ id: 'tsk_1', question: words }], page },
  readTask: {
    id: 'tsk_1',
    evidence: { said: words, lines: [{ note: words }] },
    decisions: [{ label: words }],
    history: [{ text: words }],
    outcome: { reason: words },
  },
  readMessage: {
    parked: { code: 'MAP_FAILED', detail: words },
    facts: [{ id: 'f', data: { deliveryInstructions: words } }],
  },
  readOrder: { content: { lines: [{ comment: words }] }, openTasks: [{ question: words }] },
  readOrderTimeline: { facts: [fact], told: [{ reason: words }] },
  listEffects: { data: [{ id: 'efx_1', reason: words }], page },
  readTrace: { messages: [{ parked: { detail: words }, facts: [{ effects: [{ reason: words }] }] }] },
  listConnectionMessages: { data: [{ problem: { code: 'MAP_FAILED', detail: words } }] },
  readFlow: { connections: [{ inbound: { pause: { by: 'bo', reason: words } } }] },
  listAudit: { data: [{ id: 'a', reason: words, after: { note: words } }], page },
}

test.each(Object.keys(roles) as Role[])('a free text is for %s as its scopes say, in every kind of answer', (role) => {
  const granted: readonly string[] = roles[role].scopes
  const sees = granted.includes('*') || granted.includes('personal:read')
  for (const [operation, body] of Object.entries(answers)) {
    const shown = shownTo(role, operation, { body })
    expect({ operation, sees: shown.includes(words) }).toEqual({ operation, sees })
    expect(shown.includes('***')).toBe(!sees)
  }
  const lines = `${JSON.stringify({ item: 'msg_1', code: 'MAP_FAILED', detail: words })}\n`
  const shown = shownTo(role, 'readJobFailures', { bytes: Buffer.from(lines) })
  expect(shown).toBe(sees ? lines : lines.replace(words, '***'))
})

test('a viewer sees of the evidence of a task what names nobody, and of its decisions no words of whoever asked', () => {
  const lines = [{ line: '10', sku: 'LAMP', quantity: '3.5', uom: 'C62', condition: 'broken' }]
  const known = { delivery: 'D-4711', dueAt: '2026-04-12T10:00:00Z', order: 'ord_1', count: 3, isLate: true, lines }
  const evidence = {
    ...known,
    ...{ said: words, driver: 'Ottilie', reach: '+49 170 1234567', reason: 'Ottilie was out', customer: 'O. Feather' },
    address: { name: 'O. Feather', lines: ['Lane 7'], city: 'Ulm' },
    notes: ['Ottilie'],
  }
  const choice = { name: 'wait', label: words, consequence: words, fourEyes: false, reasonRequired: false, needs: [] }
  const fields = [{ name: 'until', label: words, kind: 'choice', values: ['Ottilie', 'nobody'] }]
  const body = { id: 'tsk_1', evidence, decisions: [{ ...choice, fields }] }
  const shown = JSON.parse(shownTo('viewer', 'readTask', { body })) as Record<string, unknown>
  expect(shown['evidence']).toEqual({
    ...known,
    ...{ said: '***', driver: '***', reach: '***', reason: '***', customer: '***' },
    address: { name: '***', lines: ['***'], city: 'Ulm' },
    notes: ['***'],
  })
  expect(shown['decisions']).toEqual([
    {
      ...{ ...choice, label: '***', consequence: '***' },
      fields: [{ name: 'until', label: '***', kind: 'choice', values: ['***', '***'] }],
    },
  ])
  expect(JSON.parse(shownTo('finance', 'readTask', { body }))).toEqual(body)
})

test('the roles that do not see people are those that are meant not to', () => {
  const without = Object.entries(roles).filter(
    ([, { scopes }]) => !(scopes as readonly string[]).some((one) => one === '*' || one === 'personal:read'),
  )
  expect(without.map(([role]) => role)).toEqual(['viewer'])
})
