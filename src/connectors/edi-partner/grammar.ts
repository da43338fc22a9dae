import { InterlineError } from '../../base/errors.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import { OverlayConflict } from '../../edi/overlay/merge.ts'
import { type ChooseSet, chooseSet } from '../../edi/overlay/open.ts'
import type { ChosenOverlays } from './overlays.ts'

/** Compiled once per connection, whose settings hold the list as long as it lives. */
const known = new WeakMap<ChosenOverlays, ChooseSet>()

/** The grammar that a partner's files are read by. Throws EDI_OVERLAY_UNKNOWN. */
export function grammarOf(chosen: ChosenOverlays): ChooseSet {
  const found = known.get(chosen)
  if (found !== undefined) return found
  const overlays = chosen.map((one) => {
    if (typeof one !== 'string') return one
    const overlay = shippedOverlays.find(({ name }) => name === one)
    if (overlay === undefined)
      throw new InterlineError('EDI_OVERLAY_UNKNOWN', { problem: `there is no overlay ${one}` })
    return overlay
  })
  try {
    const made = chooseSet(overlays)
    known.set(chosen, made)
    return made
  } catch (error) {
    if (error instanceof OverlayConflict) throw new InterlineError('EDI_OVERLAY_UNKNOWN', { problem: error.message })
    throw error
  }
}
