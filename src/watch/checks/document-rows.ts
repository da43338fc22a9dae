import type { TableAnswer } from './check.ts'

/** Warehouse of a document, as SQL over `view_document d`; `unknown` where nobody told. */
export const warehouse = `coalesce(d.locations[1], 'unknown')`
/** Carrier of a document, as SQL over `view_document d`; `unknown` where nobody told. */
export const carrier = `coalesce(d.carriers[1], 'unknown')`

/** Documents of one kind that are in one of these statuses. */
export function documentsIn(
  entity: string,
  statuses: readonly string[],
): Omit<TableAnswer, 'found' | 'labels' | 'item'> & { readonly item: Omit<TableAnswer['item'], 'page'> } {
  return {
    kind: 'table',
    from: 'view_document d',
    tenant: 'd.tenant',
    asked: `d.entity = '${entity}' AND d.merged_into = '' AND d.status IN (${statuses.map((one) => `'${one}'`).join(', ')})`,
    item: { object: 'd.id', number: 'd.number', since: 'd.placed_at', detail: 'd.status' },
  }
}
