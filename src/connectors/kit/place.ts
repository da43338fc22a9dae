import { readCountry } from '../../model/country.ts'
import type { Place } from '../../model/report.ts'
import { stated } from './stated.ts'

/**
 * A place as far as it was told; undefined when nothing was. The country becomes ISO 3166-1 alpha-2; a country that is written
 * otherwise is kept as the name of the place, never guessed.
 */
export function placeOf(told: { readonly [K in keyof Place]?: Place[K] | undefined }): Place | undefined {
  const country = told.country === undefined ? undefined : readCountry(told.country)
  const name = told.name ?? (country === undefined ? told.country : undefined)
  // Most are told as they are: they need no copy before what was not said is left out.
  const place = stated(country === told.country && name === told.name ? told : { ...told, country, name })
  for (const _ in place) return place
  return undefined
}
