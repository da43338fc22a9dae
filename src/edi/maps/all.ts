import type { Rows } from '../map/rows.ts'
import { map204 } from './204.ts'
import { map214 } from './214.ts'
import { map846 } from './846.ts'
import { map856 } from './856.ts'
import { map940 } from './940.ts'
import { map943 } from './943.ts'
import { map944 } from './944.ts'
import { map945 } from './945.ts'
import { map947 } from './947.ts'
import { map990 } from './990.ts'
import { mapDesadv } from './desadv.ts'
import { mapIftsta } from './iftsta.ts'

/** The default map of each set: a relationship may have its own. */
export const defaultMaps: Readonly<Record<string, Rows>> = {
  '204': map204,
  '214': map214,
  '846': map846,
  '856': map856,
  '940': map940,
  '943': map943,
  '944': map944,
  '945': map945,
  '947': map947,
  '990': map990,
  DESADV: mapDesadv,
  IFTSTA: mapIftsta,
}
