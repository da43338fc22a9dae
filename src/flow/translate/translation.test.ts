import { expect, test } from 'vitest'
import type { KnownIdentifier, Message } from '../../backbone/step.ts'
import type { Assertion, Reference } from '../../model/fact.ts'
import { identifierKey } from '../../model/identifier.ts'
import { planTranslation } from './translation.ts'

const message: Message = {
  ...{ id: 'msg_0-0', offset: 0, partition: 0, tenant: 'main', connection: 'partner', lane: 'realtime' },
  ...{ identity: '1', bodyHash: '', receivedAt: 1_776_000_000_000, contentType: 'application/edi-x12', headers: {} },
  ...{ trace: '0'.repeat(32), body: new Uint8Array() },
}

function order(...numbers: string[]): Assertion {
  const references: Reference[] = numbers.map((value) => ({ scheme: 'purchase_order', issuer: 'erp', value }))
  return {
    type: 'purchase_order.reported',
    about: { entity: 'purchase_order', references, unknown: 'create' },
    data: { object: {} },
  }
}

function plan(assertions: readonly Assertion[], known: ReadonlyMap<string, readonly KnownIdentifier[]> = new Map()) {
  return planTranslation([{ message, connection: undefined, translation: { assertions } }], {
    known: (key) => known.get(key) ?? [],
    blocked: new Set(),
    partitions: 1,
    at: message.receivedAt,
    waitMs: 3_600_000,
  })
}

test('two parts of one message that name the same new object mean one object, and claim its number once', () => {
  const { facts, identifiers } = plan([order('PO-9'), order('PO-9', 'SO-1')])
  const reports = facts.filter(({ fact }) => fact.type === 'purchase_order.reported')
  expect(new Set(reports.map(({ fact }) => fact.subject)).size).toBe(1)
  expect(identifiers.map(({ normalized }) => normalized)).toEqual(['PO-9', 'SO-1'])
})

test('a message of which one part has to wait claims nothing for the others', () => {
  const waiting: Assertion = { ...order('PO-8'), about: { ...order('PO-8').about, unknown: 'wait' } }
  const { facts, identifiers, parks } = plan([order('PO-9'), waiting])
  expect(parks).toMatchObject([{ code: 'PARENT_UNKNOWN' }])
  expect([...facts, ...identifiers]).toEqual([])
})

test('what one part makes known is not waited for by the next', () => {
  const late: Assertion = { ...order('PO-9'), about: { ...order('PO-9').about, unknown: 'wait' } }
  expect(plan([order('PO-9'), late]).parks).toEqual([])
})

test('an object that is known keeps its number, however many parts of a message name it', () => {
  const reference = { scheme: 'purchase_order', issuer: 'erp', value: 'PO-9' }
  const key = identifierKey({ tenant: 'main', entity: 'purchase_order', reference, normalized: 'PO-9' })
  const held = { subject: 'pur_known', from: message.receivedAt, lastUsed: message.receivedAt }
  const { facts, identifiers } = plan([order('PO-9'), order('PO-9')], new Map([[key, [held]]]))
  expect(facts.map(({ fact }) => fact.subject)).toEqual(['pur_known', 'pur_known'])
  expect(identifiers).toEqual([])
})
