import type { CopiedSegment } from '../read/segment.ts'

/** A segment in its place: `at` is the index of its position in the grammar. */
export interface SegmentNode {
  readonly tag: string
  readonly at: number
  /** Elements of repetitions of components. */
  readonly elements: CopiedSegment['elements']
}

/** An instance of a loop with what is in it, in the order of the file. The set itself is the loop without a name. */
export interface LoopNode {
  readonly loop: string
  readonly at: number
  readonly items: readonly TreeNode[]
}

/** A segment or a loop. */
export type TreeNode = SegmentNode | LoopNode

/** Tells the two kinds of nodes apart. */
export function isLoop(node: TreeNode): node is LoopNode {
  return (node as Partial<LoopNode>).loop !== undefined
}

/** The text of one value; empty where there is none. Counts from 1. */
export function textAt(node: SegmentNode | undefined, element: number, component = 1, repetition = 1): string {
  return node?.elements[element - 1]?.[repetition - 1]?.[component - 1] ?? ''
}

/** The first segment of a tag. */
export function segmentOf(loop: LoopNode | undefined, tag: string): SegmentNode | undefined {
  return loop?.items.find((item) => !isLoop(item) && item.tag === tag) as SegmentNode | undefined
}
