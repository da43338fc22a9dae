import { type Segment, textOf } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'

/** Remembers an element of the segment at hand; what is wrong with it is told now or later. */
export type MarkElement = (element: number, value: string) => (code: VerdictCode) => void

interface Seen {
  hasChildren: boolean
  readonly flag: string
  readonly tell: (code: VerdictCode) => void
}

/** L5 for levels that name their parent (HL, CPS): parents exist and come first, numbers are unique, HL04 tells the truth. */
export class LevelCheck {
  readonly #kind: 'HL' | 'CPS'
  readonly #seen = new Map<string, Seen>()
  /** Children that named a parent before it came. */
  readonly #awaited = new Map<string, ((code: VerdictCode) => void)[]>()

  constructor(kind: 'HL' | 'CPS') {
    this.#kind = kind
  }

  accept(segment: Segment, mark: MarkElement): void {
    const id = textOf(segment, 1)
    const parent = textOf(segment, 2)
    if (this.#seen.has(id)) mark(1, id)('tree.duplicate')
    for (const tell of this.#awaited.get(id) ?? []) tell('tree.forward')
    this.#awaited.delete(id)
    if (parent !== '') this.#attach(id, parent, mark)
    const flag = this.#kind === 'HL' ? textOf(segment, 4) : ''
    this.#seen.set(id, { hasChildren: false, flag, tell: mark(4, flag) })
  }

  end(): void {
    for (const waiting of this.#awaited.values()) for (const tell of waiting) tell('tree.parent_missing')
    for (const { flag, hasChildren, tell } of this.#seen.values())
      if ((flag === '0' && hasChildren) || (flag === '1' && !hasChildren)) tell('tree.child_flag_wrong')
  }

  #attach(id: string, parent: string, mark: MarkElement): void {
    const tell = mark(2, parent)
    if (parent === id) {
      tell('tree.cycle')
      return
    }
    const above = this.#seen.get(parent)
    if (above !== undefined) above.hasChildren = true
    else this.#awaited.set(parent, [...(this.#awaited.get(parent) ?? []), tell])
  }
}
