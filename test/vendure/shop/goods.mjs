/** A shop that sells lamps: prices without tax in EUR, 20 % on top of them. */
export const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  countries: [
    { name: 'Germany', code: 'DE', zone: 'Europe' },
    { name: 'Austria', code: 'AT', zone: 'Europe' },
  ],
  taxRates: [{ name: 'Standard Tax', percentage: 20 }],
  shippingMethods: [{ name: 'Parcel', price: 490, taxRate: 20 }],
  paymentMethods: [
    {
      name: 'Invoice',
      handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] },
    },
  ],
  collections: [],
}

const columns =
  'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets'
const row = (name, sku, price, stock) =>
  `${name},${name.toLowerCase()},,,,,,${sku},${price},Standard Tax,${stock},true,,`

/** As Vendure imports them. */
export const goods = [
  columns,
  row('Lamp', 'LAMP', '24.95', 1000),
  row('Bulb', 'BULB', '3.20', 1000),
  row('Shade', 'SHADE', '12.00', 1000),
].join('\n')
