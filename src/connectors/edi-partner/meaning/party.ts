import { readCountry } from '../../../model/country.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'

/** A party of a document as far as it is said: number, name, address. */
export interface NamedParty {
  readonly id?: string
  readonly name?: string
  readonly street?: string
  readonly city?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
}

/** The first party that has one of the roles, the better role first. N1 and NAD are read alike. */
export function partyIn(holder: Reading, roles: readonly string[]): NamedParty | undefined {
  const all = holder.at('parties').optionalList() ?? []
  const found = roles.map((role) => all.find((one) => one.at('role').optionalText() === role)).find(Boolean)
  if (found === undefined) return undefined
  return stated({
    id: found.at('id').optionalText(80),
    name: found.at('name').excerpt(100) ?? found.at('text').excerpt(100),
    street: found.at('street').excerpt(100),
    city: found.at('city').excerpt(100),
    region: found.at('region').excerpt(60),
    postalCode: found.at('postalCode').optionalText(20),
    country: countryIn(found),
  })
}

/** How the hub calls a party in a member that holds one word: its number, else its name. */
export function partyName(holder: Reading, roles: readonly string[]): string | undefined {
  const found = partyIn(holder, roles)
  return found?.id ?? found?.name
}

/** ISO 3166-1 alpha-2 where it is a country that we know, also in three letters; else as it is told. */
export function countryIn(party: Reading): string | undefined {
  const told = party.at('country').optionalText(60)
  return told === undefined ? undefined : (readCountry(told) ?? told)
}
