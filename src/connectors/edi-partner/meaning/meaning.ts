import { versionOf } from '../../../edi/sets/find.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import { Reading } from '../../kit/reading.ts'
import { CodeReader } from '../../kit/status-table.ts'
import { consignmentStatus } from './consignment-status.ts'
import type { Naming } from './naming.ts'
import { roadStatus } from './road-status.ts'
import type { ReadSet } from './set-reader.ts'
import { despatchAdvice, shipNotice } from './ship-notice.ts'
import { type Meaning, tender, tenderAnswer } from './tender.ts'
import { adjustmentAdvice, inventoryAdvice, receiptAdvice, shippingAdvice } from './warehouse.ts'

/**
 * What the accepted sets of a file say about goods, in their order. A set that says nothing here is counted by its name; one whose
 * content cannot be understood parks the file, because half of a file must not pass for all of it.
 */
export function meaningOfSets(
  sets: readonly ReadSet[],
  naming: Naming,
): { readonly assertions: readonly Assertion[]; readonly unknownCodes: readonly UnknownCode[] } {
  const codes = new CodeReader()
  const meanings = sets.map((set) => meaningOf(set, codes, naming))
  return {
    assertions: meanings.flatMap(({ assertions }) => assertions),
    unknownCodes: [...codes.unknown, ...meanings.flatMap(({ unknownCodes = [] }) => unknownCodes)],
  }
}

function meaningOf({ header, document }: ReadSet, codes: CodeReader, naming: Naming): Meaning {
  const nothing: Meaning = { assertions: [], unknownCodes: [{ table: 'edi-set', code: header.identifier }] }
  if (document === undefined) return nothing
  const root = new Reading(document, `${header.identifier} ${header.controlNumber}`)
  switch (header.identifier) {
    case '204':
      return tender(root, naming)
    case '990':
      return tenderAnswer(root, naming)
    case '214':
      return { assertions: roadStatus(root, codes, naming) }
    case '945':
      return shippingAdvice(root, naming)
    case '944':
      return receiptAdvice(root, naming)
    case '947':
      return adjustmentAdvice(root, naming)
    case '846':
      return inventoryAdvice(root, naming)
    case '856':
      return shipNotice(root, naming)
    case 'DESADV':
      return despatchAdvice(root, naming)
    case 'IFTSTA':
      return { assertions: consignmentStatus(root, { has9011: has9011(versionOf(header)), codes, settings: naming }) }
    default:
      // 940 and 943 are orders to a warehouse: the hub sends them.
      return nothing
  }
}

/** Element 9011 is in the directories up to D.00B. */
function has9011(version: string): boolean {
  return version === 'D.96A' || version === 'D.00B'
}
