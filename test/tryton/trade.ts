import { decimal, type Row, type TrytonClient } from './rpc.ts'

/** How much of which item: `{ LAMP: 3 }`. */
export type Goods = Readonly<Record<string, number>>

/** A confirmed order of the customer, with its customer shipment waiting. */
export async function sell(erp: TrytonClient, goods: Goods): Promise<{ sale: number; delivery: string }> {
  const party = await idOf(erp, 'party.party', [['code', '=', 'CUST-1']])
  const address = await idOf(erp, 'party.address', [['party', '=', party]])
  const sale = await erp.create('sale.sale', {
    party,
    invoice_address: address,
    shipment_address: address,
    ...(await terms(erp)),
    carrier: await idOf(erp, 'carrier', []),
    reference: 'PO 4711',
    shipment_method: 'order',
    lines: [['create', await lines(erp, goods, 'sale')]],
  })
  for (const button of ['quote', 'confirm']) await erp.model('sale.sale', button, [sale])
  const [shipment] = await erp.find<Row & { number: string }>('stock.shipment.out', soldAs(sale), ['number'])
  if (shipment === undefined) throw new Error('the order has no shipment')
  return { sale, delivery: shipment.number }
}

/** The warehouse of Tryton finds less than it should: moves that wait are written down, then assigned and picked. */
export async function pickShort(erp: TrytonClient, delivery: string, found: Goods): Promise<void> {
  const shipment = await idOf(erp, 'stock.shipment.out', [['number', '=', delivery]])
  const moves = await erp.find<Row & { 'product.': { code: string } }>(
    'stock.move',
    [
      ['shipment', '=', `stock.shipment.out,${shipment}`],
      ['from_location.type', '=', 'storage'],
      ['to_location.type', '=', 'storage'],
    ],
    ['product.code'],
  )
  for (const {
    id,
    'product.': { code },
  } of moves)
    if (found[code] !== undefined) await erp.model('stock.move', 'write', [id], { quantity: found[code] })
  for (const button of ['assign_try', 'pick']) await erp.model('stock.shipment.out', button, [shipment])
}

/** A confirmed order at the supplier. */
export async function buy(erp: TrytonClient, goods: Goods): Promise<{ purchase: number; purchaseOrder: string }> {
  const party = await idOf(erp, 'party.party', [['code', '=', 'SUPP-1']])
  const purchase = await erp.create('purchase.purchase', {
    party,
    invoice_address: await idOf(erp, 'party.address', [['party', '=', party]]),
    ...(await terms(erp)),
    lines: [['create', await lines(erp, goods, 'purchase')]],
  })
  for (const button of ['quote', 'confirm']) await erp.model('purchase.purchase', button, [purchase])
  const [row] = await erp.model<(Row & { number: string })[]>('purchase.purchase', 'read', [purchase], ['number'])
  return { purchase, purchaseOrder: row?.number ?? '' }
}

/** The sales desk lets all of a sale come back; answers the number of the customer return and the sale that credits it. */
export async function takeBack(erp: TrytonClient, sale: number): Promise<{ returnNumber: string; credit: number }> {
  const [session] = (await erp.call('wizard.sale.return_sale.create', erp.context)) as [number]
  const around = { ...erp.context, active_model: 'sale.sale', active_id: sale, active_ids: [sale] }
  await erp.call('wizard.sale.return_sale.execute', session, { start: {} }, 'return_', around)
  const credit = await idOf(erp, 'sale.sale', [['origin', '=', `sale.sale,${sale}`]])
  for (const button of ['quote', 'confirm']) await erp.model('sale.sale', button, [credit])
  const [row] = await erp.model<{ 'shipment_returns.': { number: string }[] }[]>(
    'sale.sale',
    'read',
    [credit],
    ['shipment_returns.number'],
  )
  return { returnNumber: row?.['shipment_returns.'][0]?.number ?? '', credit }
}

