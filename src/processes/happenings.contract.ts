import type { PocketHub } from '../../test/pocket-hub.ts'
import { documentKinds } from '../connectors/generic-erp/contract.ts'
import type { PostingRoute } from './postings.ts'

/** Everything goes to one ERP. */
export const routes: readonly PostingRoute[] = Object.keys(documentKinds).map((command) => ({
  command,
  target: 'erp',
  tenant: 'main',
}))
/** Who tells. */
export const connections = {
  dhl: { connector: 'dhl', settings: { webhookToken: 'push' } },
  erp: { connector: 'generic-erp', settings: { url: 'https://erp.example.com' } },
  wms: { connector: 'generic-wms', settings: {} },
}

/** Something is told to a hub. */
export type Happening = (hub: PocketHub) => void

let events = 0
/** An event of the generic contracts. */
export function said(connection: 'erp' | 'wms', type: string, data: unknown, more: object = {}): Happening {
  const content = { eventId: `E${events++}`, type, occurredAt: '2026-04-01T10:00:00Z', ...more, data }
  return (hub) => hub.receive(connection, content)
}
