import { absolute, add, compare, convert, isZero, multiply, round, subtract } from '../../base/decimal.ts'
import { present } from '../told-document.ts'
import { isSameMoney, type Money } from './money.ts'

/** One kind of charge with its amount, decimal text. */
export interface Charge {
  readonly code: string
  readonly amount: string
}

/** How far an invoice may be from what was put aside. */
export interface Tolerance {
  /** In per cent of what was put aside. */
  readonly percent: string
  /** In money; the larger of the two counts. */
  readonly amount: string
}

/** What the comparison of an invoice with an accrual says. */
export type MatchOutcome = 'exact' | 'within_tolerance' | 'over' | 'under' | 'no_accrual' | 'currency_mismatch'

/** What was put aside and what is asked for, side by side. Between two kinds of money there is no difference to be told. */
export interface Match {
  /** Absent: it is money of several kinds. */
  readonly accrued?: string
  /** Where what was put aside holds no tax: without that. */
  readonly invoiced: string
  /** The tax that is asked for besides, which is compared with nothing. Absent: none, or what was put aside holds tax, too. */
  readonly tax?: string
  /** What is asked for with that tax. Absent where there is none. */
  readonly total?: string
  /** In which money it is asked for. Absent: nobody said. */
  readonly currency?: string
  /** What was put aside, each kind of money by itself. Absent: in the money of the invoice, as far as anybody said. */
  readonly aside?: readonly Money[]
  /** What is asked for, less what was put aside. Absent: it is other money. */
  readonly variance?: string
  /** In per cent of what was put aside, two digits. Absent: nothing was, or it is other money. */
  readonly variancePct?: string
  readonly outcome: MatchOutcome
  readonly byCharge: readonly ChargeMatch[]
}

/** One kind of charge on both sides. */
export interface ChargeMatch {
  readonly code: string
  readonly accrued?: string
  readonly invoiced?: string
  /** Absent: it is other money. */
  readonly variance?: string
  readonly isWithin?: boolean
}

/** Both sides of a comparison. */
export interface Sides {
  readonly accrued: readonly Charge[]
  /** The same, each kind of money by itself. */
  readonly aside: readonly Money[]
  readonly invoiced: readonly Charge[]
  /** Of the invoice. One that nobody told is that of the other side. */
  readonly currency: string | undefined
}

/**
 * Charge by charge, then in total. Charges are compared one by one where the accrual has several: a lump sum says nothing about its parts. An
 * invoice is only over or under by as much as is beyond the tolerance. The order of charges does not matter, and nothing is rounded.
 */
export function matchFreight(sides: Sides, tolerance: Tolerance): Match {
  const { accrued, aside, invoiced, currency } = sides
  if (aside.length > 1 || aside.some((one) => !isSameMoney(one.currency, currency))) return otherMoney(sides)
  const sums = [byCode(accrued), byCode(invoiced)] as const
  const total = totalOf(accrued)
  const asked = totalOf(invoiced)
  const variance = subtract(asked, total)
  const byCharge = codesOf(sums).map((code) => {
    const [was, is] = [sums[0].get(code), sums[1].get(code)]
    const difference = subtract(is ?? '0', was ?? '0')
    return {
      ...{ code, ...present('accrued', was), ...present('invoiced', is) },
      variance: difference,
      isWithin: isWithin(difference, was ?? '0', tolerance),
    }
  })
  const percent = isZero(total) ? undefined : shareOf('100', variance, total)
  const isBrokenDown = sums[0].size > 1
  const outcome = ((): MatchOutcome => {
    if (accrued.length === 0) return 'no_accrual'
    if (isBrokenDown && byCharge.some((one) => !one.isWithin && compare(one.variance, '0') > 0)) return 'over'
    if (isZero(variance)) return 'exact'
    if (isWithin(variance, total, tolerance)) return 'within_tolerance'
    return compare(variance, '0') > 0 ? 'over' : 'under'
  })()
  return {
    ...{ accrued: total, invoiced: asked, ...present('currency', currency ?? aside[0]?.currency), variance },
    ...present('variancePct', percent),
    ...{ outcome, byCharge },
  }
}

/** Both sides, and no difference: nobody knows how much of the one money the other is. */
function otherMoney({ accrued, aside, invoiced, currency }: Sides): Match {
  const [only, another] = aside
  const isOne = only !== undefined && another === undefined
  const sums = [byCode(isOne ? accrued : []), byCode(invoiced)] as const
  return {
    ...(isOne ? { accrued: only.amount } : {}),
    ...{ invoiced: totalOf(invoiced), ...present('currency', currency), aside, outcome: 'currency_mismatch' },
    byCharge: codesOf(sums).map((code) => ({
      code,
      ...present('accrued', sums[0].get(code)),
      ...present('invoiced', sums[1].get(code)),
    })),
  }
}

type Sums = readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>]

function codesOf([was, is]: Sums): readonly string[] {
  return [...new Set([...was.keys(), ...is.keys()])].toSorted()
}

/** The sum of charges, exactly. */
export function totalOf(charges: readonly Charge[]): string {
  return charges.reduce((sum, { amount }) => add(sum, amount), '0')
}

/** Whether it is a tax on the others. */
export function isTax({ code }: Charge): boolean {
  return code === 'tax'
}

/** Charges without those that are a tax. */
export function untaxed(charges: readonly Charge[]): readonly Charge[] {
  return charges.filter((one) => !isTax(one))
}

/** The tax among charges. */
export function taxIn(charges: readonly Charge[]): string {
  return totalOf(charges.filter(isTax))
}

/** Whether two amounts are the same to the cent: what makes a second invoice a duplicate of the first. */
export function isSameAmount(a: string, b: string): boolean {
  return compare(absolute(subtract(a, b)), '0.01') <= 0
}

function isWithin(difference: string, of: string, { percent, amount }: Tolerance): boolean {
  const share = multiply(multiply(absolute(of), percent), '0.01')
  const limit = compare(share, amount) > 0 ? share : amount
  return compare(absolute(difference), limit) <= 0
}

function byCode(charges: readonly Charge[]): ReadonlyMap<string, string> {
  const sums = new Map<string, string>()
  for (const { code, amount } of charges) {
    // Carriers whose charge has no code of its own were told with this one.
    const kind = code === 'freight' ? 'linehaul' : code
    sums.set(kind, add(sums.get(kind) ?? '0', amount))
  }
  return sums
}

/** As much of an amount as `part` is of `whole`, which is not zero, rounded to two digits: a share in per cent is that of 100. */
export function shareOf(amount: string, part: string, whole: string): string {
  const exact = convert(part, { numerator: amount, denominator: whole })
  if (exact !== undefined) return round(exact, 2)
  // Without a finite form it is computed from whole thousandths.
  const [a, b] = wholes(multiply(multiply(part, amount), '1000'), whole)
  return round(multiply(`${a / b}`, '0.001'), 2)
}

/** Two decimals as whole numbers in one unit. */
function wholes(a: string, b: string): readonly [bigint, bigint] {
  const digits = Math.max(...[a, b].map((one) => one.split('.')[1]?.length ?? 0))
  const whole = (one: string): bigint => BigInt(multiply(one, `1${'0'.repeat(digits)}`))
  return [whole(a), whole(b)]
}
