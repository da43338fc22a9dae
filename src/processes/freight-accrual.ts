import { shortHash } from '../base/sha256.ts'
import { type Derived, entities } from '../model/fact.ts'
import type { DocumentReport } from '../model/report.ts'
import { keyOf } from './posting.ts'

/** What a transport will cost, as processes tell each other of it. */
export interface AccrualTold {
  readonly deliveryNumber: string
  readonly carrier: string
  readonly [member: string]: unknown
}

/** `freight_accrual.reported` about the cost of a delivery with a carrier: whoever says it, it is the same accrual. */
export function reportedAccrual(
  tenant: string,
  { status, object }: { readonly status: string; readonly object: AccrualTold },
): Omit<Derived, 'rule'> {
  const { deliveryNumber, carrier } = object
  const name = `${tenant}|freight_accrual|${keyOf('delivery', deliveryNumber)}|${carrier}`
  const data: DocumentReport = { status, object }
  return { type: 'freight_accrual.reported', subject: `${entities.freight_accrual}_${shortHash(name)}`, data }
}
