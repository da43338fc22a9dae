import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** What an open item is for: IT1 with what is added to it or taken off, and its parts. Lines of the table, without their margin. */
const item = `
[IT1] O 999999
  IT1 O 1
  [REF] O 999999
    REF O 1
    DTM O 1
  [SAC] O 999999
    SAC O 1
    TXI O 999999
  [SLN] O 999999
    SLN O 1
    [REF] O 999999
      REF O 1
      DTM O 999999
    [SAC] O 999999
      SAC O 1
      TXI O 999999`

/** Open items that are paid, each with its adjustments. */
const openItems = `
[RMR] O 999999
  RMR O 1
  NTE O 999999
  REF O 999999
  DTM O 999999${indented(item, 1)}
  [ADX] O 999999
    ADX O 1
    NTE O 999999
    PER O 999999
    [REF] O 999999
      REF O 1
      DTM O 999999${indented(item, 2)}`

function indented(lines: string, depth: number): string {
  return lines.replaceAll('\n', `\n${'  '.repeat(depth)}`)
}

/** 820, payment order and remittance advice. Without ENT the items stand in the set itself. */
export const x820: SetTable = {
  identifier: '820',
  functionalIdentifier: 'RA',
  about: 'A payer tells what a payment is for.',
  versions: x12Versions,
  table: `
BPR M 1
NTE O 999999
TRN O 1
CUR O 1
REF O 999999
DTM O 999999
[N1] O 999999
  N1 O 1
  N2 O 999999
  N3 O 999999
  N4 O 1
  REF O 999999
  PER O 999999
[ENT] O 999999
  ENT O 1
  [NM1] O 999999
    NM1 O 1
    N2 O 999999
    N3 O 999999
    N4 O 1
    REF O 999999
    PER O 999999
  [ADX] O 999999
    ADX O 1
    NTE O 999999
    PER O 999999${indented(openItems, 1)}
[ADX] O 999999
  ADX O 1
  NTE O 999999
  PER O 999999${openItems}
  `,
}
