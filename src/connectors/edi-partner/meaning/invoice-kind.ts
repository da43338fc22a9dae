import { compare, multiply } from '../../../base/decimal.ts'

/** An amount; its currency only where the document says it. */
export interface Amount {
  readonly amount: string
  readonly currency?: string
}

/**
 * BIG-07 (640) and BGM 1001: what an invoice is that is none. A correction of 1001 384 stands in the place of the invoice before it; whoever
 * bills himself, in parts or for a customs office still asks for money.
 */
const kinds: Readonly<Record<string, string>> = {
  CN: 'credit_note',
  CR: 'credit_note',
  DI: 'invoice',
  DR: 'debit_note',
  80: 'debit_note',
  81: 'credit_note',
  83: 'credit_note',
  84: 'debit_note',
  261: 'credit_note',
  262: 'credit_note',
  296: 'credit_note',
  308: 'credit_note',
  325: 'pro_forma',
  380: 'invoice',
  381: 'credit_note',
  383: 'debit_note',
  384: 'corrected_invoice',
  385: 'invoice',
  388: 'invoice',
  389: 'invoice',
  393: 'invoice',
  396: 'credit_note',
  458: 'credit_note',
  532: 'credit_note',
  780: 'invoice',
}

/** In our words; a code that has none is kept as it is. */
export function kindOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : Object.hasOwn(kinds, code) ? kinds[code] : code
}

/** The amounts of a document by its kind and what it comes to: undefined where they say themselves which way the money goes. */
export type Sign = '-1' | undefined

/**
 * A document that is a credit by its kind mostly tells its amounts without a sign (the directories ask for that), some with one. In our form
 * what is given back is negative, whichever way it was written: then nobody has to look at the kind to know who owes whom.
 */
export function signOf(kind: string | undefined, total: string): Sign {
  return kind === 'credit_note' && compare(total, '0') > 0 ? '-1' : undefined
}

/** An amount of a document with that sign. */
export function money(amount: string, currency: string | undefined, sign?: Sign): Amount {
  const signed = sign === undefined ? amount : multiply(amount, sign)
  return { amount: signed, ...(currency === undefined ? {} : { currency }) }
}

/** The same of amounts that are made already. */
export function signed<T extends { readonly amount: Amount }>(all: readonly T[], sign: Sign): readonly T[] {
  if (sign === undefined) return all
  return all.map((one) => ({ ...one, amount: money(one.amount.amount, one.amount.currency, sign) }))
}
