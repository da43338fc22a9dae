import type { SetHeader } from '../../../edi/envelope/events.ts'
import { versionOf } from '../../../edi/sets/find.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import { Reading } from '../../kit/reading.ts'
import { CodeReader } from '../../kit/status-table.ts'
import { consignmentStatus } from './consignment-status.ts'
import { containerOrder, containerReport } from './container.ts'
import { freightInvoice } from './freight-invoice.ts'
import { commercialInvoice, invoice } from './invoice.ts'
import type { Naming } from './naming.ts'
import { purchaseOrder, purchaseOrderAnswer, purchaseOrderChange } from './order-edifact.ts'
import { order, orderAnswer, orderChange } from './order-x12.ts'
import { receiptAdviceOf, receivingAdvice } from './receiving.ts'
import { remittance } from './remittance.ts'
import { toldOfGoods } from './reporting-code.ts'
import { returnNotice } from './return.ts'
import { roadStatus } from './road-status.ts'
import type { ReadSet } from './set-reader.ts'
import { despatchAdvice, shipNotice } from './ship-notice.ts'
import { shippingAdvice, warehouseDespatch } from './shipping-advice.ts'
import { eraOf } from './status-era.ts'
import { inventoryAdvice, inventoryReport } from './stock-report.ts'
import { type Meaning, tender, tenderAnswer } from './tender.ts'
import { billOfLading, bookingConfirmation, firmBooking, transportInstruction } from './transport-order.ts'
import { adjustmentAdvice, receiptAdvice } from './warehouse.ts'
import { expectedReceipt, releasedDelivery } from './warehouse-order.ts'

/** What a set of a kind says. */
type Means = (
  root: Reading,
  naming: Naming,
  about: { readonly codes: CodeReader; readonly header: SetHeader },
) => Meaning

const meanings: Readonly<Record<string, Means>> = {
  '180': returnNotice,
  '204': tender,
  '210': freightInvoice,
  '211': billOfLading,
  '214': (root, naming, { codes }) => ({ assertions: roadStatus(root, codes, naming) }),
  '810': invoice,
  '820': remittance,
  '846': inventoryAdvice,
  '850': order,
  '855': orderAnswer,
  '856': shipNotice,
  '860': orderChange,
  '861': receivingAdvice,
  '865': orderAnswer,
  '940': releasedDelivery,
  '943': (root, naming) => toldOfGoods(root, () => expectedReceipt(root, naming)),
  '944': (root, naming) => toldOfGoods(root, () => receiptAdvice(root, naming)),
  '945': (root, naming) => toldOfGoods(root, () => shippingAdvice(root, naming)),
  '947': adjustmentAdvice,
  '990': tenderAnswer,
  COARRI: (root, naming, { codes }) => containerReport(root, naming, codes),
  CODECO: (root, naming, { codes }) => containerReport(root, naming, codes),
  COPARN: containerOrder,
  DESADV: (root, naming) =>
    naming.notices === 'warehouse' ? warehouseDespatch(root, naming) : despatchAdvice(root, naming),
  IFTMBC: bookingConfirmation,
  IFTMBF: firmBooking,
  IFTMIN: transportInstruction,
  IFTSTA: (root, settings, { codes, header }) => ({
    assertions: consignmentStatus(root, { era: eraOf(versionOf(header)), codes, settings }),
  }),
  INVOIC: commercialInvoice,
  INVRPT: inventoryReport,
  ORDCHG: purchaseOrderChange,
  ORDERS: purchaseOrder,
  ORDRSP: purchaseOrderAnswer,
  RECADV: receiptAdviceOf,
}

/** What a set says, or why nobody can tell. */
export type UnderstoodSet =
  | {
      readonly assertions: readonly Assertion[]
      /** Statuses that no table maps: counted once for a file. */
      readonly unknownStatuses: readonly UnknownCode[]
      readonly unknownCodes: readonly UnknownCode[]
      /** What it answers to documents of ours. */
      readonly answered: readonly Assertion[]
    }
  | { readonly failure: unknown; readonly header: SetHeader; readonly documentNumber?: string }

/** Most sets have none of what a set may have: they share it. */
const none: readonly never[] = []

/** What a set says, and `answered` with it. Never throws: a set that nobody asks for, because its group is rejected, stops nothing. */
export function understood(
  { header, document }: ReadSet,
  naming: Naming,
  answered: readonly Assertion[] = none,
): UnderstoodSet {
  const { identifier, controlNumber } = header
  const means = Object.hasOwn(meanings, identifier) ? meanings[identifier] : undefined
  if (means === undefined || document === undefined)
    return { assertions: [], answered, unknownStatuses: [], unknownCodes: [{ table: 'edi-set', code: identifier }] }
  try {
    const codes = new CodeReader()
    const root = new Reading(document, `${identifier} ${controlNumber}`)
    const { assertions, unknownCodes = none } = means(root, naming, { codes, header })
    return { assertions, answered, unknownStatuses: codes.unknown, unknownCodes }
  } catch (failure) {
    const number = document.member('number')
    return { failure, header, ...(typeof number === 'string' ? { documentNumber: number } : {}) }
  }
}

/** What the accepted sets of a file say, and which of them nobody understands. */
export interface FileMeaning {
  /** About goods, in the order of the sets, and after that what they answer to documents of ours. */
  readonly assertions: readonly Assertion[]
  readonly unknownCodes: readonly UnknownCode[]
  /** Why, of each set that cannot be understood, in their order. */
  readonly failures: readonly unknown[]
}

/** A set that says nothing here is counted by its name. */
export function meaningOfSets(sets: readonly UnderstoodSet[]): FileMeaning {
  const assertions: Assertion[] = []
  const answered: Assertion[] = []
  const unknownStatuses = new Map<string, UnknownCode>()
  const unknownCodes: UnknownCode[] = []
  const failures: unknown[] = []
  for (const set of sets) {
    if ('failure' in set) {
      failures.push(set.failure)
      continue
    }
    assertions.push(...set.assertions)
    answered.push(...set.answered)
    for (const one of set.unknownStatuses) unknownStatuses.set(`${one.table} ${one.code}`, one)
    unknownCodes.push(...set.unknownCodes)
  }
  const all = [...unknownStatuses.values(), ...unknownCodes]
  return { assertions: [...assertions, ...answered], unknownCodes: all, failures }
}
