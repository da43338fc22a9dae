/** Code lists of units that partners use. X12 element 355 is a list of its own, not UN/ECE Recommendation 20. */
export type UnitList = 'rec20' | 'x12-355'

/**
 * The canonical code of a partner's unit. The piece is C62, whatever it is called; a packaging level is `X` + its Recommendation 21
 * code. What no table knows stays as it is and can only be converted by the item.
 */
export function canonicalUnit(code: string, list: UnitList = 'rec20'): string {
  const upper = code.trim().toUpperCase()
  return inbound[list].get(upper) ?? upper
}

/** The partner's code for a canonical unit; undefined when its list has none, and then the partner's profile must say. */
export function partnerUnit(unit: string, list: UnitList): string | undefined {
  return outbound[list].get(unit)
}

/** A unit in the partner's own code, as master data names it: it goes out as it is. */
export function theirUnit(code: string): string {
  return `${theirs}${code}`
}

/** The partner's own code of a unit that `theirUnit` marked, or that was learnt from one of his documents; undefined: it is one of ours. */
export function readTheirUnit(unit: string): string | undefined {
  return unit.startsWith(theirs) ? unit.slice(theirs.length) : undefined
}

const theirs = 'theirs:'

/** Code values of element 355 that freight and warehouse documents use. The first code of a unit is the one that we send. */
const x12: readonly (readonly [code: string, unit: string])[] = [
  ['EA', 'C62'],
  ['PC', 'C62'],
  ['UN', 'C62'],
  ['BG', 'XBG'],
  ['BO', 'XBO'],
  ['BX', 'XBX'],
  ['CA', 'XCS'],
  ['CE', 'CEL'],
  ['CF', 'FTQ'],
  ['CI', 'INQ'],
  ['CM', 'CMT'],
  ['CN', 'XCA'],
  ['CR', 'MTQ'],
  ['CT', 'XCT'],
  ['CY', 'YDQ'],
  ['DA', 'DAY'],
  ['DH', 'SMI'],
  ['DK', 'KMT'],
  ['DR', 'XDR'],
  ['FA', 'FAH'],
  ['FT', 'FOT'],
  ['GA', 'GLL'],
  ['GR', 'GRM'],
  ['HR', 'HUR'],
  ['IN', 'INH'],
  ['KG', 'KGM'],
  ['LB', 'LBR'],
  ['LT', 'LTR'],
  ['MJ', 'MIN'],
  ['ML', 'MLT'],
  ['MM', 'MMT'],
  ['MP', 'TNE'],
  ['MR', 'MTR'],
  ['OZ', 'ONZ'],
  ['PA', 'XPL'],
  ['PK', 'XPK'],
  ['PL', 'XPX'],
  ['RL', 'XRO'],
  ['SF', 'FTK'],
  ['SI', 'INK'],
  ['SM', 'MTK'],
  ['TN', 'STN'],
  ['YD', 'YRD'],
]

/** Habits outside X12: codes for the piece, packaging levels that Recommendation 20 gave up, kilograms and pounds in plain letters. */
const recommendation20: readonly (readonly [code: string, unit: string])[] = [
  ['EA', 'C62'],
  ['H87', 'C62'],
  ['PC', 'C62'],
  ['PCE', 'C62'],
  ['PCS', 'C62'],
  ['UN', 'C62'],
  ...['BG', 'BO', 'BX', 'CA', 'CR', 'CS', 'CT', 'DR', 'PA', 'PK', 'PL', 'RL', 'TU'].map(
    (code) => [code, `X${code}`] as const,
  ),
  // The deleted code was PF; Recommendation 21 calls a pallet PX.
  ['PF', 'XPX'],
  ['CF', 'FTQ'],
  ['KG', 'KGM'],
  ['LB', 'LBR'],
]

const inbound: Readonly<Record<UnitList, ReadonlyMap<string, string>>> = {
  rec20: new Map(recommendation20),
  'x12-355': new Map(x12),
}
/** In Recommendation 20 the canonical code is the partner's code. */
const outbound: Readonly<Record<UnitList, { readonly get: (unit: string) => string | undefined }>> = {
  rec20: { get: (unit) => unit },
  'x12-355': new Map(x12.map(([code, unit]) => [unit, code] as const).toReversed()),
}
