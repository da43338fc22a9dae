import { isWhole } from '../../base/decimal.ts'
import { canonicalUnit } from '../../model/partner-unit.ts'
import type { Reading } from '../kit/reading.ts'

/** A quantity as the shop knows it: whole pieces. Throws CONTENT_INVALID for any other unit, and for a part of a piece. */
export function readPieces(line: Reading): string {
  const unit = line.at('uom').optionalText(20) ?? 'C62'
  if (canonicalUnit(unit) !== 'C62') throw line.at('uom').wrong('pieces: the shop knows no other unit')
  const quantity = line.at('quantity').decimal()
  if (!isWhole(quantity) || quantity.startsWith('-')) throw line.at('quantity').wrong('whole pieces')
  return quantity.replace(/\.0+$/, '')
}
