import type { Overlay } from './overlay.ts'

/** EANCOM: parties and items are known by GLN and GTIN, so that nobody needs the other's numbers. */
export const eancomDesadv: Overlay = {
  name: 'eancom-desadv',
  about: 'Despatch advices with GLN and GTIN: document number, date, parties and numbered lines are needed.',
  level: 'industry',
  set: 'DESADV',
  version: 'D.96A',
  places: {
    BGM: { elements: { 2: { use: 'required' }, 3: { codes: ['1', '4', '5', '7', '9', '31', '46'] } } },
    DTM: { use: 'required' },
    NAD: { use: 'required', min: 2 },
    'NAD/NAD': { elements: { '2.3': { codes: ['9'] } } },
    CPS: { use: 'required' },
    'CPS/LIN/LIN': { elements: { 1: { use: 'required' }, '3.2': { codes: ['EN', 'SRV', 'UP'] } } },
  },
}
