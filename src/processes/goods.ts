import type { Fact } from '../model/fact.ts'
import { type Data, dateOf, keyOf, numberOf, objectOf, type Posting } from './posting.ts'

/** Goods issue of a delivery that its warehouse has confirmed as shipped; before that, a staged delivery is only staged. */
export function goodsIssue(fact: Fact): Posting[] {
  if (!isConfirmed(fact)) return []
  const object = objectOf(fact)
  const { key, header } = shipped(fact)
  return [
    {
      command: 'post_goods_issue',
      businessKey: key,
      key: `delivery:${key}`,
      priority: 3,
      payload: { ...header, postingDate: dateOf(object.confirmedAt), lines: object.lines },
    },
  ]
}

/** What the freight will cost, in the period of the goods issue; behind it in the same queue, so never without it. */
export function accrual(fact: Fact): Posting[] {
  const object = objectOf(fact)
  if (!isConfirmed(fact) || object.freight === undefined) return []
  const { key, header } = shipped(fact)
  const charge = { charge: 'linehaul', ...(object.freight as Data) }
  return [
    {
      command: 'post_freight_accrual',
      businessKey: `${key}:${numberOf(object.carrier, fact)}`,
      key: `delivery:${key}`,
      priority: 5,
      payload: { ...header, postingDate: dateOf(object.confirmedAt), lines: [charge] },
    },
  ]
}

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

/** Said with the step to staged, or afterwards about a delivery that was staged already. */
function isConfirmed({ type, data }: Fact): boolean {
  const { object, status, changed } = data as { object: Data; status?: unknown; changed?: readonly string[] }
  if (typeof object.confirmedAt !== 'string') return false
  return type === 'delivery.staged' || (status === 'staged' && changed?.includes('confirmedAt') === true)
}

function shipped(fact: Fact): { readonly key: string; readonly header: Data } {
  const { deliveryNumber, location, carrier, trackingNumbers, orderNumber } = objectOf(fact)
  const number = numberOf(deliveryNumber, fact)
  return {
    key: keyOf('delivery', number),
    header: { deliveryNumber: number, location, carrier, trackingNumbers, orderNumber },
  }
}
