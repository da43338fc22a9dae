import type { Rest } from '../../kit/warehouse.ts'

/**
 * X12 element 368, what becomes of the difference between ordered and shipped; codes as DataElement 368 of 004010 names them. Undefined: it
 * was shipped, or nothing is said of the rest.
 */
export const lineStatusX12: Readonly<Record<string, Rest | undefined>> = {
  BK: 'backordered',
  BM: 'backordered',
  BO: 'backordered',
  BP: 'backordered',
  CC: undefined,
  CE: undefined,
  CK: 'cancelled',
  CL: undefined,
  CM: undefined,
  CP: 'cancelled',
  CS: undefined,
  CU: 'cancelled',
  DE: 'cancelled',
  DI: 'cancelled',
  DS: undefined,
  IC: 'cancelled',
  IS: undefined,
  LS: undefined,
  OR: undefined,
  PR: undefined,
  SS: undefined,
}

/** EDIFACT data element 4221 in a QVR: the same, as UN/EDIFACT D.96A and D.01B name its codes. */
export const discrepancyEdifact: Readonly<Record<string, Rest | undefined>> = {
  AA: undefined,
  AB: 'cancelled',
  AC: undefined,
  AD: undefined,
  BK: 'backordered',
  BP: 'backordered',
  CC: undefined,
  CE: undefined,
  CK: 'cancelled',
  CM: undefined,
  CP: 'cancelled',
  CS: undefined,
  IC: 'cancelled',
  IS: undefined,
  LS: undefined,
  OS: undefined,
  OW: undefined,
  RA: undefined,
  SS: undefined,
  TW: undefined,
}