/** What a sale has come to: its shipments with what left in each, its invoices with their state. */
export interface Sold {
  readonly shipments: readonly { readonly number: string; readonly state: string; readonly goods: Goods }[]
  readonly invoices: readonly { readonly number: string | null; readonly state: string; readonly moves: number }[]
}

export async function soldIn(erp: TrytonClient, sale: number): Promise<Sold> {
  const shipments = await erp.find<ShipmentRow>('stock.shipment.out', soldAs(sale), [
    ...['number', 'state', 'outgoing_moves.quantity', 'outgoing_moves.product.code', 'outgoing_moves.state'],
  ])
  const [row] = await erp.model<{ invoices: number[] }[]>('sale.sale', 'read', [sale], ['invoices'])
  const invoices = await erp.find<Row & { number: string | null; state: string; move: number | null }>(
    'account.invoice',
    [['id', 'in', row?.invoices ?? []]],
    ['number', 'state', 'move'],
  )
  return {
    shipments: shipments.map(({ number, state, 'outgoing_moves.': moves }) => ({
      number,
      state,
      goods: Object.fromEntries(
        moves
          .map(({ quantity, 'product.': { code } }) => [code, quantity])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      ),
    })),
    invoices: invoices.map(({ number, state, move }) => ({ number, state, moves: move === null ? 0 : 1 })),
  }
}

/** Moves of goods that are done between two kinds of places, summed by item: what really went into the books. */
export async function moved(erp: TrytonClient, domain: readonly unknown[]): Promise<{ moves: number; goods: Goods }> {
  const rows = await erp.find<Row & { quantity: number; 'product.': { code: string } }>(
    'stock.move',
    [['state', '=', 'done'], ...domain],
    ['quantity', 'product.code'],
  )
  const goods: Record<string, number> = {}
  for (const {
    quantity,
    'product.': { code },
  } of rows)
    goods[code] = (goods[code] ?? 0) + quantity
  return { moves: rows.length, goods }
}

/** How much of an item is in a warehouse now. */
export async function stock(erp: TrytonClient, code: string): Promise<number> {
  const product = await idOf(erp, 'product.product', [['code', '=', code]])
  const warehouse = await idOf(erp, 'stock.location', [['code', '=', 'DC1']])
  const [row] = (await erp.call('model.product.product.read', [product], ['quantity'], {
    ...erp.context,
    locations: [warehouse],
    with_childs: true,
  })) as { quantity: number }[]
  return row?.quantity ?? Number.NaN
}

interface ShipmentRow extends Row {
  readonly number: string
  readonly state: string
  readonly 'outgoing_moves.': readonly { readonly quantity: number; readonly 'product.': { readonly code: string } }[]
}

function soldAs(sale: number): readonly unknown[] {
  return [['moves.origin.sale', '=', sale, 'sale.line']]
}

async function terms(erp: TrytonClient): Promise<object> {
  return {
    company: 1,
    currency: 1,
    warehouse: await idOf(erp, 'stock.location', [['code', '=', 'DC1']]),
    payment_term: await idOf(erp, 'account.invoice.payment_term', []),
    invoice_method: 'shipment',
  }
}

async function lines(erp: TrytonClient, goods: Goods, kind: 'sale' | 'purchase'): Promise<object[]> {
  const unit = await idOf(erp, 'product.uom', [['symbol', '=', 'u']])
  const products = await erp.find<Row & { code: string; list_price: { decimal: string } }>(
    'product.product',
    [['code', 'in', Object.keys(goods)]],
    ['code', 'list_price'],
  )
  return products.map(({ id, code, list_price }) => ({
    type: 'line',
    product: id,
    unit,
    quantity: goods[code],
    unit_price: kind === 'sale' ? list_price : decimal('10'),
    description: '',
  }))
}

async function idOf(erp: TrytonClient, model: string, domain: readonly unknown[]): Promise<number> {
  const [id] = await erp.model<number[]>(model, 'search', domain, 0, 1, [['id', 'ASC']])
  if (id === undefined) throw new Error(`there is no ${model} of ${JSON.stringify(domain)}`)
  return id
}
