import type { TrytonClient } from './rpc.ts'
import { date, decimal } from './rpc.ts'

/** Everybody who may do something in the ERP of the tests. */
export const users = {
  administrator: { login: 'admin', password: 'admin-of-a-test' },
  /** What an operator would give the hub: no administrator. */
  hub: { login: 'interline', password: 'hub-of-a-test' },
} as const

/** Groups of the hub's user: sales, purchases, stock and accounting, and nothing of the administration. */
const hubGroups = ['Sales', 'Purchase', 'Stock', 'Account', 'Stock Force Assignment', 'Account Administration'] as const

export const items = [
  { code: 'LAMP', name: 'Desk lamp', price: '25', cost: '10' },
  { code: 'SHADE', name: 'Lamp shade', price: '12.50', cost: '4' },
  { code: 'BULB', name: 'Bulb', price: '3', cost: '1' },
] as const

/** A company that trades in lamps: chart of accounts, fiscal years, two warehouses, items, a customer, a supplier, a carrier, stock. */
export async function seed(erp: TrytonClient, year: number): Promise<void> {
  const company = await makeCompany(erp)
  erp.context = { company, language: 'en' }
  await makeChart(erp, company)
  for (const one of [year - 1, year, year + 1]) await makeFiscalYear(erp, company, one)
  const unit = await one(erp, 'product.uom', [['symbol', '=', 'u']])
  await makeItems(erp, unit)
  await makeParties(erp)
  await makeWarehouses(erp, company)
  await erp.create('stock.package.type', { name: 'Parcel' })
  await makeHubUser(erp, company)
}

async function makeCompany(erp: TrytonClient): Promise<number> {
  const currency = await erp.create('currency.currency', {
    name: 'Euro',
    symbol: '€',
    code: 'EUR',
    rates: [['create', [{ date: date('2020-01-01'), rate: decimal('1') }]]],
  })
  const party = await erp.create('party.party', { name: 'Harbour Lamps' })
  const company = await erp.create('company.company', { party, currency, timezone: 'UTC' })
  await erp.model('res.user', 'write', [1], { companies: [['add', [company]]], company })
  return company
}

async function makeChart(erp: TrytonClient, company: number): Promise<void> {
  const template = await one(erp, 'account.account.template', [['parent', '=', null]])
  const [session] = (await erp.call('wizard.account.create_chart.create', erp.context)) as [number]
  const run = (data: object, state: string): Promise<unknown> =>
    erp.call('wizard.account.create_chart.execute', session, data, state, erp.context)
  const account = { company, account_template: template }
  await run({ start: {}, account }, 'create_account')
  const account_receivable = await one(erp, 'account.account', [['type.receivable', '=', true]])
  const account_payable = await one(erp, 'account.account', [['type.payable', '=', true]])
  const properties = { company, account_receivable, account_payable }
  await run({ start: {}, account, properties }, 'create_properties')
  await erp.call('wizard.account.create_chart.delete', session, erp.context)
  const type = (name: string): Promise<number> => one(erp, 'account.account.type', [['name', '=', name]])
  await erp.create('account.account', { company, code: '6100', name: 'Freight out', type: await type('Expense') })
  await erp.create('account.account', { company, code: '2150', name: 'Accrued freight', type: await type('Liability') })
}

async function makeFiscalYear(erp: TrytonClient, company: number, year: number): Promise<void> {
  const moves = await one(erp, 'ir.sequence.type', [['name', '=', 'Account Move']])
  const invoices = await one(erp, 'ir.sequence.type', [['name', '=', 'Invoice']])
  const post_move_sequence = await erp.create('ir.sequence', { name: `Moves ${year}`, sequence_type: moves, company })
  const sequence = (name: string): Promise<number> =>
    erp.create('ir.sequence.strict', {
      name: `${name} ${year}`,
      sequence_type: invoices,
      company,
      prefix: `${name}${year}-`,
    })
  const [out, credit, bill, billCredit] = [
    await sequence('I'),
    await sequence('C'),
    await sequence('B'),
    await sequence('D'),
  ]
  const id = await erp.create('account.fiscalyear', {
    name: `${year}`,
    start_date: date(`${year}-01-01`),
    end_date: date(`${year}-12-31`),
    company,
    post_move_sequence,
    invoice_sequences: [
      [
        'create',
        [
          {
            company,
            out_invoice_sequence: out,
            out_credit_note_sequence: credit,
            in_invoice_sequence: bill,
            in_credit_note_sequence: billCredit,
          },
        ],
      ],
    ],
  })
  await erp.model('account.fiscalyear', 'create_period', [id])
}

