import { describe, expect, test } from 'vitest'
import { signWebhook } from '../transports/signature.ts'
import { SandboxCustomer } from './customer.ts'
import { Faults } from './faults.ts'
import { seeded } from './random.ts'

const nowMs = Date.UTC(2026, 0, 5, 9)
const secret = `whsec_${Buffer.from('a secret of the customer').toString('base64')}`

function world() {
  const faults = new Faults()
  const customer = new SandboxCustomer(faults, seeded(1))
  const tell = (id: string, event: object, signedWith = secret): number => {
    const body = JSON.stringify({ type: 'shipment.delivered', ...event })
    const timestampSeconds = nowMs / 1000
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signWebhook({ id, timestampSeconds, body: Buffer.from(body), secrets: [signedWith] }),
    }
    return customer.handle({ method: 'POST', path: '/events', query: new URLSearchParams(), headers, body }, nowMs)
      .status
  }
  return { faults, customer, tell }
}

describe('the customer', () => {
  test('counts an event that comes again as a duplicate', () => {
    const { customer, tell } = world()
    tell('e1', { subject: 's', sequence: '001' })
    expect(tell('e1', { subject: 's', sequence: '001' })).toBe(204)
    expect(customer).toMatchObject({ received: 1, duplicates: 1, inversions: 0 })
  })

  test('counts an event that was overtaken by a later one of its object, and only of its object', () => {
    const { customer, tell } = world()
    tell('e2', { subject: 's', sequence: '002' })
    tell('e1', { subject: 's', sequence: '001' })
    tell('e0', { subject: 'other', sequence: '000' })
    expect(customer).toMatchObject({ received: 3, inversions: 1 })
  })

  test('shows what it has heard of an object, in the order in which it came', () => {
    const { customer, tell } = world()
    tell('e1', { subject: 's', sequence: '001' })
    tell('e2', { subject: 'other', sequence: '002' })
    tell('e3', { type: 'shipment.pod_received', subject: 's', sequence: '003' })
    const query = new URLSearchParams({ subject: 's' })
    const answer = customer.handle({ method: 'GET', path: '/events', query, headers: {}, body: '' }, nowMs)
    expect(answer.body).toEqual({
      events: [
        { type: 'shipment.delivered', subject: 's', sequence: '001' },
        { type: 'shipment.pod_received', subject: 's', sequence: '003' },
      ],
    })
  })

  test('refuses a wrong signature as soon as it knows the secret', () => {
    const { customer, tell } = world()
    const other = `whsec_${Buffer.from('somebody else entirely').toString('base64')}`
    expect(tell('e1', { subject: 's', sequence: '001' }, other)).toBe(204)
    customer.secret = secret
    expect(tell('e2', { subject: 's', sequence: '002' }, other)).toBe(401)
    expect(tell('e3', { subject: 's', sequence: '003' })).toBe(204)
    expect(customer.refused).toBe(1)
  })

  test('survives a body that is no event', () => {
    const { customer } = world()
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: '{' }
    expect(customer.handle(request, nowMs).status).toBe(400)
  })

  test('has heard what it did not answer', () => {
    const { faults, customer, tell } = world()
    faults.set({ 'customer.lostReply': 'on' })
    tell('e1', { subject: 's', sequence: '001' })
    expect(customer.received).toBe(1)
  })
})
