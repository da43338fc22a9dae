import { eancomDesadv } from './eancom-desadv.ts'
import type { Overlay } from './overlay.ts'
import { ucs940 } from './ucs-940.ts'
import { vics856 } from './vics-856.ts'

/** Every overlay that ships with the hub, by name. */
export const shippedOverlays: readonly Overlay[] = [eancomDesadv, ucs940, vics856]
