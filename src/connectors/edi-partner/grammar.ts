import { InterlineError } from '../../base/errors.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import { OverlayConflict } from '../../edi/overlay/merge.ts'
import { type ChooseSet, chooseSet } from '../../edi/overlay/open.ts'

/** Compiled once per choice of overlays; there are few of them, and each is used for every file. */
const known = new Map<string, ChooseSet>()

/** The grammar that a partner's files are read by. Throws EDI_OVERLAY_UNKNOWN. */
export function grammarOf(names: readonly string[]): ChooseSet {
  const key = names.join(' ')
  const found = known.get(key)
  if (found !== undefined) return found
  const overlays = names.map((name) => {
    const overlay = shippedOverlays.find((one) => one.name === name)
    if (overlay === undefined)
      throw new InterlineError('EDI_OVERLAY_UNKNOWN', { problem: `there is no overlay ${name}` })
    return overlay
  })
  try {
    const made = chooseSet(overlays)
    known.set(key, made)
    return made
  } catch (error) {
    if (error instanceof OverlayConflict) throw new InterlineError('EDI_OVERLAY_UNKNOWN', { problem: error.message })
    throw error
  }
}
