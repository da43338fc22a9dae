import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../hub-process.ts'
import { startTestServer, type TestServer } from '../postgres/server.ts'
import { ShopClient } from './client.ts'
import { findShopPackages, vendureMissing } from './installation.ts'

/** How long a shop may take to begin, with its goods. */
export const firstStartMs = 240_000

/** The administrator whom every Vendure begins with. */
const administrator = { user: 'superadmin', password: 'superadmin' } as const

/** The one that the hub is: it may do what the guide says, and nothing else. */
export const hubUser = { user: 'interline@example.com', password: 'not the one of the hub' } as const
const permissions = [
  ...['ReadOrder', 'UpdateOrder', 'ReadProduct', 'UpdateProduct', 'ReadStockLocation', 'ReadSettings'],
]

/** How many goods an order is of, by SKU. */
export type Cart = Readonly<Record<string, number>>

/** A real Vendure that sells lamps, on a PostgreSQL of its own: everything on loopback, everything gone at the end. */
export class Vendure {
  /** As the settings of a connection want it. */
  readonly url: string
  readonly #folder: string
  readonly #packages: string
  readonly #postgres: TestServer
  readonly #port: number
  #child: ChildProcess | undefined
  #desk: ShopClient

  static async start(): Promise<Vendure> {
    const packages = findShopPackages()
    if (packages === undefined) throw new Error(vendureMissing)
    const postgres = await startTestServer({ settings: ['fsync=off'] })
    const shop = new Vendure(packages, postgres, await freePort())
    await shop.#begin(true)
    return shop
  }

  private constructor(packages: string, postgres: TestServer, port: number) {
    this.#packages = packages
    this.#postgres = postgres
    this.#port = port
    this.#folder = mkdtempSync(join(tmpdir(), 'interline-shop-'))
    this.url = `http://127.0.0.1:${port}`
    this.#desk = new ShopClient(`${this.url}/admin-api`)
    process.once('exit', this.#orphaned)
  }

  /** The administration, as its staff use it. */
  get desk(): ShopClient {
    return this.#desk
  }

  /** A customer orders and pays: the code of the order. */
  async sell(cart: Cart): Promise<string> {
    const customer = new ShopClient(`${this.url}/shop-api`)
    const ids = await this.#variants()
    for (const [sku, quantity] of Object.entries(cart))
      await customer.change(
        'addItemToOrder',
        'mutation($id:ID!,$quantity:Int!){addItemToOrder(productVariantId:$id,quantity:$quantity){__typename ... on ErrorResult{errorCode message}}}',
        { id: ids.get(sku), quantity },
      )
    await customer.change('setCustomerForOrder', customerQuery, { input: ada })
    await customer.change('setOrderShippingAddress', addressQuery, { input: home })
    const { eligibleShippingMethods } = await customer.ask<{ eligibleShippingMethods: { id: string }[] }>(
      '{eligibleShippingMethods{id}}',
    )
    await customer.change('setOrderShippingMethod', methodQuery, { id: [eligibleShippingMethods[0]?.id] })
    await customer.change(
      'transitionOrderToState',
      'mutation{transitionOrderToState(state:"ArrangingPayment"){__typename ... on OrderStateTransitionError{errorCode message}}}',
    )
    const { code } = await customer.change<{ code: string }>(
      'addPaymentToOrder',
      'mutation{addPaymentToOrder(input:{method:"invoice",metadata:{}}){__typename ... on Order{code} ... on ErrorResult{errorCode message}}}',
    )
    return code
  }

  /** What has become of an order: its state, and each of its fulfillments. */
  async fate(code: string): Promise<Fate> {
    const { orders } = await this.#desk.ask<{ orders: { items: RawOrder[] } }>(fateQuery, { code })
    const [order] = orders.items
    if (order === undefined) throw new Error(`there is no order ${code}`)
    return {
      state: order.state,
      fulfillments: (order.fulfillments ?? []).map(({ state, trackingCode, lines }) => ({
        state,
        trackingCode,
        goods: Object.fromEntries(lines.map(({ quantity, orderLine }) => [orderLine.productVariant.sku, quantity])),
      })),
    }
  }

  /** By which the administration knows an order. */
  async idOf(code: string): Promise<string> {
    const { orders } = await this.#desk.ask<{ orders: { items: { id: string }[] } }>(
      'query($code:String!){orders(options:{filter:{code:{eq:$code}}}){items{id}}}',
      { code },
    )
    return orders.items[0]?.id ?? ''
  }

