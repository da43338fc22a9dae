import type { Loop, Position } from '../grammar/compiled.ts'
import type { CopiedSegment } from '../read/segment.ts'
import type { LoopNode, TreeNode } from './tree.ts'

interface OpenLoop {
  readonly loop: Loop
  readonly items: TreeNode[]
}

/** Puts matched segments into the loops that they belong to. */
export class TreeBuilder {
  readonly #root: LoopNode & { readonly items: TreeNode[] }
  readonly #open: OpenLoop[]

  constructor(root: Loop) {
    this.#root = { loop: root.id, at: root.index, items: [] }
    this.#open = [{ loop: root, items: this.#root.items }]
  }

  add(position: Position, segment: CopiedSegment): void {
    const { loop, isTrigger, tag, index } = position
    if (isTrigger) {
      this.#closeTo(loop.parent)
      const items: TreeNode[] = []
      this.#open.at(-1)?.items.push({ loop: loop.id, at: loop.index, items })
      this.#open.push({ loop, items })
    } else this.#closeTo(loop)
    this.#open.at(-1)?.items.push({ tag, at: index, elements: segment.elements })
  }

  get tree(): LoopNode {
    return this.#root
  }

  #closeTo(loop: Loop | undefined): void {
    while (this.#open.length > 1 && this.#open.at(-1)?.loop !== loop) this.#open.pop()
  }
}
