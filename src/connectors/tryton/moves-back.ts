import type { Conversation } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { find, idOf } from './protocol.ts'
import { only } from './record.ts'
import type { TrytonSettings } from './settings.ts'
import { inUnit, quantityValue } from './values.ts'
import type { WantedLine } from './wanted.ts'

/** Products of these codes, with their units. */
export function findProducts(settings: TrytonSettings, skus: readonly string[]): Conversation<readonly Reading[]> {
  return find(settings, 'product.product', [['code', 'in', skus]], ['code', 'default_uom', 'default_uom.symbol'])
}

/**
 * New moves of goods that go back: in the unit of the item, at the price of the move that they came with. `values` are those of all of
 * them. Throws Ended for an item that Tryton does not have exactly once, CONTENT_INVALID for a quantity that is not exact in its unit.
 */
export function movesBack(
  lines: readonly WantedLine[],
  about: { readonly products: readonly Reading[]; readonly came: readonly Reading[]; readonly values: object },
): readonly object[] {
  return lines.map(({ sku, quantity, uom, place }) => {
    const found = about.products.filter((one) => one.at('code').optionalText(100) === sku)
    const product = only(found, `product ${sku}`)
    const id = idOf(product)
    const unit = product.at('default_uom.')
    const came = about.came.find((row) => row.at('product').whole() === id)
    return {
      product: id,
      uom: idOf(unit),
      quantity: quantityValue(inUnit(quantity, uom, unit.at('symbol').text(20), place), place),
      ...about.values,
      // Tryton warns of goods that come from nowhere.
      ...(came === undefined
        ? {}
        : {
            origin: `stock.move,${idOf(came)}`,
            unit_price: came.at('unit_price').value,
            currency: came.at('currency').whole(),
          }),
    }
  })
}
