import { type Decimal, isDecimal } from '../../base/decimal.ts'
import type { OperationRequest } from './connector.ts'
import { Reading } from './reading.ts'
import { stated } from './stated.ts'

/** A load as processes tell carriers of it. */
export interface Load {
  readonly deliveryNumber: string
  /** Code of the site that it leaves. */
  readonly shipFrom: string | undefined
  readonly shipTo: Reading
  readonly packages: readonly LoadPackage[]
}

/** A package that a carrier is to take; what nobody weighed or measured is absent. */
export interface LoadPackage {
  readonly id: string
  readonly weightGrams?: Decimal | undefined
  readonly lengthMm?: Decimal | undefined
  readonly widthMm?: Decimal | undefined
  readonly heightMm?: Decimal | undefined
}

/** Reads the payload of `rate_shipment` and `book_shipment`. Throws CONTENT_INVALID. */
export function readLoad({ payload }: Pick<OperationRequest, 'payload'>): Load {
  const told = new Reading(payload)
  return {
    deliveryNumber: told.at('deliveryNumber').text(100),
    shipFrom: told.at('shipFrom').optionalText(60),
    shipTo: told.at('shipTo').object(),
    packages: told.at('packages').each(
      (one) => ({
        id: one.at('id').text(60),
        weightGrams: one.at('weightGrams').optionalDecimal(),
        lengthMm: one.at('lengthMm').optionalDecimal(),
        widthMm: one.at('widthMm').optionalDecimal(),
        heightMm: one.at('heightMm').optionalDecimal(),
      }),
      500,
    ),
  }
}

/** A load as those want it who sell parcels of many carriers: from a site that they have an address of, to an address in their words. */
export interface Consignment {
  /** What the vendor calls the site. */
  readonly from: string
  readonly to: Readonly<Record<string, string>>
  readonly packages: readonly LoadPackage[]
  /** The payload, to say what is wrong in it. */
  readonly told: Reading
}

/** Reads the payload of `rate_shipment` for such a vendor; `addresses` is its list of sites. Throws CONTENT_INVALID. */
export function readConsignment(request: Pick<OperationRequest, 'payload'>, addresses: string): Consignment {
  const { shipTo, shipFrom, packages } = readLoad(request)
  const told = new Reading(request.payload)
  const from = siteOf(addresses, shipFrom)
  if (from === undefined) throw told.at('shipFrom').wrong('a site that shipFromAddresses lists')
  return { from, to: addressOf(shipTo, parcelAddressNames), packages, told }
}

/** The address of an order by the names that a vendor has for its parts; parts that nobody told are left out. */
export function addressOf(shipTo: Reading, names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return stated(
    Object.fromEntries(Object.entries(names).map(([own, vendors]) => [vendors, shipTo.at(own).optionalText(200)])),
  ) as Readonly<Record<string, string>>
}

/** What one carrier wants for it. */
export interface Rate {
  /** What the quote is booked by. */
  readonly id: string
  readonly carrier: string
  readonly service?: string | undefined
  readonly mode?: string | undefined
  readonly amount: Decimal
  readonly currency?: string | undefined
}

/** What a carrier made for one package: the number that it is followed by. */
export interface Label {
  readonly id?: string | undefined
  readonly trackingNumber: string
}

const ratesMax = 200

/** The answer of `rate_shipment`, as processes read it. What has no price is no quote. */
export function ratesAnswer(rates: readonly Partial<Rate>[]): { readonly rates: readonly object[] } {
  return {
    rates: rates
      .filter(({ amount, carrier }) => isDecimal(amount) && carrier !== undefined)
      .slice(0, ratesMax)
      .map(stated),
  }
}

/** The answer of `book_shipment`, as processes read it. */
export function labelsAnswer(labels: readonly Label[]): { readonly packages: readonly object[] } {
  return { packages: labels.map(stated) }
}

/** Sites with what a vendor calls them, as `DC1=adr_1; DC2=adr_2`. Undefined: it is not listed. */
export function siteOf(list: string, site: string | undefined): string | undefined {
  return list
    .split(';')
    .map((one) => one.split('=').map((part) => part.trim()))
    .find(([name]) => name === site)?.[1]
}

/** What members of an address are called by those who sell parcels of many carriers. */
export const parcelAddressNames = {
  name: 'name',
  company: 'company',
  street: 'street1',
  street2: 'street2',
  city: 'city',
  region: 'state',
  postalCode: 'zip',
  country: 'country',
  phone: 'phone',
  email: 'email',
} as const
