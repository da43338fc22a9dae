import { dayOf, messageCode, unitCode, universal, warehouseOf } from './parts.ts'
import { messageProduct } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** QTY 6063: actual stock is what there is apart from what is damaged. */
const qualifiers: Readonly<Record<string, string>> = {
  available: '145',
  damaged: '124',
  quality_hold: '89',
}

/** INVRPT: how much of an item there is, at an instant. */
export const inventoryMessage: Compose = (owed, { settings, now }) => {
  const number = owed.at('document').at('id').text(35)
  const status = owed.at('status').optionalText() ?? 'available'
  const qualifier = Object.hasOwn(qualifiers, status) ? qualifiers[status] : undefined
  if (qualifier === undefined) throw owed.at('status').wrong(Object.keys(qualifiers).join(', '))
  const location = warehouseOf(owed, settings)
  const at = universal(owed.at('effectiveAt')) ?? dayOf(owed.at('effectiveAt')) ?? now.slice(0, 16)
  return {
    number,
    document: {
      type: '35',
      number,
      function: '9',
      dates: [
        { qualifier: '137', at: now.slice(0, 16) },
        { qualifier: '366', at },
      ],
      ...(location === undefined ? {} : { parties: [{ role: 'WH', ...messageCode(location) }] }),
      items: [
        {
          line: '1',
          ...messageProduct(owed, settings),
          quantities: [{ qualifier, quantity: owed.at('quantity').decimal(), unit: unitCode(owed.at('uom'), 'rec20') }],
        },
      ],
    },
  }
}
