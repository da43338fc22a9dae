import type { Overlay } from './overlay.ts'

/** Grocery warehouses: who ships to whom must be said, and how the goods travel. */
export const ucs940: Overlay = {
  name: 'ucs-940',
  about:
    'Shipping orders to grocery warehouses: depositor, ship-to and carrier details are needed, lines are in cases or eaches.',
  level: 'industry',
  set: '940',
  version: '004010',
  places: {
    '0100': { use: 'required', min: 2 },
    W66: { use: 'required' },
    '0300/0310/W01': { elements: { 2: { codes: ['CA', 'EA', 'PL', 'CT', 'BX', 'LB'] } } },
    W76: { use: 'required' },
  },
}
