import type { Converter } from '../map/convert.ts'
import type { FaultCode } from './fault-codes.ts'

/** How a value is written in a file, and what it is in a document; what a value is called that cannot be read. */
export interface FieldType extends Converter {
  readonly fault: FaultCode
  /** For people: `a number like 1234,50`. */
  readonly expected: string
}

/** Any text that a database can hold, as it stands. */
export const textType: FieldType = {
  read: (raw) => raw,
  write: (value) => value,
  fault: 'field.unstorable',
  expected: 'text',
}

const yes = ['1', 'y', 'yes', 'true']
const no = ['0', 'n', 'no', 'false']

/** `true` or `false`, written 1 and 0. */
export const flagType: FieldType = {
  read(raw) {
    const found = raw.trim().toLowerCase()
    if (yes.includes(found)) return 'true'
    return no.includes(found) ? 'false' : undefined
  },
  write: (value) => (value === 'true' ? '1' : '0'),
  fault: 'field.not_yes_or_no',
  expected: 'one of 1, 0, Y, N, yes, no, true, false',
}

/**
 * The partner's code and ours. Of several codes that mean the same the first is written. Others are a fault, unless they are kept word
 * for word.
 */
export function codeType(codes: Readonly<Record<string, string>>, others: 'fault' | 'keep'): FieldType {
  const meanings = new Map(Object.entries(codes))
  const written = new Map([...meanings].map(([code, meaning]) => [meaning, code] as const).toReversed())
  const kept = (one: string): string | undefined => (others === 'keep' ? one : undefined)
  return {
    read: (raw) => meanings.get(raw.trim()) ?? kept(raw.trim()),
    write: (value) => written.get(value) ?? value,
    fault: 'field.code_unknown',
    expected: `one of ${[...meanings.keys()].slice(0, 20).join(', ')}`,
  }
}
