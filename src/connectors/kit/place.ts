import { iso31661Alpha3ToAlpha2 } from 'iso-3166'
import type { Place } from '../../model/report.ts'
import { stated } from './stated.ts'

/**
 * A place as far as it was told; undefined when nothing was. The country becomes ISO 3166-1 alpha-2; a country that is written
 * otherwise is kept as the name of the place, never guessed.
 */
export function placeOf(told: { readonly [K in keyof Place]?: Place[K] | undefined }): Place | undefined {
  const country = told.country === undefined ? undefined : readCountry(told.country)
  const place = stated({ ...told, country, name: told.name ?? (country === undefined ? told.country : undefined) })
  for (const _ in place) return place
  return undefined
}

const alpha3: Readonly<Record<string, string>> = iso31661Alpha3ToAlpha2
const alpha2: ReadonlySet<string> = new Set(Object.values(alpha3))

function readCountry(text: string): string | undefined {
  const upper = text.toUpperCase()
  if (upper.length === 2) return alpha2.has(upper) ? upper : undefined
  return Object.hasOwn(alpha3, upper) ? alpha3[upper] : undefined
}
