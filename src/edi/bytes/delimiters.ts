/** The characters that separate the parts of a segment, as byte values; -1 where the syntax has none. X12 5.0 ISA, ISO 9735 UNA. */
export interface Delimiters {
  readonly segment: number
  readonly element: number
  readonly component: number
  readonly repetition: number
  /** EDIFACT: takes the next byte as data. X12 has none. */
  readonly release: number
  /** Decimal mark in numbers. */
  readonly decimal: number
}

/** What X12 files use unless the agreement says otherwise. */
export const x12Delimiters: Delimiters = {
  segment: 0x7e,
  element: 0x2a,
  component: 0x3e,
  repetition: -1,
  release: -1,
  decimal: 0x2e,
}

/** ISO 9735 service characters where no UNA names others. */
export const edifactDelimiters: Delimiters = {
  segment: 0x27,
  element: 0x2b,
  component: 0x3a,
  repetition: -1,
  release: 0x3f,
  decimal: 0x2e,
}

/** Kinds of bytes that the scanner stops at. Marks keep the kind less one in their two low bits. */
export const byteClass = {
  data: 0,
  element: 1,
  component: 2,
  repetition: 3,
  segment: 4,
  release: 5,
  /** C0 controls and DEL that are no delimiter: legal nowhere, found everywhere. */
  control: 6,
  /** 0x80 and above: needs the character set. */
  high: 7,
} as const

/** One entry per byte value, so that the scanner decides with one look-up. */
export function classTable(delimiters: Delimiters): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(byteClass.control, 0, 0x20)
  table[0x7f] = byteClass.control
  table.fill(byteClass.high, 0x80)
  const set = (byte: number, kind: number): void => {
    if (byte >= 0) table[byte] = kind
  }
  set(delimiters.release, byteClass.release)
  set(delimiters.repetition, byteClass.repetition)
  set(delimiters.component, byteClass.component)
  set(delimiters.element, byteClass.element)
  set(delimiters.segment, byteClass.segment)
  // A file whose lines end in CR LF is read with CR as terminator; some of its lines may end in LF alone.
  if (delimiters.segment === 0x0d) table[0x0a] = byteClass.segment
  return table
}

/** Two delimiters that are the same byte, or one that is a letter or digit, cannot be told from data. */
export function delimiterProblem(delimiters: Delimiters): 'segment' | 'element' | 'component' | undefined {
  const { segment, element, component, repetition, release } = delimiters
  if (segment < 0 || isAlphanumeric(segment)) return 'segment'
  if (element < 0 || isAlphanumeric(element) || element === segment) return 'element'
  if (component >= 0 && (isAlphanumeric(component) || [segment, element, repetition, release].includes(component)))
    return 'component'
  return undefined
}

/** ASCII letters and digits: what tags and codes are made of. */
export function isAlphanumeric(byte: number | undefined): boolean {
  return (
    byte !== undefined &&
    ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a))
  )
}

/** White space between segments: blank, tab, line ends, NUL padding of block transports, and the Ctrl-Z of DOS. */
export function isBlank(byte: number | undefined): boolean {
  return (
    byte === 0x20 ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0x09 ||
    byte === 0x00 ||
    byte === 0x1a ||
    byte === 0x0b ||
    byte === 0x0c
  )
}