  /** What the shop believes to have of an item, and what of it is promised to orders. */
  async stock(sku: string): Promise<{ readonly onHand: number; readonly allocated: number }> {
    const { productVariants } = await this.#desk.ask<{
      productVariants: { items: { stockLevels: { stockOnHand: number; stockAllocated: number }[] }[] }
    }>(
      'query($sku:String!){productVariants(options:{filter:{sku:{eq:$sku}}}){items{stockLevels{stockOnHand stockAllocated}}}}',
      { sku },
    )
    const [level] = productVariants.items[0]?.stockLevels ?? []
    return { onHand: level?.stockOnHand ?? 0, allocated: level?.stockAllocated ?? 0 }
  }

  /** Straight into its tables, for what nobody can do from outside. */
  async sql(text: string, values: readonly unknown[] = []): Promise<void> {
    const database = new pg.Client({ connectionString: this.#postgres.url })
    await database.connect()
    await database.query(text, [...values])
    await database.end()
  }

  /** As when they were idle for too long. */
  async endSessions(): Promise<void> {
    await this.sql('DELETE FROM session')
    // The shop remembers them for a second.
    await sleep(1200)
    await this.#login()
  }

  /** Ends in the middle of whatever it does. */
  async crash(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async restart(): Promise<void> {
    await this.crash()
    await this.#begin(false)
  }

  async stop(): Promise<void> {
    process.off('exit', this.#orphaned)
    await this.crash()
    await this.#postgres.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #begin(fill: boolean): Promise<void> {
    const settings = JSON.stringify({ port: this.#port, database: this.#postgres.url, fill })
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'shop/serve.mjs'), this.#packages, settings],
      // What it writes beside its tables is gone with the test.
      {
        cwd: this.#folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, TZ: 'UTC', HOME: this.#folder },
      },
    )
    this.#child = child
    let said = ''
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('ready')) resolve()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
    child.once('exit', () => reject(new Error(`Vendure ended: ${said}`)))
    await promise
    await this.#login()
    if (fill) await this.#appoint()
  }

  async #appoint(): Promise<void> {
    const { createRole } = await this.#desk.ask<{ createRole: { id: string } }>(
      'mutation($input:CreateRoleInput!){createRole(input:$input){id}}',
      { input: { code: 'hub', description: 'What the hub does', permissions } },
    )
    const person = { firstName: 'The', lastName: 'Hub', emailAddress: hubUser.user, password: hubUser.password }
    await this.#desk.ask('mutation($input:CreateAdministratorInput!){createAdministrator(input:$input){id}}', {
      input: { ...person, roleIds: [createRole.id] },
    })
  }

  async #login(): Promise<void> {
    this.#desk = new ShopClient(`${this.url}/admin-api`)
    await this.#desk.change(
      'login',
      'mutation($user:String!,$password:String!){login(username:$user,password:$password){__typename ... on ErrorResult{errorCode message}}}',
      administrator,
    )
  }

  async #variants(): Promise<ReadonlyMap<string, string>> {
    const { productVariants } = await this.#desk.ask<{ productVariants: { items: { id: string; sku: string }[] } }>(
      '{productVariants{items{id sku}}}',
    )
    return new Map(productVariants.items.map(({ id, sku }) => [sku, id]))
  }

  readonly #orphaned = (): void => {
    this.#child?.kill('SIGKILL')
  }
}

/** What a customer would see of an order. */
export interface Fate {
  readonly state: string
  readonly fulfillments: readonly {
    readonly state: string
    readonly trackingCode: string
    readonly goods: Cart
  }[]
}

interface RawOrder {
  readonly state: string
  readonly fulfillments: readonly {
    readonly state: string
    readonly trackingCode: string
    readonly lines: readonly {
      readonly quantity: number
      readonly orderLine: { readonly productVariant: { readonly sku: string } }
    }[]
  }[]
}

const ada = { firstName: 'Ada', lastName: 'Byron', emailAddress: 'ada@example.com' }
const home = {
  fullName: 'Ada Byron',
  streetLine1: 'Main Street 1',
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
}
const customerQuery =
  'mutation($input:CreateCustomerInput!){setCustomerForOrder(input:$input){__typename ... on ErrorResult{errorCode message}}}'
const addressQuery =
  'mutation($input:CreateAddressInput!){setOrderShippingAddress(input:$input){__typename ... on ErrorResult{errorCode message}}}'
const methodQuery =
  'mutation($id:[ID!]!){setOrderShippingMethod(shippingMethodId:$id){__typename ... on ErrorResult{errorCode message}}}'
const fateQuery = `query ($code: String!) {
  orders(options: { filter: { code: { eq: $code } } }) {
    items { state fulfillments { state trackingCode lines { quantity orderLine { productVariant { sku } } } } }
  }
}`
