import type { CutOffs, Place, Ports } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { dateIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { placeFrom } from './unlocode.ts'
import { endOf } from './window.ts'

/** LOC 3227: 9 and 76 where it is loaded, 11 and 12 where it is discharged, 88 taken over, 7 and 8 handed out. */
const portQualifiers: Readonly<Record<keyof Ports, readonly string[]>> = {
  load: ['9', '76'],
  discharge: ['11', '12'],
  receipt: ['88'],
  delivery: ['7', '8'],
}

/** DTM 2005 of the last moments for a voyage: 180 closes it; since D.17A there is one for each kind of goods. */
const cutOffQualifiers: Readonly<Record<keyof CutOffs, string>> = {
  closing: '180',
  laden: '814',
  verifiedGrossMass: '810',
  dangerousGoods: '811',
  reefer: '813',
  outOfGauge: '812',
}

/** The ports that a part of a document names among its places; undefined where it names none. */
export function portsIn(holders: readonly Reading[]): Ports | undefined {
  const all = holders.flatMap((holder) => holder.at('places').optionalList() ?? [])
  const found = Object.entries(portQualifiers).flatMap(([name, qualifiers]): [string, Place][] => {
    const told = qualifiers.flatMap((one) => all.filter((place) => place.at('qualifier').optionalText() === one))[0]
    const place = told === undefined ? undefined : placeFrom(told)
    return place === undefined ? [] : [[name, place]]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** Until when what must be there, as its dates or those of its places say; a day without a time ends when the day does. */
export function cutOffsIn(holders: readonly Reading[], naming: Naming): CutOffs | undefined {
  const all = holders.flatMap((holder) => [holder, ...(holder.at('places').optionalList() ?? [])])
  const found = Object.entries(cutOffQualifiers).flatMap(([name, qualifier]) => {
    const told = all.map((holder) => dateIn(holder, [qualifier], naming)).find((one) => one !== undefined)
    return told === undefined ? [] : [[name, endOf(told, naming)]]
  })
  return found.length === 0 ? undefined : (Object.fromEntries(found) as CutOffs)
}

/** A document with all the ways that it tells of. */
export function waysOf(root: Reading): readonly Reading[] {
  return [...(root.at('transports').optionalList() ?? []), root]
}

/** Both, for a report. */
export function voyageIn(root: Reading, naming: Naming): { readonly ports?: Ports; readonly cutOffs?: CutOffs } {
  const holders = waysOf(root)
  return stated({ ports: portsIn(holders), cutOffs: cutOffsIn(holders, naming) })
}
