import type { ExceptionSource } from '../source.ts'

/** Stocks that two systems do not agree on, one exception for each likely cause: what explains one explains most of them. */
export const stockDifferences: ExceptionSource = {
  kind: 'stock_difference',
  meaning: 'Stocks on which the hub and another system differ, by likely cause, as the newest comparison found them.',
  found: {
    from: `(SELECT c.id, c.connection, c.started_at, f.cause, count(*) AS count, min(f.location) AS first, max(f.location) AS last
              FROM (SELECT DISTINCT ON (n.connection) n.id, n.connection, n.started_at FROM view_stock_comparison n
                     WHERE n.tenant = :tenant AND n.body ->> 'state' = 'done' ORDER BY n.connection, n.started_at DESC) c
              JOIN view_stock_difference f ON f.comparison = c.id GROUP BY c.id, c.connection, c.started_at, f.cause) c`,
    where: 'true',
    object: `c.connection || ':' || c.cause`,
    number: 'c.connection',
    since: 'c.started_at',
    severity: `CASE WHEN c.cause = 'unexplained' THEN 'critical' ELSE 'warning' END`,
    codes: 'c.cause',
    detail: 'c.id',
    role: `'warehouse'`,
    count: 'c.count',
    connection: 'c.connection',
    warehouse: `CASE WHEN c.first = c.last THEN c.first ELSE '' END`,
  },
  tell: ({ codes: [cause = ''], connection, count, detail }) => ({
    wrong: `${count} ${count === 1 ? 'stock differs' : 'stocks differ'} from ${connection}, ${cause === 'unexplained' ? 'and nothing explains it' : `probably because of ${cause.replaceAll('_', ' ')}`}.`,
    action: 'Propose an adjustment where the cause is known; have the rest counted again.',
    page: '/reconciliations',
    shown: detail,
  }),
}
