/** A tax as a charge. */
export const taxCode = 'tax'

/** Words that are ours, however they are written. */
const words: Readonly<Record<string, string>> = {
  customs: 'customs',
  discount: 'discount',
  freight: 'linehaul',
  fuel: 'fuel',
  insurance: 'insurance',
  linehaul: 'linehaul',
}

const kinds = {
  /** X12 element 150, as lists of it name them. */
  'x12-150': {
    ...{
      240: 'customs',
      315: 'customs',
      400: 'linehaul',
      405: 'fuel',
      DSC: 'discount',
      ENS: 'fuel',
      FUE: 'fuel',
      INS: 'insurance',
    },
    ...{ 270: 'discount', 275: 'discount', 280: 'discount', 285: 'discount', 290: 'discount', 295: 'discount' },
    ...{ GST: taxCode, TAX: taxCode, TAY: taxCode },
  },
  /** X12 element 1300, as far as it is told in an invoice for a service. */
  'x12-1300': { C310: 'discount', D240: 'linehaul', H850: taxCode },
  /**
   * EDIFACT 7161. A tax is told elsewhere, and services of this list that are called one are none. Newer directories have no DI and no IN, and
   * what older ones mean by them was not found out: they stay words of whoever sends them.
   */
  'edifact-7161': { FC: 'linehaul' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Our word for what a carrier charges, so that it can be held against what was agreed; a code that is not in the list is a service of his own
 * and keeps his word. Without a code a charge is the carriage itself.
 */
export function chargeKind(code: string | undefined, list: keyof typeof kinds): string {
  if (code === undefined) return 'linehaul'
  const known: Readonly<Record<string, string>> = kinds[list]
  const word = code.toLowerCase()
  if (Object.hasOwn(known, code)) return known[code] ?? code
  return Object.hasOwn(words, word) ? (words[word] ?? code) : code
}
