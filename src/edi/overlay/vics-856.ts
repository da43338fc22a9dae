import type { Overlay } from './overlay.ts'

/** Retail ship notices, pick and pack or standard: what their receivers need to book cartons without opening them. */
export const vics856: Overlay = {
  name: 'vics-856',
  about:
    'Ship notices of North American retail: a structure code, levels S O T P I, SSCC-18 on packs, a count at the end.',
  level: 'industry',
  set: '856',
  version: '004010',
  alsoFor: ['004030'],
  places: {
    BSN: {
      elements: {
        1: { codes: ['00', '01', '04', '05', '06'] },
        5: { use: 'required', codes: ['0001', '0002', '0004'] },
      },
    },
    'HL/HL': { elements: { 3: { codes: ['S', 'O', 'T', 'P', 'I'] } } },
    'HL/MAN': { elements: { 1: { codes: ['CA', 'CP', 'GM', 'L', 'UC', 'W'] } } },
    CTT: { use: 'required' },
  },
}
