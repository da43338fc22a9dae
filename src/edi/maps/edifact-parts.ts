import { loops, number, period, type Row, type Rows, segments, value } from '../map/rows.ts'

/** Parts that the EDIFACT maps have in common. */
export function periods(): Row {
  return segments('DTM', { qualifier: value('/1.1'), at: period('') })
}

const reference: Rows = { qualifier: value('RFF/1.1'), value: value('RFF/1.2'), line: value('RFF/1.3') }
/** RFF groups, with the date that belongs to them. */
export function referenceGroups(): Row {
  return loops('RFF', { ...reference, dates: periods() })
}
/** RFF segments without a group of their own. */
export function referenceSegments(): Row {
  return segments('RFF', { qualifier: value('/1.1'), value: value('/1.2'), line: value('/1.3') })
}

/** NAD: by code, by name, or both. `after` is where D.01B and D.96A both have the address. */
export const party: Rows = {
  role: value('NAD/1'),
  id: value('NAD/2.1'),
  codeList: value('NAD/2.2'),
  agency: value('NAD/2.3'),
  text: value('NAD/3.1'),
  name: value('NAD/4.1'),
  street: value('NAD/5.1'),
  city: value('NAD/6'),
  region: value('NAD/7'),
  postalCode: value('NAD/8'),
  country: value('NAD/9'),
}
/** NAD groups: everybody who is named, each in a role (data element 3035). */
export function parties(): Row {
  return loops('NAD', party)
}

const placeRows = (tag: string): Rows => ({
  qualifier: value(`${tag}/1`),
  code: value(`${tag}/2.1`),
  codeList: value(`${tag}/2.2`),
  agency: value(`${tag}/2.3`),
  name: value(`${tag}/2.4`),
  within: value(`${tag}/3.1`),
  withinList: value(`${tag}/3.2`),
  withinName: value(`${tag}/3.4`),
})
/** LOC segments: places, each with what it is (data element 3227) and the place that it is in (C519). */
export function places(): Row {
  return segments('LOC', placeRows(''))
}
/** Places that are groups, with their dates. */
export function placeGroups(): Row {
  return loops('LOC', { ...placeRows('LOC'), dates: periods() })
}

/** TDT: stage (8051), mode (8067), carrier and vehicle of a part of the way. */
export const transport: Rows = {
  stage: value('TDT/1'),
  conveyance: value('TDT/2'),
  mode: value('TDT/3.1'),
  carrier: value('TDT/5.1'),
  carrierName: value('TDT/5.4'),
  vehicle: value('TDT/8.1'),
  vehicleName: value('TDT/8.4'),
}

/** EQD: a container or vehicle (8053), its size and type, and whether it is full (8169). */
export const equipment: Rows = {
  kind: value('EQD/1'),
  number: value('EQD/2.1'),
  size: value('EQD/3.1'),
  fullness: value('EQD/6'),
}

/** FTX: text for people by its subject (4451); the first two of its five lines. */
export function texts(): Row {
  return segments('FTX', { subject: value('/1'), text: value('/4.1'), text2: value('/4.2') })
}

/** GIN of packages: as many as five numbers of one kind (7405) in a segment. `tag` is empty for the segment at hand. */
export function identities(tag: 'GIN' | ''): Rows {
  return {
    qualifier: value(`${tag}/1`),
    value: value(`${tag}/2.1`),
    value2: value(`${tag}/3.1`),
    value3: value(`${tag}/4.1`),
    value4: value(`${tag}/5.1`),
    value5: value(`${tag}/6.1`),
  }
}

/** PIA: as many as five further numbers of an item in a segment, each with whose it is (7143). */
export function itemNumbers(): Row {
  const rows: Record<string, Row> = { kind: value('/1') }
  for (const [at, suffix] of ['', '2', '3', '4', '5'].entries()) {
    rows[`product${suffix}`] = value(`/${at + 2}.1`)
    rows[`qualifier${suffix}`] = value(`/${at + 2}.2`)
  }
  return segments('PIA', rows)
}

/** PCI of a line: what is marked on the goods, as the batch (GIN BX) with the dates of it. */
export function lineMarks(): Row {
  return loops('PCI', { instruction: value('PCI/1'), dates: periods(), numbers: loops('GIN', identities('GIN')) })
}

/** QTY: quantities, each with what it means (6063). */
export function quantities(): Row {
  return segments('QTY', { qualifier: value('/1.1'), quantity: number('/1.2'), unit: value('/1.3') })
}

/** MOA: amounts of money, each with what it means (5025). */
export function amounts(): Row {
  return segments('MOA', { qualifier: value('/1.1'), amount: number('/1.2'), currency: value('/1.3') })
}

/** Prices by what they mean, with the quantity that they are for. */
export function prices(): Row {
  return loops('PRI', {
    qualifier: value('PRI/1.1'),
    price: number('PRI/1.2'),
    type: value('PRI/1.3'),
    per: number('PRI/1.5'),
    unit: value('PRI/1.6'),
  })
}

/** MEA: weights and measures by purpose (6311) and dimension (6313). */
export function measures(): Row {
  return segments('MEA', {
    purpose: value('/1'),
    dimension: value('/2.1'),
    unit: value('/3.1'),
    value: number('/3.2'),
  })
}
