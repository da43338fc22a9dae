import { type LoopNode, segmentOf, textAt } from './tree.ts'

/** A level of an HL or CPS tree: its loop and the levels under it. */
export interface Level {
  readonly id: string
  readonly parent: string
  /** HL03, 7075: S, O, T, P, I … */
  readonly code: string
  readonly loop: LoopNode
  readonly children: readonly Level[]
}

/**
 * Arranges loops that name their parent. A level whose parent is missing, comes later, or is itself stands at the top, so that
 * nothing is lost; the verdicts of L5 say what is wrong.
 */
export function levelsOf(loops: readonly LoopNode[], kind: 'HL' | 'CPS'): Level[] {
  const top: Level[] = []
  const known = new Map<string, { readonly children: Level[] }>()
  for (const loop of loops) {
    const segment = segmentOf(loop, kind)
    const id = textAt(segment, 1)
    const parent = textAt(segment, 2)
    const level = { id, parent, code: textAt(segment, 3), loop, children: [] as Level[] }
    const above = parent === '' || parent === id ? undefined : known.get(parent)
    ;(above?.children ?? top).push(level)
    known.set(id, level)
  }
  return top
}
