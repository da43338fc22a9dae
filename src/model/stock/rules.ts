import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Decimal } from '../../base/decimal.ts'

const decimal = Type.String({ pattern: '^\\d{1,40}(\\.\\d{1,20})?$' })

/** What the ledger takes from the master data of an item; other members are not its business. */
const itemRules = Type.Object({
  baseUom: Type.Optional(Type.String({ minLength: 1, maxLength: 10 })),
  uomConversions: Type.Optional(
    Type.Array(Type.Object({ uom: Type.String({ maxLength: 10 }), numerator: decimal, denominator: decimal }), {
      maxItems: 100,
    }),
  ),
  safetyStock: Type.Optional(
    Type.Array(Type.Object({ location: Type.String({ maxLength: 60 }), quantity: decimal }), { maxItems: 1000 }),
  ),
  countLimits: Type.Optional(
    Type.Object({ quantity: Type.Optional(decimal), percent: Type.Optional(decimal) }, { additionalProperties: false }),
  ),
  lowStock: Type.Optional(decimal),
})

/** What was said about an item, as far as its stock obeys it. */
export type ItemRules = Static<typeof itemRules>

const compiled = Compile(itemRules)

/** Undefined when a member that the ledger obeys is not what it must be. */
export function readItemRules(object: unknown): ItemRules | undefined {
  return compiled.Check(object) ? object : undefined
}

/** What the master data says about the stock of an item; all of it may be absent. */
export interface StockRules {
  /** What the master data gives as base unit; until then the unit of the first report stands for it. */
  readonly baseUom?: string
  /** 1 unit = numerator / denominator base units. */
  readonly conversions?: Readonly<Record<string, { readonly numerator: Decimal; readonly denominator: Decimal }>>
  /** A variance above either is proposed to a person instead of posted: base units, and per cent of the book. */
  readonly countLimits?: { readonly quantity?: Decimal; readonly percent?: Decimal }
  /** From here down availability is low. */
  readonly lowStock?: Decimal
}
