import { readElements } from '../../grammar/element.ts'
import { type Dictionary, type DictionaryTables, defineDictionary } from '../../grammar/segment.ts'
import { codes004010, elements004010 } from './elements-004010.ts'
import { acknowledgementSegments, composites004010 } from './segments-acknowledgement.ts'
import { tradeSegments } from './segments-trade.ts'
import { transportSegments } from './segments-transport.ts'
import { warehouseSegments } from './segments-warehouse.ts'

const tables004010: DictionaryTables = {
  version: '004010',
  elements: elements004010,
  codes: codes004010,
  composites: composites004010,
  segments: [transportSegments, tradeSegments, warehouseSegments, acknowledgementSegments].join('\n'),
}

/**
 * What 005010 writes otherwise: longer references and quantities, repetitions, the segments of 999. Loops of its guides have names of six
 * characters (2010AA), which 447 has no room for and everybody writes all the same.
 */
const tables005010: DictionaryTables = {
  version: '005010',
  elements: readElements(`
    127 AN1-50, 330 R1-15, 358 R1-15, 364 AN1-256, 447 AN1-6, 618 ID1-3, 620 ID1-3, 621 ID1-3, 719 N01-10, 1035 AN1-60, 1036 AN1-35
    1686 N01-4, 1705 AN1-35, 1715 ID1-3, 9998 AN1-35, 9999 AN1-35
  `),
  codes: {
    618: '1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 I5 I6',
    620: '1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9',
    621: '1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I11 I12 I13',
    723: '1 2 3 4 5 6 7 8 9 10 12 13',
  },
  composites: `
    C030 722! 1528 1686
    C998 9999! 9998
    C999 9999! 9998
  `,
  segments: `
    AK1 479! 28! 480
    AK2 143! 329! 1705
    AK4 C030! 725 723! 724
    IK3 721! 719! 447 620
    IK4 C030! 725 621! 724
    IK5 717! 618 618 618 618 618
    CTX C998!*10 721 719 447 C030 C999
    RED 352 ?
    N4 19 156 116 26 309 310 1715 | E0207 C0605 C0704
  `,
}

const dictionaries: Readonly<Record<string, Dictionary>> = {
  '004010': defineDictionary(tables004010),
  '005010': defineDictionary(tables004010, tables005010),
}

/** The segments of a version such as `004010`; undefined for one that we do not have. */
export function x12Dictionary(version: string): Dictionary | undefined {
  return dictionaries[version]
}

/** In the order in which they came: tables of sets name them. */
export const x12Versions = ['004010', '005010'] as const
