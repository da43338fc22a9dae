import type { Place } from '../../../model/report.ts'
import { placeOf } from '../../kit/place.ts'
import type { Reading } from '../../kit/reading.ts'

/** Lists (1131) of codes that look like UN/LOCODE and are none: terminals, berths, what two parties agreed. */
const otherLists: ReadonlySet<string> = new Set(['BER', 'TER', 'ZZZ'])
/** Agencies (3055) whose codes are UN/LOCODE, or who were left out: most senders name none. */
const ofUnitedNations: ReadonlySet<string | undefined> = new Set([undefined, '5', '6'])

/** The UN/LOCODE of a LOC; undefined where its code is another one, of a partner or a terminal. */
export function unlocodeIn(place: Reading): string | undefined {
  const code = place.at('code').optionalText(35)
  if (code === undefined || !/^[A-Z]{2}[A-Z2-9]{3}$/.test(code)) return undefined
  const list = place.at('codeList').optionalText(17)
  if (list === '139') return code
  const isOther = list !== undefined && otherLists.has(list)
  return isOther || !ofUnitedNations.has(place.at('agency').optionalText(3)) ? undefined : code
}

/** A LOC as a place: its UN/LOCODE, its name or what stands for one, and the country that a related place (C519) tells. */
export function placeFrom(place: Reading): Place | undefined {
  const unlocode = unlocodeIn(place)
  const within = place.at('within').optionalText(35)
  const isCountry = within !== undefined && /^[A-Z]{2}$/.test(within)
  const country = unlocode?.slice(0, 2) ?? (isCountry ? within : countryNamed(place))
  const code = unlocode === undefined ? place.at('code').optionalText(35) : undefined
  // A terminal is a place within a port.
  const terminal = place.at('withinName').excerpt(100) ?? (isCountry ? undefined : within)
  return placeOf({ name: place.at('name').excerpt(100) ?? code ?? terminal, unlocode, country })
}

/** Some write the code of the country where its name belongs. */
function countryNamed(place: Reading): string | undefined {
  const name = place.at('withinName').optionalText(256)
  return name !== undefined && /^[A-Z]{2}$/.test(name) ? name : undefined
}
