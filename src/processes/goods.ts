import type { Fact } from '../model/fact.ts'
import { type Data, dateOf, keyOf, numberOf, objectOf, type Posting } from './posting.ts'

/**
 * Goods issue of what a warehouse has confirmed as shipped, one for each confirmation; before that, a staged delivery is only staged.
 * The first has the number of the delivery, the others their own behind it. What the ERP has issued before anybody confirmed it is not
 * issued again.
 */
export function goodsIssue(fact: Fact): Posting[] {
  const fresh = confirmationsIn(fact).filter(({ isIssued }) => !isIssued)
  return fresh.map(({ delivery, suffix, header, postingDate, lines }) => ({
    command: 'post_goods_issue',
    businessKey: `${delivery}${suffix}`,
    key: `delivery:${delivery}`,
    priority: 3,
    payload: { ...header, postingDate, lines },
  }))
}

/** What the freight will cost, in the period of the goods issue. In a queue of its own: a refusal never holds the invoice back. */
export function accrual(fact: Fact): Posting[] {
  return confirmationsIn(fact).flatMap(({ delivery, suffix, header, postingDate, freight }) =>
    freight === undefined
      ? []
      : [
          {
            command: 'post_freight_accrual',
            businessKey: `${delivery}:${numberOf(header.carrier, fact)}${suffix}`,
            key: `freight:${delivery}`,
            priority: 5,
            payload: { ...header, postingDate, lines: [{ charge: 'linehaul', ...freight }] },
          },
        ],
  )
}

/** What a warehouse received. The number of the receipt makes the posting, so that one told twice is posted once. */
export function goodsReceipt(fact: Fact): Posting[] {
  const { receiptNumber, purchaseOrderNumber, location, lines, receivedAt } = objectOf(fact)
  const number = numberOf(receiptNumber, fact)
  return [
    {
      command: 'post_goods_receipt',
      businessKey: keyOf('goods_receipt', number),
      key: `receipt:${keyOf('goods_receipt', number)}`,
      priority: 4,
      payload: { receiptNumber: number, purchaseOrderNumber, location, postingDate: dateOf(receivedAt), lines },
    },
  ]
}

/** What is new of a delivery that a warehouse has shipped. */
export interface Confirmation {
  readonly delivery: string
  /** `:2` and so on; nothing for the first. */
  readonly suffix: string
  readonly header: Data
  readonly postingDate: string | undefined
  readonly lines: unknown
  readonly freight: Data | undefined
  /** Its number, from 1. */
  readonly confirmation: string
  /** The ERP has issued these goods already: it is told nothing of them, everybody else is. */
  readonly isIssued: boolean
  /** All that the warehouse said with it. */
  readonly content: Data
}

/** The confirmations that are new with this fact. */
export function confirmationsIn(fact: Fact): Confirmation[] {
  const { added, status } = fact.data as { added?: Readonly<Record<string, readonly string[]>>; status?: unknown }
  const { deliveryNumber, orderNumber, confirmations } = objectOf(fact)
  const number = numberOf(deliveryNumber, fact)
  const names = added?.confirmations ?? []
  return names
    .map((name, at) => ({ name, ordinal: ordinalOf(name, at, { names, confirmations }) }))
    .map(({ name, ordinal }) => {
      const content = partOf(confirmations, name)
      const { location, carrier, trackingNumbers, confirmedAt, lines, freight } = content
      return {
        delivery: keyOf('delivery', number),
        suffix: ordinal === '1' ? '' : `:${ordinal}`,
        header: { deliveryNumber: number, location, carrier, trackingNumbers, orderNumber },
        postingDate: dateOf(confirmedAt),
        lines,
        freight: freight as Data | undefined,
        confirmation: ordinal,
        isIssued: ordinal === '1' && status === 'goods_issued',
        content,
      }
    })
}

/** A warehouse that counts its confirmations says which one it is; where it names them, it is the one that was new when it was told. */
function ordinalOf(
  name: string,
  at: number,
  { names, confirmations }: { readonly names: readonly string[]; readonly confirmations: unknown },
): string {
  const all = Object.keys((confirmations ?? {}) as Data)
  return all.every((one) => /^\d+$/.test(one)) ? name : String(all.length - names.length + at + 1)
}

function partOf(parts: unknown, name: string): Data {
  return (parts as Readonly<Record<string, Data>>)[name] ?? {}
}
