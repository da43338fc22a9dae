import type { Fault } from '../../../edi/flat/fault.ts'

/** Where a part of a large file stands in it: what to add to its lines and bytes, so that people find them in the file that they have. */
export interface PartPlace {
  readonly lineShift: number
  readonly byteShift: number
}

const header = 'interline-part-place'

/** The place of a part as a header of its message. */
export function writePlace({ lineShift, byteShift }: PartPlace): Readonly<Record<string, string>> {
  return { [header]: `${lineShift} ${byteShift}` }
}

/** Nothing to add where the message is the whole file. */
export function readPlace(headers: Readonly<Record<string, string>>): PartPlace {
  const match = /^(\d+) (-?\d+)$/.exec(headers[header] ?? '')
  return { lineShift: Number(match?.[1] ?? 0), byteShift: Number(match?.[2] ?? 0) }
}

/** A fault of a part, as one of the file. */
export function inFile(fault: Fault, { lineShift, byteShift }: PartPlace): Fault {
  return { ...fault, row: fault.row + lineShift, start: fault.start + byteShift, end: fault.end + byteShift }
}
