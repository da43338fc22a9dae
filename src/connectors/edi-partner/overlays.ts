import type { Field } from '../../base/fields.ts'
import { isOverlay, type Overlay } from '../../edi/overlay/overlay.ts'

/** Overlays by the name under which they ship, or whole, as a manifest declares them. */
export type ChosenOverlays = readonly (string | Overlay)[]

/** A setting that takes overlays. */
export function overlayList(description: string): Field<ChosenOverlays> {
  const parse = (value: unknown): ChosenOverlays => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : String(value).split(',')
    return entries.map((one) => {
      if (typeof one === 'string') return one.trim()
      if (isOverlay(one)) return one
      throw new Error('expected names of overlays')
    })
  }
  return { kind: 'list', description, default: [], required: false, secret: false, parse }
}