async function makeItems(erp: TrytonClient, unit: number): Promise<void> {
  const account = (type: string): Promise<number> => one(erp, 'account.account', [[`type.${type}`, '=', true]])
  const account_category = await erp.create('product.category', {
    name: 'Goods',
    accounting: true,
    account_expense: await account('expense'),
    account_revenue: await account('revenue'),
  })
  for (const { code, name, price, cost } of items)
    await erp.create('product.template', {
      name,
      type: 'goods',
      default_uom: unit,
      salable: true,
      sale_uom: unit,
      purchasable: true,
      purchase_uom: unit,
      account_category,
      list_price: decimal(price),
      products: [['create', [{ code, suffix_code: code, cost_price: decimal(cost) }]]],
    })
  await erp.create('product.template', {
    name: 'Freight',
    type: 'service',
    default_uom: unit,
    salable: true,
    sale_uom: unit,
    account_category,
    list_price: decimal('12'),
    products: [['create', [{ suffix_code: 'FREIGHT', cost_price: decimal('0') }]]],
  })
}

async function makeParties(erp: TrytonClient): Promise<void> {
  await erp.create('account.invoice.payment_term', {
    name: '30 days',
    lines: [['create', [{ type: 'remainder', relativedeltas: [['create', [{ days: 30 }]]] }]]],
  })
  const addresses = [['create', [{ street: '1 Quay Road', city: 'Harwich', postal_code: 'CO12 3JT' }]]]
  await erp.create('party.party', { name: 'Corner Shop', code: 'CUST-1', addresses })
  await erp.create('party.party', { name: 'Lamp Works', code: 'SUPP-1', addresses })
  const party = await erp.create('party.party', { name: 'Swift Parcels', code: 'swift', addresses })
  const carrier_product = await one(erp, 'product.product', [['code', '=', 'FREIGHT']])
  await erp.create('carrier', { party, carrier_product, carrier_cost_method: 'product' })
}

async function makeWarehouses(erp: TrytonClient, company: number): Promise<void> {
  const first = await one(erp, 'stock.location', [['type', '=', 'warehouse']])
  await erp.model('stock.location', 'write', [first], { code: 'DC1' })
  const place = (name: string): Promise<number> =>
    erp.create('stock.location', { name: `DC2 ${name}`, type: 'storage' })
  const [input_location, output_location, storage_location] = [
    await place('Input'),
    await place('Output'),
    await place('Storage'),
  ]
  await erp.create('stock.location', {
    name: 'Second warehouse',
    code: 'DC2',
    type: 'warehouse',
    input_location,
    output_location,
    storage_location,
  })
  const location = await one(erp, 'stock.location', [['code', '=', 'STO']])
  const lines = []
  for (const { code } of items)
    lines.push({ product: await one(erp, 'product.product', [['code', '=', code]]), quantity: 1000 })
  const inventory = await erp.create('stock.inventory', { location, company, lines: [['create', lines]] })
  await erp.model('stock.inventory', 'confirm', [inventory])
}

async function makeHubUser(erp: TrytonClient, company: number): Promise<void> {
  const groups = await erp.find<{ id: number; name: string }>('res.group', [['name', 'in', hubGroups]], ['name'])
  const { login, password } = users.hub
  await erp.create('res.user', {
    name: 'Interline',
    login,
    password,
    companies: [['add', [company]]],
    company,
    groups: [['add', groups.map(({ id }) => id)]],
  })
}

/** The only one, or the first in order of id. Throws where there is none. */
async function one(erp: TrytonClient, model: string, domain: readonly unknown[]): Promise<number> {
  const [id] = await erp.model<number[]>(model, 'search', domain, 0, 1, [['id', 'ASC']])
  if (id === undefined) throw new Error(`there is no ${model} of ${JSON.stringify(domain)}`)
  return id
}
