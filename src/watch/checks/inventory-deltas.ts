import type { Check } from './check.ts'

/** Stock that two systems do not agree on. */
export const inventoryDeltas: Check = {
  id: 'inventory-deltas',
  question: 'On which stocks do the hub and another system not agree?',
  meaning:
    'One of the books is wrong: goods are promised that are not there, or not sold that are. Each item, place, status and lot counts once, because amounts in different units do not add up.',
  area: 'warehouse',
  unit: 'stocks',
  unknown: 'No comparison has ended so far.',
  thresholds: { amber: 1, red: 100 },
  owner: 'warehouse',
  nextAction: 'Start with the cause that explains most; propose an adjustment, or have it counted again.',
  list: { page: '/inventory', search: {} },
  answer: {
    kind: 'table',
    from: `(SELECT DISTINCT ON (n.tenant, n.connection) n.id, n.tenant, n.connection, n.started_at FROM view_stock_comparison n
             WHERE n.body ->> 'state' = 'done' ORDER BY n.tenant, n.connection, n.started_at DESC) c
           LEFT JOIN view_stock_difference f ON f.comparison = c.id`,
    tenant: 'c.tenant',
    asked: 'true',
    found: 'f.sku IS NOT NULL',
    labels: { system: 'c.connection', warehouse: `coalesce(f.location, 'none')`, cause: `coalesce(f.cause, 'none')` },
    item: {
      object: `concat_ws(' ', c.id, f.sku, f.location, f.status, f.lot)`,
      number: 'f.sku',
      since: 'c.started_at',
      detail: `concat_ws(' ', f.location, f.cause, f.body ->> 'difference')`,
      page: '',
    },
  },
}
