import fc from 'fast-check'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import type { OperationRequest, ReadBack, Reading } from '../kit/connector.ts'
import { answerOf } from '../kit/golden.ts'
import { genericErp } from './connector.ts'
import { document, documentKinds, type ErpCommand, referenceLength } from './contract.ts'
import { postingOperation } from './post.ts'

const request: OperationRequest = {
  payload: { deliveryNumber: '80001234', postingDate: '2026-03-31', lines: [{ sku: 'LAMP', quantity: '3' }] },
  externalReference: 'IL5K2M9Q4XW7T1R8B3N6C0D',
  attempt: 1,
}
const issue = postingOperation('post_goods_issue')

function read(status: number, body?: unknown): Reading {
  return issue.read(answerOf({ status, body }), request, {})
}

function lookUp(status: number, body?: unknown): ReadBack | undefined {
  return issue.readBack?.read(answerOf({ status, body }), request, {})
}

test('sends one complete document that keeps the contract, for every command', () => {
  for (const command of Object.keys(documentKinds) as ErpCommand[]) {
    const ask = postingOperation(command).ask(request, {})
    expect(ask).toMatchObject({ method: 'POST', path: `/documents/${documentKinds[command]}` })
    const sent: unknown = JSON.parse(ask.body ?? '')
    expect(Value.Check(document, sent)).toBe(true)
    expect(sent).toMatchObject({ complete: true, externalReference: request.externalReference })
  }
})

test('has an operation for every command of the contract', () => {
  const commands = Object.values(genericErp.operations ?? {}).flatMap(({ command }) => command ?? [])
  expect(new Set(commands)).toEqual(new Set(Object.keys(documentKinds)))
})

test('sends the same bytes on every attempt', () => {
  expect(issue.ask({ ...request, attempt: 7 }, {})).toEqual(issue.ask(request, {}))
})

test('says that it is done only with the number of the document', () => {
  expect(read(201, { documentNumber: '4900000017' })).toEqual({ outcome: 'applied', documentReference: '4900000017' })
  expect(read(200, { documentNumber: 4_900_000_017 })).toEqual({ outcome: 'applied', documentReference: '4900000017' })
  for (const body of [undefined, '', '<html>ok</html>', {}, [], { documentNumber: '' }, { documentNumber: null }])
    expect(read(200, body).outcome).toBe('unclear')
  expect(read(202, { status: 'queued' })).toEqual({ outcome: 'accepted' })
})

test('keeps the words of a refusal, also of one that hides inside a success', () => {
  expect(read(200, { status: 'error', documentNumber: '1', messages: ['Not picked.', { text: 'Expired.' }] })).toEqual({
    outcome: 'refused',
    reason: 'Not picked. · Expired.',
  })
  expect(read(409, { messages: ['The period is closed.'] })).toEqual({
    outcome: 'refused',
    reason: 'The period is closed.',
  })
  expect(read(422, 'nothing readable')).toEqual({
    outcome: 'refused',
    reason: 'The ERP refused without saying why.',
  })
})

test('repeats at once only what the contract says has not been done', () => {
  const again = [423, 429, 503]
  for (const status of again) expect(read(status).outcome).toBe('retry')
  expect(issue.definitive?.notDone).toEqual(again)
  const refused = [400, 403, 404, 409, 413, 415, 422]
  fc.assert(
    fc.property(fc.integer({ min: 203, max: 599 }), (status) => {
      fc.pre(!again.includes(status) && !refused.includes(status))
      expect(read(status, { documentNumber: '4900000017' }).outcome).toBe('unclear')
    }),
  )
})

test('finds by the reference that it posted with', () => {
  const posted: { externalReference?: unknown } = JSON.parse(issue.ask(request, {}).body ?? '{}')
  expect(issue.readBack?.ask(request, {})).toEqual({
    method: 'GET',
    path: `/documents?externalReference=${String(posted.externalReference)}`,
  })
  expect(issue.idempotency).toMatchObject({ strategy: 'read-back', field: 'externalReference', referenceLength })
})

const found = { documentNumber: '4900000017', externalReference: request.externalReference }

test('takes a look-up for the truth only when it is complete', () => {
  expect(lookUp(200, { documents: [] })).toEqual({ found: 'none' })
  expect(lookUp(200, { documents: [found] })).toEqual({
    found: 'one',
    documentReference: '4900000017',
    equal: true,
  })
  expect(lookUp(200, { documents: [found, { ...found, documentNumber: '18' }] })).toEqual({
    found: 'many',
    documentReferences: ['4900000017', '18'],
  })
  const doubtful = [
    lookUp(500),
    lookUp(200),
    lookUp(200, []),
    lookUp(200, { documents: null }),
    lookUp(200, { documents: [], next: 'page-2' }),
    lookUp(200, { documents: [{ externalReference: request.externalReference }] }),
  ]
  expect(doubtful.map((one) => one?.found)).toEqual(doubtful.map(() => 'unclear'))
})

test('does not take the documents of others for its own', () => {
  expect(lookUp(200, { documents: [{ ...found, externalReference: 'IL5K2M9Q4X' }, null, 'text'] })).toEqual({
    found: 'none',
  })
})

test('leaves it to a person when there is a document under its reference that is not the one it meant', () => {
  const sent: { content?: unknown } = JSON.parse(issue.ask(request, {}).body ?? '{}')
  const equal = (more: object): unknown => lookUp(200, { documents: [{ ...found, ...more }] })
  expect(equal({ kind: 'goods_issue', content: sent.content })).toMatchObject({ found: 'one', equal: true })
  expect(equal({ kind: 'goods_receipt' })).toMatchObject({ found: 'one', equal: false })
  expect(equal({ content: 'edited' })).toMatchObject({ found: 'one', equal: false })
  const edited = { ...request, payload: { deliveryNumber: '80001234', lines: [{ sku: 'LAMP', quantity: '2' }] } }
  const body = { documents: [{ ...found, content: sent.content }] }
  expect(issue.readBack?.read(answerOf({ status: 200, body }), edited, {})).toMatchObject({ equal: false })
})

test('throws on no answer, whatever it holds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, body) => {
      expect(read(status, body).outcome).toBeTypeOf('string')
      expect(lookUp(status, body)?.found).toBeTypeOf('string')
    }),
  )
})
