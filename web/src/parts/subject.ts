/** Pages of objects by what their ids begin with. */
const pages: Readonly<Record<string, string>> = {
  shp: '/shipments/$id',
  ord: '/orders/$id',
  dlv: '/deliveries/$id',
  grn: '/receipts/$id',
  rma: '/returns/$id',
  inv: '/invoices/$id',
  frt: '/freight-invoices/$id',
  apt: '/appointments/$id',
  prc: '/processes/$id',
  tsk: '/tasks/$id',
}

/** The page of an object; undefined where it has none. */
export function pageOf(id: string): string | undefined {
  return pages[id.slice(0, id.indexOf('_'))]
}
