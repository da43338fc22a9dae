import { add, compare } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { ask, change } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const query = `query ($sku: String!, $location: String!) {
  productVariants(options: { filter: { sku: { eq: $sku } }, take: 2 }) {
    items { id sku stockLevels { stockLocationId stockOnHand stockAllocated } }
  }
  stockLocations(options: { filter: { name: { eq: $location } }, take: 2 }) { items { id name } }
}`

const update = `mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }`

/**
 * What a customer may still order of an item at a stock location. The shop takes its open orders off what it believes to be there; so
 * what it is told is the quantity and these orders together. The value is absolute: told again it changes nothing.
 */
export const publishAvailability = pursue<VendureSettings, Reading>({
  command: 'publish_availability',
  idempotency: { strategy: 'state-transition' },
  look,
  decide,
})

function look({ payload }: OperationRequest, settings: VendureSettings): Conversation<Reading> {
  const root = new Reading(payload)
  const location = root.at('location').optionalText(100) ?? settings.stockLocation
  return ask(settings, query, { sku: root.at('sku').text(100), location })
}

function decide(seen: Reading, { payload }: OperationRequest, settings: VendureSettings): Decision {
  const root = new Reading(payload)
  const sku = root.at('sku').text(100)
  const [variant, another] = seen.at('productVariants').at('items').list(2)
  const [location, second] = seen.at('stockLocations').at('items').list(2)
  if (variant === undefined || another !== undefined)
    return refused(`The shop has ${variant === undefined ? 'no' : 'more than one'} variant ${sku}.`)
  if (location === undefined || second !== undefined) {
    const name = root.at('location').optionalText(100) ?? settings.stockLocation
    return refused(`The shop has ${location === undefined ? 'no' : 'more than one'} stock location ${name}.`)
  }
  const place = location.at('id').text(60)
  const level = variant
    .at('stockLevels')
    .each((one) => one, 1000)
    .find((one) => one.at('stockLocationId').text(60) === place)
  const onHand = add(saleable(root.at('quantity').decimal()), level?.at('stockAllocated').decimal() ?? '0')
  if (level?.at('stockOnHand').decimal() === onHand)
    return { ended: { outcome: 'applied', documentReference: variant.at('id').text(60) } }
  const stockLevels = [{ stockLocationId: place, stockOnHand: Number(onHand) }]
  const input = [{ id: variant.at('id').text(60), stockLevels }]
  return { step: 'set', act: () => change(settings, 'updateProductVariants', update, { input }) }
}

/** Whole pieces: a part of one is not sold, and less than nothing is nothing. */
function saleable(quantity: string): string {
  return compare(quantity, '1') < 0 ? '0' : quantity.replace(/\..*$/, '')
}

function refused(reason: string): Decision {
  return { ended: { outcome: 'refused', reason } }
}
