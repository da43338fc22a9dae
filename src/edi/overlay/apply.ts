import { type CompiledSet, compileSet, type Patches } from '../grammar/compiled.ts'
import {
  type ElementSlot,
  isPlain,
  requiredMask,
  type SegmentRule,
  slotsOf,
  type ValueSlot,
} from '../grammar/segment.ts'
import { readSet } from '../grammar/set.ts'
import { setSource } from '../sets/find.ts'
import { mergeOverlays, OverlayConflict } from './merge.ts'
import type { ElementPatch, Overlay, PlacePatch } from './overlay.ts'

/**
 * The grammar of a set with a chain of overlays over it. Without overlays it is the base. Throws OverlayConflict for overlays that
 * contradict each other, are of different sets, or speak of what the set does not have.
 */
export function overlaidSet(overlays: readonly Overlay[]): CompiledSet {
  const [first] = overlays
  if (first === undefined) throw new OverlayConflict('a chain without overlays names no set')
  const foreign = overlays.find(({ set, version }) => set !== first.set || version !== first.version)
  if (foreign !== undefined)
    throw new OverlayConflict(
      `${first.name} is of ${first.set} ${first.version}, ${foreign.name} of ${foreign.set} ${foreign.version}`,
    )
  const source = setSource(first.set, first.version)
  if (source === undefined)
    throw new OverlayConflict(`${first.name}: there is no grammar of ${first.set} ${first.version}`)
  const places = mergeOverlays(overlays)
  const met = new Set<string>()
  const take = (path: string): PlacePatch | undefined => {
    const patch = places.get(path)
    if (patch !== undefined) met.add(path)
    return patch
  }
  const patches: Patches = {
    position(loopPath, tag, rule) {
      const patch = take(loopPath === '' ? tag : `${loopPath}/${tag}`)
      return patch === undefined ? undefined : { ...demandOf(patch), ...boundsOf(patch), rule: narrowed(rule, patch) }
    },
    loop(path) {
      const patch = path === '' ? undefined : take(path)
      if (patch === undefined) return undefined
      const { isForbidden: _, ...demand } = demandOf(patch)
      return { ...demand, ...boundsOf(patch) }
    },
  }
  const made = compileSet(readSet(source.table, first.version), source.dictionary, patches)
  const unmet = [...places.keys()].filter((path) => !met.has(path))
  if (unmet.length > 0) throw new OverlayConflict(`${first.set} ${first.version} has no ${unmet.join(', ')}`)
  return made
}

function demandOf({ use }: PlacePatch): { required?: 'partner' | 'none'; isForbidden?: true } {
  if (use === 'required') return { required: 'partner' }
  return use === 'forbidden' ? { required: 'none', isForbidden: true } : {}
}

function boundsOf({ min, max }: PlacePatch): { min?: number; max?: number } {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

function narrowed(rule: SegmentRule, { elements = {} }: PlacePatch): SegmentRule {
  const slots = [...rule.elements]
  for (const [position, patch] of Object.entries(elements)) {
    const [element = 0, component] = position.split('.').map(Number)
    const slot = slots[element - 1]
    const value = slot?.components[(component ?? 1) - 1]
    if (slot === undefined || value === undefined || (component !== undefined && !slot.isComposite))
      throw new OverlayConflict(`${rule.tag} has no element ${position} that is known`)
    slots[element - 1] = component === undefined ? narrowElement(slot, patch) : narrowComponent(slot, component, patch)
  }
  return { ...rule, ...slotsOf(slots) }
}

function narrowElement(slot: ElementSlot, patch: ElementPatch): ElementSlot {
  const [first, ...others] = slot.components
  return {
    ...slot,
    ...demandOfElement(patch),
    // What is said of an element without components is said of its value.
    components:
      first === undefined || slot.isComposite
        ? slot.components
        : [narrowValue(first, { ...patch, use: undefined }), ...others],
  }
}

function narrowComponent(slot: ElementSlot, component: number, patch: ElementPatch): ElementSlot {
  const components = slot.components.map((value, at) => (at === component - 1 ? narrowValue(value, patch) : value))
  return { ...slot, components, requiredComponents: requiredMask(components) }
}

function narrowValue(
  value: ValueSlot,
  patch: Omit<ElementPatch, 'use'> & { use?: ElementPatch['use'] | undefined },
): ValueSlot {
  const { use, codes, pattern, min, max } = patch
  const made = {
    ...value,
    ...demandOfElement(use === undefined ? {} : { use }),
    ...(codes === undefined ? {} : { codes: new Set(codes) }),
    ...(pattern === undefined ? {} : { pattern: new RegExp(`^(?:${pattern})$`, 'u') }),
    ...(min === undefined && max === undefined
      ? {}
      : { rule: { ...value.rule, min: min ?? value.rule.min, max: max ?? value.rule.max } }),
  }
  return { ...made, isPlain: isPlain(made) }
}

function demandOfElement({ use }: ElementPatch): { required?: 'partner' | 'none'; isForbidden?: true } {
  if (use === 'required') return { required: 'partner' }
  return use === 'forbidden' ? { required: 'none', isForbidden: true } : {}
}
