/** GS01 of the sets that the hub knows or meets next to them. X12 data element 479. */
const identifiers: Readonly<Record<string, string>> = {
  '180': 'AN',
  '204': 'SM',
  '210': 'IM',
  '211': 'BL',
  '214': 'QM',
  '753': 'RF',
  '754': 'RG',
  '810': 'IN',
  '820': 'RA',
  '824': 'AG',
  '846': 'IB',
  '850': 'PO',
  '855': 'PR',
  '856': 'SH',
  '860': 'PC',
  '861': 'RC',
  '865': 'CA',
  '940': 'OW',
  '943': 'AR',
  '944': 'RE',
  '945': 'SW',
  '947': 'AW',
  '990': 'GF',
  '997': 'FA',
  '999': 'FA',
}

/** The functional identifier of groups that a set belongs in; `undefined` for a set that nobody here knows. */
export function functionalIdentifierOf(set: string): string | undefined {
  return identifiers[set]
}
