import type { Decimal } from '../../base/decimal.ts'
import type { Fact } from '../../model/fact.ts'
import { canonicalUnit } from '../../model/partner-unit.ts'
import type { StockState } from '../../model/stock/state.ts'
import { convertForItem } from '../../model/unit.ts'
import { record, text } from '../told-document.ts'

/** In which units an item is counted: stock has it in its base unit, master data says what a case is. */
export interface Measure {
  readonly base: string
  /** 1 of the unit = numerator / denominator of the base unit. */
  readonly conversions: Readonly<Record<string, { readonly numerator: Decimal; readonly denominator: Decimal }>>
}

/** What stock knew of the units of an item when it booked a movement. Undefined: the movement tells no unit. */
export function measureIn(fact: Fact, state: unknown): Measure | undefined {
  const uom = text(record(fact.data)['uom'])
  if (uom === undefined) return undefined
  const { conversions = {} } = (state as Partial<StockState> | undefined)?.rules ?? {}
  return {
    base: canonicalUnit(uom),
    conversions: Object.fromEntries(
      Object.entries(conversions).map(([unit, { numerator, denominator }]) => [unit, { numerator, denominator }]),
    ),
  }
}

/** Some of an item, as somebody told it. */
export interface Told {
  readonly quantity: Decimal
  /** Absent: as stock counts it. */
  readonly uom?: string | undefined
}

/** As stock counts it. Undefined: nobody says how many of one unit the other is; that is for a person, never a guess. */
export function inBase({ quantity, uom }: Told, measure: Measure | undefined): Decimal | undefined {
  // Instances from before units were kept know of none.
  if (uom === undefined || measure === undefined) return quantity
  const { base, conversions } = measure
  const own = conversions[canonicalUnit(uom)]
  const conversion = own === undefined ? undefined : { ...own, baseUom: base }
  const converted = convertForItem(quantity, { uom, base, conversion })
  return 'value' in converted ? converted.value : undefined
}
