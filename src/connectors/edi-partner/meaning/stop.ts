import type { Reference } from '../../../model/fact.ts'
import type { PlannedStop } from '../../../model/planned-stop.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { schemeOf } from '../stop-number.ts'
import type { Naming } from './naming.ts'
import { countryIn } from './party.ts'

/** N1 of a stop: its code, and where it is. */
export function placeOfStop(party: Reading): Pick<PlannedStop, 'location' | 'address'> {
  if (!party.present) return {}
  const lines = ['street', 'street2'].flatMap((member) => party.at(member).excerpt(100) ?? [])
  const address = stated({
    name: party.at('name').excerpt(100),
    lines: lines.length === 0 ? undefined : lines,
    city: party.at('city').excerpt(100),
    region: party.at('region').excerpt(60),
    postalCode: party.at('postalCode').optionalText(20),
    country: countryIn(party),
  })
  return stated({
    location: party.at('id').optionalText(80),
    address: Object.keys(address).length === 0 ? undefined : address,
  })
}

/** L11 of a stop, and OID: what is taken on or handed over there. Undefined: it names nothing. */
export function referencesOf(stop: Reading, { orderSystem }: Naming): readonly Reference[] | undefined {
  const told = (stop.at('references').optionalList(1000) ?? []).flatMap((one): readonly Reference[] => {
    const value = one.at('value').optionalText(60)
    const qualifier = one.at('qualifier').optionalText(3)
    if (value === undefined || qualifier === undefined) return []
    return [{ scheme: schemeOf(qualifier), ...stated({ issuer: orderSystem }), value }]
  })
  const orders = (stop.at('orders').optionalList(1000) ?? []).flatMap((one): readonly Reference[] => {
    const value = one.at('purchaseOrder').optionalText(60)
    return value === undefined ? [] : [{ scheme: schemeOf('PO'), ...stated({ issuer: orderSystem }), value }]
  })
  const all = [...told, ...orders]
  const found = all.filter(
    ({ scheme, value }, at) => all.findIndex((one) => one.scheme === scheme && one.value === value) === at,
  )
  return found.length === 0 ? undefined : found.slice(0, referencesMax)
}

/** L11 that one S5 has room for. */
const referencesMax = 200
