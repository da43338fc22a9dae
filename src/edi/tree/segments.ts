import type { CompiledSet, Loop, Position } from '../grammar/compiled.ts'
import type { WrittenSegment } from '../write/written.ts'
import { isLoop, type LoopNode, type SegmentNode, type TreeNode } from './tree.ts'

/** A segment for the byte writer: trailing empty elements and components are gone. */
export interface PlacedSegment extends WrittenSegment {
  readonly elements: SegmentNode['elements']
}

/**
 * The segments of a tree in the order of the grammar, whatever order the tree has them in; items of one place keep theirs. Throws
 * for what the grammar has no place for: a tree that cannot be written is a fault of the map that made it.
 */
export function segmentsOfTree(set: CompiledSet, tree: LoopNode): PlacedSegment[] {
  const written: PlacedSegment[] = []
  const write = (node: LoopNode, loop: Loop): void => {
    const placed = node.items.map((item) => ({ item, start: startOf(set, loop, item) }))
    for (const { item, start } of placed.toSorted((a, b) => a.start - b.start)) {
      if (!isLoop(item)) written.push({ tag: item.tag, elements: trimmed(item.elements) })
      else {
        const inner = set.loops.find(({ parent, id, start: at }) => parent === loop && id === item.loop && at === start)
        if (inner !== undefined) write(item, inner)
      }
    }
  }
  const [root] = set.loops
  if (root !== undefined) write(tree, root)
  return written
}

/** Where an item stands in its loop. A node without a place (`at` -1) takes the first one that has room by name. */
function startOf(set: CompiledSet, loop: Loop, item: TreeNode): number {
  if (isLoop(item)) {
    const inner =
      item.at >= 0 ? set.loops[item.at] : set.loops.find(({ parent, id }) => parent === loop && id === item.loop)
    if (inner?.parent !== loop) throw noPlace(set, loop, item.loop)
    return inner.start
  }
  const position: Position | undefined =
    item.at >= 0
      ? set.positions[item.at]
      : set.positions.find((one) => one.loop === loop && one.tag === item.tag && one.isForbidden !== true)
  if (position?.loop !== loop || position.tag !== item.tag) throw noPlace(set, loop, item.tag)
  return position.index
}

function noPlace(set: CompiledSet, loop: Loop, name: string): TypeError {
  return new TypeError(
    `${set.identifier} ${set.version}: no place for ${name} in ${loop.path === '' ? 'the set' : loop.path}`,
  )
}

function trimmed(elements: SegmentNode['elements']): SegmentNode['elements'] {
  const parts = elements.map((repetitions) =>
    withoutEmptyEnd(
      repetitions.map((components) => withoutEmptyEnd(components, (text) => text === '')),
      (components) => components.length === 0,
    ),
  )
  return withoutEmptyEnd(parts, (repetitions) => repetitions.length === 0)
}

function withoutEmptyEnd<T>(list: readonly T[], isEmpty: (one: T) => boolean): readonly T[] {
  let end = list.length
  while (end > 0 && isEmpty(list[end - 1] as T)) end--
  return list.slice(0, end)
}
