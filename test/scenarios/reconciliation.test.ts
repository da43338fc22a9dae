import { afterEach, beforeEach, expect, test } from 'vitest'
import { plausibleDay } from '../../src/sandbox/day.ts'
import { SandboxHub } from './sandbox-hub.ts'

const day = plausibleDay('quiet-day', 3, '2026-04-09').filter(({ body }) => {
  const { type } = body as { readonly type?: string }
  return type === 'receipt.posted' || type === 'shipment.confirmed'
})
const minute = 60_000

let sandbox: SandboxHub
beforeEach(async () => {
  sandbox = await SandboxHub.start()
  await sandbox.tell(day)
  await sandbox.hub.pass(5 * minute)
})
afterEach(async () => {
  await sandbox.stop()
})

async function compared(): Promise<string[]> {
  const { differences } = await sandbox.meanwhile(sandbox.reconciler.reconcile('erp'))
  return differences.map(({ kind, naturalKey = '' }) => `${kind} ${naturalKey}`)
}

test('the ledger and the ERP agree after a day, over several pages', async () => {
  const result = await sandbox.meanwhile(sandbox.reconciler.reconcile('erp'))
  expect(result).toMatchObject({ complete: true, inFlight: 0, differences: [] })
  expect(result.posted).toBe(sandbox.erp.documents.length)
  expect(result.posted).toBeGreaterThan(100)
})

test('what the ERP lost, booked twice or has from nobody is found, and nothing else', async () => {
  const [lost, , twice] = sandbox.erp.documents
  if (lost === undefined || twice === undefined) throw new Error('the day is empty')
  const key = async (reference: string): Promise<string> => {
    const effects = await sandbox.hub.backbone.ledger.effects({ target: 'erp', limit: 10_000 })
    return effects.find(({ externalReference }) => externalReference === reference)?.naturalKey ?? ''
  }
  const now = sandbox.hub.time.wall()
  sandbox.erp.forge(twice, twice.externalReference, now)
  sandbox.erp.forge(twice, 'ILFORGED', now)
  sandbox.erp.forge(twice, 'BY-HAND', now)
  sandbox.erp.forget(lost.documentNumber)
  expect(await compared()).toEqual([
    `double ${await key(twice.externalReference)}`,
    `missing ${await key(lost.externalReference)}`,
    'unexpected ',
  ])
  expect(sandbox.reconciler.counts()).toContainEqual({ labels: { target: 'erp', kind: 'missing' }, value: 1 })
  expect(sandbox.reconciler.counts()).toContainEqual({ labels: { target: 'erp', kind: 'unsettled' }, value: 0 })
})

test('books that cannot be read are no empty books', async () => {
  sandbox.faults.set({ 'erp.unavailable': 'on' })
  await expect(compared()).rejects.toMatchObject({ code: 'BOOKS_UNREADABLE' })
  sandbox.faults.set({ 'erp.unavailable': 'off', 'erp.outage': 'on' })
  await expect(compared()).rejects.toMatchObject({ code: 'BOOKS_UNREADABLE' })
  await expect(sandbox.meanwhile(sandbox.reconciler.reconcile('nobody'))).rejects.toMatchObject({
    code: 'CONNECTION_UNKNOWN',
  })
  await expect(sandbox.meanwhile(sandbox.reconciler.reconcile('dhl'))).rejects.toMatchObject({
    code: 'OPERATION_UNKNOWN',
  })
})

test('the job compares once per period every system that something is posted to', async () => {
  await sandbox.meanwhile(sandbox.reconciler.round())
  expect(sandbox.reconciler.results).toEqual([])
  await sandbox.hub.pass(60 * minute)
  await sandbox.meanwhile(sandbox.reconciler.round())
  expect(sandbox.reconciler.results.map(({ connection }) => connection)).toEqual(['erp'])
})
