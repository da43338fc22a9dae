import { describe, expect, test } from 'vitest'
import { documentKinds } from '../connectors/generic-erp/contract.ts'
import { SandboxErp } from './erp.ts'
import { Faults } from './faults.ts'
import { bodyOf, type PeerAnswer } from './peer.ts'
import { seeded } from './random.ts'

const nowMs = Date.UTC(2026, 0, 5, 9)

function world() {
  const faults = new Faults()
  const erp = new SandboxErp(faults, seeded(1))
  const ask = (method: string, url: string, body: unknown = '', at = nowMs): PeerAnswer => {
    const { pathname: path, searchParams: query } = new URL(url, 'http://erp')
    return erp.handle({ method, path, query, headers: {}, body: body === '' ? '' : JSON.stringify(body) }, at)
  }
  const post = (reference: string, more: object = {}, at = nowMs): PeerAnswer =>
    ask('POST', '/documents/goods_issue', { ...issue(reference), ...more }, at)
  const found = (reference: string, at = nowMs): unknown[] =>
    (ask('GET', `/documents?externalReference=${reference}`, '', at).body as { documents: unknown[] }).documents
  return { faults, erp, ask, post, found }
}

function issue(externalReference: string) {
  return { externalReference, kind: 'goods_issue', complete: true, header: { deliveryNumber: '1' }, lines: [] }
}

describe('the ERP', () => {
  test('books the same posting twice when it is told twice', () => {
    const { erp, post, found } = world()
    const numbers = [post('R1'), post('R1')].map(({ body }) => (body as { documentNumber: string }).documentNumber)
    expect(new Set(numbers).size).toBe(2)
    expect(erp.doubles).toBe(1)
    expect(found('R1')).toHaveLength(2)
  })

  test('tells at once what it booked under a reference', () => {
    const { post, found } = world()
    expect(found('R1')).toEqual([])
    post('R1')
    expect(found('R1')).toMatchObject([{ externalReference: 'R1', sequence: 1 }])
  })

  test('books every kind of document of the contract and lists it for the comparison of both books', () => {
    const { erp, ask } = world()
    const kinds = Object.values(documentKinds)
    for (const [index, kind] of kinds.entries())
      expect(ask('POST', `/documents/${kind}`, { ...issue(`IL${index}`), kind }).status, kind).toBe(201)
    expect(erp.documents.map(({ kind }) => kind)).toEqual(kinds)
    expect(ask('GET', '/documents?prefix=IL&since=').body).toMatchObject({
      documents: kinds.map((kind, index) => ({ kind, externalReference: `IL${index}` })),
    })
  })

  test('books nothing before a document in parts is complete', () => {
    const { erp, ask, post } = world()
    expect(post('R1', { complete: false }).status).toBe(202)
    expect(ask('POST', '/documents/goods_issue/R1/lines', { lines: [{ sku: 'A' }, { sku: 'B' }] }).status).toBe(202)
    expect(erp.documents).toEqual([])
    expect(ask('POST', '/documents/goods_issue/R1/complete', {}).status).toBe(201)
    expect(erp.documents).toMatchObject([{ lines: [{ sku: 'A' }, { sku: 'B' }] }])
    expect(ask('POST', '/documents/goods_issue/R1/complete', {}).status).toBe(404)
  })

  test('has done the work whose answer is lost', () => {
    const { faults, post, found } = world()
    faults.set({ 'erp.lostReply': 'on' })
    expect(post('R1')).toMatchObject({ status: 201, lost: true })
    expect(found('R1')).toHaveLength(1)
  })

  test('does late what it answered 504 to', () => {
    const { faults, post, found } = world()
    faults.set({ 'erp.late': 'on' })
    expect(post('R1').status).toBe(504)
    expect(found('R1')).toEqual([])
    expect(found('R1', nowMs + 20_000)).toHaveLength(1)
  })

  test.each([
    ['unavailable', 503],
    ['throttle', 429],
    ['locked', 423],
    ['periodClosed', 409],
  ])('has done nothing when it answers with %s', (fault, status) => {
    const { faults, erp, post } = world()
    faults.set({ [`erp.${fault}`]: 'on' })
    expect(post('R1').status).toBe(status)
    faults.set({ [`erp.${fault}`]: 'off' })
    expect(erp.documents).toEqual([])
    expect(post('R1').status).toBe(201)
  })

  test('is away and back again, as long as an outage lasts', () => {
    const { faults, erp } = world()
    expect(erp.isAway(nowMs)).toBe(false)
    faults.set({ 'erp.outage': 'on' })
    expect(erp.isAway(nowMs)).toBe(true)
    faults.set({ 'erp.outage': '50%' })
    const spells = Array.from({ length: 400 }, (_, at) => erp.isAway(nowMs + at * 1000))
    const changes = spells.filter((one, at) => at > 0 && one !== spells[at - 1]).length
    expect(changes).toBeGreaterThan(10)
    expect(changes).toBeLessThan(80)
  })

  test('lifts a billing block once, however often it is told, and counts the repetitions', () => {
    const { erp, ask } = world()
    const release = { ...issue('R1'), kind: 'invoice_release' }
    const [first, second] = [1, 2].map(() => ask('POST', '/documents/invoice_release', release).body)
    expect(second).toEqual(first)
    expect(erp).toMatchObject({ doubles: 0, repeats: 1 })
  })

  test('has done the work whose answer is cut off', () => {
    const { faults, post, found } = world()
    faults.set({ 'erp.truncated': 'on' })
    const answer = post('R1', { content: 'c1' })
    expect(() => void JSON.parse(bodyOf(answer))).toThrow()
    expect(found('R1')).toMatchObject([{ content: 'c1' }])
  })

  test('refuses a posting date of a closed period', () => {
    const { erp, post } = world()
    erp.closePeriod('2026-01-01')
    expect(post('R1', { postingDate: '2025-12-31' }).status).toBe(409)
    expect(post('R1', { postingDate: '2026-01-01' }).status).toBe(201)
  })

  test.each([
    ['a reference longer than promised', { externalReference: 'x'.repeat(33) }],
    ['no reference', { externalReference: '' }],
  ])('refuses %s', (_what, more) => {
    expect(world().post('R1', more).status).toBe(422)
  })

  test('lists by prefix and time, page after page, everything once', () => {
    const { ask, post } = world()
    for (let number = 0; number < 250; number++) post(`${number % 2 === 0 ? 'A' : 'B'}${number}`, {}, nowMs + number)
    const seen: string[] = []
    let cursor: string | undefined = '0'
    while (cursor !== undefined) {
      const { body } = ask('GET', `/documents?prefix=A&since=${new Date(nowMs + 10).toISOString()}&cursor=${cursor}`)
      const page = body as { documents: { externalReference: string }[]; next?: string }
      seen.push(...page.documents.map(({ externalReference }) => externalReference))
      cursor = page.next
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `A${10 + index * 2}`))
  })
})
