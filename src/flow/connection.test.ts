import { expect, test } from 'vitest'
import { genericErp } from '../connectors/generic-erp/connector.ts'
import type { Connector } from '../connectors/kit/connector.ts'
import { type Connection, type ConnectionDeclaration, inMaintenance, openConnection } from './connection.ts'
import { idempotencyOf } from './dispatch/exchange.ts'

function open(changes: Partial<ConnectionDeclaration>): Connection {
  const declared = { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } }
  return openConnection(
    { ...declared, ...changes },
    { connectors: [genericErp as unknown as Connector], partitions: 8, timeoutSecondsMax: 50 },
  )
}

test('refuses a request that may take longer than the claim of its queue, because it could never start', () => {
  expect(open({ timeoutSeconds: 50 }).outbound.timeoutMs).toBe(50_000)
  expect(open({}).outbound.timeoutMs).toBe(30_000)
  expect(() => open({ timeoutSeconds: 60 })).toThrow(
    'connection erp: timeoutSeconds is 60, and at most 50 fit into a claim; raise INTERLINE_CLAIM_SECONDS for more',
  )
})

test('takes as long for a request as a short claim allows, where nothing is said', () => {
  const declared = { id: 'wms', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } }
  const connectors = [genericErp as unknown as Connector]
  const { outbound } = openConnection(declared, { connectors, partitions: 8, timeoutSecondsMax: 5 })
  expect(outbound.timeoutMs).toBe(5000)
})

test('waits as long as this very ERP may still work on a request, or as long as its connector declares', () => {
  expect(idempotencyOf(open({}), 'adjust_inventory')).toMatchObject({ strategy: 'read-back', horizonSeconds: 600 })
  expect(idempotencyOf(open({ processingSeconds: 30 }), 'adjust_inventory')).toMatchObject({ horizonSeconds: 30 })
})

test('a maintenance window may pass midnight, and one that cannot be read is refused', () => {
  const { maintenance } = open({ maintenance: ['22:30-01:15', '12:00-12:30'] }).outbound
  const at = (time: string): number => Date.parse(`2026-03-02T${time}:00Z`)
  const inside = ['22:30', '23:59', '00:00', '01:14', '12:29'].map((time) => inMaintenance(maintenance, at(time)))
  const outside = ['22:29', '01:15', '11:59', '12:30'].map((time) => inMaintenance(maintenance, at(time)))
  expect([inside, outside].map((all) => new Set(all))).toEqual([new Set([true]), new Set([false])])
  expect(() => open({ maintenance: ['25:00-26:00'] })).toThrow('is not of the form 22:00-23:30')
})
