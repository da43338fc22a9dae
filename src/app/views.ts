import type { Pool } from 'pg'
import { stuckOf } from '../flow/advance/process-waits.ts'
import type { Instance } from '../processes/engine/instance.ts'
import { postgresViews, type Views } from '../views/projector.ts'
import { systemBreath } from './ports.ts'

/** The lists of this hub. Only who knows the definitions can say what holds up a process. */
export function openViews(pool: Pool): Views {
  return postgresViews(pool, systemBreath, (one) => stuckOf(one as Instance))
}
