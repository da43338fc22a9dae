import type { Rows } from '../map/rows.ts'
import { map180 } from './180.ts'
import { map204 } from './204.ts'
import { map210, map210From005010 } from './210.ts'
import { map211 } from './211.ts'
import { map214 } from './214.ts'
import { map810 } from './810.ts'
import { map820 } from './820.ts'
import { map824 } from './824.ts'
import { map846 } from './846.ts'
import { map850 } from './850.ts'
import { map855 } from './855.ts'
import { map856 } from './856.ts'
import { map860, map865 } from './860.ts'
import { map861 } from './861.ts'
import { map940 } from './940.ts'
import { map943 } from './943.ts'
import { map944 } from './944.ts'
import { map945 } from './945.ts'
import { map947 } from './947.ts'
import { map990, map990From005010 } from './990.ts'
import { mapAperak } from './aperak.ts'
import { mapContainerMessage } from './container-message.ts'
import { mapDesadv } from './desadv.ts'
import { mapIftsta } from './iftsta.ts'
import { mapInvoic } from './invoic.ts'
import { mapInvrpt } from './invrpt.ts'
import { orderFrom005010 } from './order-parts.ts'
import { mapOrderAnswer, mapOrders } from './orders.ts'
import { mapRecadv } from './recadv.ts'
import { mapTransportMessage } from './transport-message.ts'

/** The default map of each set, as its oldest version has it: a relationship may have its own. */
export const defaultMaps: Readonly<Record<string, Rows>> = {
  '180': map180,
  '204': map204,
  '210': map210,
  '211': map211,
  '214': map214,
  '810': map810,
  '820': map820,
  '824': map824,
  '846': map846,
  '850': map850,
  '855': map855,
  '856': map856,
  '860': map860,
  '861': map861,
  '865': map865,
  '940': map940,
  '943': map943,
  '944': map944,
  '945': map945,
  '947': map947,
  '990': map990,
  COARRI: mapContainerMessage,
  CODECO: mapContainerMessage,
  COPARN: mapContainerMessage,
  APERAK: mapAperak,
  DESADV: mapDesadv,
  IFTMBC: mapTransportMessage,
  IFTMBF: mapTransportMessage,
  IFTMIN: mapTransportMessage,
  IFTSTA: mapIftsta,
  INVOIC: mapInvoic,
  INVRPT: mapInvrpt,
  ORDCHG: mapOrderAnswer,
  ORDERS: mapOrders,
  ORDRSP: mapOrderAnswer,
  RECADV: mapRecadv,
}

/** Where 005010 says something in other segments than 004010. */
const from005010: Readonly<Record<string, Rows>> = {
  '210': map210From005010,
  '850': { ...map850, ...orderFrom005010 },
  '855': { ...map855, ...orderFrom005010 },
  '860': { ...map860, ...orderFrom005010 },
  '865': { ...map865, ...orderFrom005010 },
  '990': map990From005010,
}

/** The default map of a set in a version of its standard; undefined for a set without one. */
export function mapOf(identifier: string, version: string): Rows | undefined {
  const maps = version === '005010' && Object.hasOwn(from005010, identifier) ? from005010 : defaultMaps
  return Object.hasOwn(maps, identifier) ? maps[identifier] : undefined
}
