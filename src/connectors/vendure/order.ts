import type { Assertion } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'
import { numberInHub } from '../kit/shop-numbers.ts'
import { stated } from '../kit/stated.ts'
import { majorUnits } from './money.ts'
import type { VendureSettings } from './settings.ts'

/** One version of an order; those of one order do not overtake each other. */
export function identify({ content }: Document): Identity | undefined {
  const code = peekText(content, 'order', 'code')
  return code === undefined ? undefined : { orderKey: `order ${code}` }
}

type Standing = Pick<DocumentReport, 'status' | 'reached'>

/** How far an order has come by its state in the shop. A state of the shop's own is none of these. */
const standings: Readonly<Record<string, Standing>> = {
  ArrangingAdditionalPayment: {},
  Cancelled: { status: 'cancelled' },
  Delivered: { reached: 'delivered' },
  Modifying: {},
  PartiallyDelivered: { reached: 'partially_shipped' },
  PartiallyShipped: { reached: 'partially_shipped' },
  PaymentAuthorized: { reached: 'received' },
  PaymentSettled: { reached: 'received' },
  Shipped: { reached: 'shipped' },
}

/** States in which what is written there is not what is wanted: somebody is still changing it, or all of it was taken off when it was cancelled. */
const blank: readonly string[] = ['ArrangingAdditionalPayment', 'Cancelled', 'Modifying']

/** An order of the feed as a canonical report. */
export function translate({ content }: Document, { settings }: TranslateContext<VendureSettings>): Translation {
  const root = new Reading(content).object()
  const digits = root.at('moneyDigits').whole()
  if (digits === undefined || digits < 0 || digits > 10) throw root.at('moneyDigits').wrong('a number of digits')
  const order = root.at('order').object()
  const code = order.at('code').text(100)
  const state = order.at('state').text(100)
  const standing = Object.hasOwn(standings, state) ? standings[state] : undefined
  const { at } = order.at('updatedAt').time()
  const report: DocumentReport = {
    ...standing,
    object: blank.includes(state)
      ? { orderNumber: numberInHub(settings, code) }
      : objectOf(order, { code, digits, settings }),
    ...(state === 'Cancelled' ? { reason: 'It was cancelled in the shop.' } : {}),
  }
  const assertion: Assertion<DocumentReport> = {
    type: 'order.reported',
    about: {
      entity: 'order',
      references: [{ scheme: 'order', issuer: settings.system, value: numberInHub(settings, code) }],
      unknown: 'create',
    },
    occurredAt: at,
    data: report,
  }
  return {
    assertions: [assertion],
    ...(standing === undefined ? { unknownCodes: [{ table: 'vendure-order-state', code: state }] } : {}),
  }
}

function objectOf(
  order: Reading,
  { code, digits, settings }: { readonly code: string; readonly digits: number; readonly settings: VendureSettings },
): Readonly<Record<string, unknown>> {
  const currency = order.at('currencyCode').text(3)
  const money = (value: Reading): { amount: string; currency: string } | undefined => {
    const amount = majorUnits(value, digits)
    return amount === undefined ? undefined : { amount, currency }
  }
  const customer = order.at('customer')
  const shipping = order.at('shippingLines').each((line) => line.at('shippingMethod').at('code').text(100), 100)
  return {
    orderNumber: numberInHub(settings, code),
    channel: settings.system,
    currency,
    ...stated({
      orderDate: order.at('orderPlacedAt').optionalTime()?.at,
      customer: customer.at('id').optionalText(100),
      email: customer.at('emailAddress').optionalText(320),
      shipTo: addressOf(order.at('shippingAddress')),
      billTo: addressOf(order.at('billingAddress')),
      requestedService: shipping.length === 0 ? undefined : shipping.join(', ').slice(0, 120),
      couponCodes: listOrNone(order.at('couponCodes').each((one) => one.text(100), 100)),
    }),
    totals: stated({
      goods: money(order.at('subTotal')),
      freight: money(order.at('shipping')),
      tax: taxOf(order, { digits, currency }),
      total: money(order.at('totalWithTax')),
    }),
    ...stated({
      taxes: listOrNone(
        order.at('taxSummary').each((tax) =>
          stated({
            description: tax.at('description').excerpt(200),
            ratePercent: tax.at('taxRate').optionalDecimal(),
            base: majorUnits(tax.at('taxBase'), digits),
            amount: majorUnits(tax.at('taxTotal'), digits),
          }),
        ),
      ),
      discounts: discountsOf(order, digits),
      surcharges: listOrNone(
        order
          .at('surcharges')
          .each((one) =>
            stated({ description: one.at('description').excerpt(200), amount: majorUnits(one.at('price'), digits) }),
          ),
      ),
    }),
    lines: order
      .at('lines')
      .list(10_000)
      .filter((line) => line.at('quantity').decimal() !== '0')
      .map((line) => lineOf(line, digits)),
  }
}

/** Prices are without tax, and before discounts; `total` is what is paid for the line after all of them, without tax. */
function lineOf(line: Reading, digits: number): object {
  return {
    line: line.at('id').text(30),
    sku: line.at('productVariant').at('sku').text(100),
    quantity: line.at('quantity').decimal(),
    uom: 'C62',
    ...stated({
      description: line.at('productVariant').at('name').excerpt(500),
      price: majorUnits(line.at('unitPrice'), digits),
      taxRatePercent: line.at('taxRate').optionalDecimal(),
      total: majorUnits(line.at('proratedLinePrice'), digits),
      discounts: discountsOf(line, digits),
    }),
  }
}

function discountsOf(of: Reading, digits: number): readonly object[] | undefined {
  return listOrNone(
    of
      .at('discounts')
      .each((one) =>
        stated({ description: one.at('description').excerpt(200), amount: majorUnits(one.at('amount'), digits) }),
      ),
  )
}

/** All taxes together: what is paid less what it costs without them. */
function taxOf(
  order: Reading,
  { digits, currency }: { readonly digits: number; readonly currency: string },
): { readonly amount: string; readonly currency: string } | undefined {
  const [without, withTax] = [order.at('total').whole(), order.at('totalWithTax').whole()]
  if (without === undefined || withTax === undefined) return undefined
  const amount = majorUnits(new Reading(String(withTax - without), 'tax'), digits)
  return amount === undefined ? undefined : { amount, currency }
}

function addressOf(address: Reading): object | undefined {
  const text = (name: string, most = 200): string | undefined => address.at(name).optionalText(most)
  const street = [text('streetLine1'), text('streetLine2')].filter((one) => one !== undefined)
  const found = stated({
    name: text('fullName'),
    company: text('company'),
    street: listOrNone(street),
    city: text('city'),
    region: text('province'),
    postalCode: text('postalCode', 30),
    country: text('countryCode', 10),
    phone: text('phoneNumber', 60),
  })
  return Object.keys(found).length === 0 ? undefined : found
}

function listOrNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}
