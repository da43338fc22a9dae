import type { SetTable } from '../../grammar/set.ts'
import { x180 } from './180.ts'
import { x204 } from './204.ts'
import { x210 } from './210.ts'
import { x211 } from './211.ts'
import { x214 } from './214.ts'
import { x810 } from './810.ts'
import { x820 } from './820.ts'
import { x824 } from './824.ts'
import { x846 } from './846.ts'
import { x850 } from './850.ts'
import { x855 } from './855.ts'
import { x856 } from './856.ts'
import { x860 } from './860.ts'
import { x861 } from './861.ts'
import { x865 } from './865.ts'
import { x940 } from './940.ts'
import { x943 } from './943.ts'
import { x944 } from './944.ts'
import { x945 } from './945.ts'
import { x947 } from './947.ts'
import { x990 } from './990.ts'
import { x997 } from './997.ts'
import { x999 } from './999.ts'

/** Every X12 set, by number. */
export const x12Sets: readonly SetTable[] = [
  x180,
  x204,
  x210,
  x211,
  x214,
  x810,
  x820,
  x824,
  x846,
  x850,
  x855,
  x856,
  x860,
  x861,
  x865,
  x940,
  x943,
  x944,
  x945,
  x947,
  x990,
  x997,
  x999,
]
