import { type ElementPatch, type Overlay, overlayLevels, type PlacePatch } from './overlay.ts'

/** Two overlays of one level want different things of one place; or a place does not exist. */
export class OverlayConflict extends Error {
  override readonly name = 'OverlayConflict'
}

/** What a chain of overlays says of each place, the narrower level over the wider. */
export type MergedPlaces = ReadonlyMap<string, PlacePatch>

interface Said {
  readonly value: unknown
  readonly by: Overlay
}

/**
 * Lays overlays over each other: industry, partner, relationship, whatever order they are given in. Throws OverlayConflict naming both
 * where two of one level say different things: then none of them is meant to win.
 */
export function mergeOverlays(overlays: readonly Overlay[]): MergedPlaces {
  const places = new Map<string, PlacePatch>()
  for (const level of overlayLevels) {
    const said = new Map<string, Said>()
    for (const overlay of overlays.filter((one) => one.level === level))
      for (const [path, patch] of Object.entries(overlay.places)) {
        compare(said, overlay, path, patch)
        places.set(path, mergePlace(places.get(path), patch))
      }
  }
  return places
}

function compare(said: Map<string, Said>, by: Overlay, path: string, { elements = {}, ...own }: PlacePatch): void {
  const lines: [string, unknown][] = Object.entries(own).map(([name, value]) => [`${path} ${name}`, value])
  for (const [element, patch] of Object.entries(elements))
    for (const [name, value] of Object.entries(patch)) lines.push([`${path}/${element} ${name}`, value])
  for (const [line, value] of lines) {
    const other = said.get(line)
    if (other !== undefined && JSON.stringify(other.value) !== JSON.stringify(value))
      throw new OverlayConflict(
        `${other.by.name}: ${line} = ${JSON.stringify(other.value)}; ${by.name}: ${line} = ${JSON.stringify(value)}`,
      )
    said.set(line, { value, by })
  }
}

function mergePlace(under: PlacePatch | undefined, over: PlacePatch): PlacePatch {
  if (under === undefined) return over
  const elements: Record<string, ElementPatch> = { ...under.elements }
  for (const [element, patch] of Object.entries(over.elements ?? {}))
    elements[element] = { ...elements[element], ...patch }
  return { ...under, ...over, elements }
}
