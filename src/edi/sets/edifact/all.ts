import type { SetTable } from '../../grammar/set.ts'
import { aperak } from './aperak.ts'
import { coarri } from './coarri.ts'
import { codeco } from './codeco.ts'
import { contrl } from './contrl.ts'
import { coparn } from './coparn.ts'
import { desadv } from './desadv.ts'
import { iftmbc } from './iftmbc.ts'
import { iftmbf } from './iftmbf.ts'
import { iftmin } from './iftmin.ts'
import { iftsta } from './iftsta.ts'
import { invoic } from './invoic.ts'
import { invrpt } from './invrpt.ts'
import { ordchg } from './ordchg.ts'
import { orders } from './orders.ts'
import { ordrsp } from './ordrsp.ts'
import { recadv } from './recadv.ts'

/** Every EDIFACT message, by name. */
export const edifactSets: readonly SetTable[] = [
  aperak,
  coarri,
  codeco,
  contrl,
  coparn,
  desadv,
  iftmbc,
  iftmbf,
  iftmin,
  iftsta,
  invoic,
  invrpt,
  ordchg,
  orders,
  ordrsp,
  recadv,
]
