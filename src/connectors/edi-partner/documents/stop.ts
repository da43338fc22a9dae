import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { qualifierOf } from '../stop-number.ts'

/** N1 to N4 of a stop; empty where neither a code nor a name nor a town is known. */
export function placeOfStop(role: string, stop: Reading): EdiDocument[] {
  const address = stop.at('address')
  const id = stop.at('location').optionalText(80)
  const city = address.at('city').excerpt(30)
  const name = address.at('name').excerpt(60) ?? city
  if (name === undefined && id === undefined) return []
  const region = address.at('region').optionalText(60)
  const [street, street2] = address.at('lines').each((line) => line.excerpt(55), 10)
  return [
    {
      role,
      ...stated({
        name,
        idQualifier: id === undefined ? undefined : '92',
        id,
        street,
        street2,
        city,
        region: region?.length === 2 ? region : undefined,
        postalCode: address.at('postalCode').optionalText(15),
        country: address.at('country').optionalText(3),
      }),
    },
  ]
}

/** L11 of a stop: what X12 has a qualifier for. */
export function numbersAt(stop: Reading): EdiDocument[] {
  return (stop.at('references').optionalList(referencesMax) ?? []).flatMap((one) => {
    const qualifier = qualifierOf(one.at('scheme').text(100))
    return qualifier === undefined ? [] : [{ value: one.at('value').text(100).slice(0, 30), qualifier }]
  })
}

/** L11 that one S5 has room for. */
const referencesMax = 200
