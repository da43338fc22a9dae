import type { CompiledSet, Loop, Position } from '../../src/edi/grammar/compiled.ts'
import type { ElementRule } from '../../src/edi/grammar/element.ts'
import { brokenBy, type Relation } from '../../src/edi/grammar/relation.ts'
import type { ElementSlot, SegmentRule } from '../../src/edi/grammar/segment.ts'
import { Automaton } from '../../src/edi/grammar/transition.ts'
import type { LoopNode, SegmentNode, TreeNode } from '../../src/edi/tree/tree.ts'

/** A number from 0 to below the limit. */
export type Pick = (limit: number) => number

/** A stream of numbers that depends on its seed alone. */
export function picker(seed: number): Pick {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/**
 * A tree that keeps the grammar. Optional segments that would be read at another place, because the same tag may stand there too,
 * are left out; mandatory ones are not: a grammar that cannot tell its own mandatory segments apart is wrong.
 */
export function makeTree(set: CompiledSet, pick: Pick): LoopNode {
  const automaton = new Automaton(set)
  let at = -1
  const fits = (position: Position): boolean =>
    automaton.ways(at, position.packed).candidates[0]?.target === position &&
    automaton.ways(at, position.packed).candidates[0]?.missing.length === 0
  const instance = (loop: Loop): LoopNode => {
    const items: TreeNode[] = []
    for (const position of set.positions.slice(loop.start, loop.end)) {
      if (position.loop === loop) segments(position, items)
      else if (position.isTrigger && position.loop.parent === loop) {
        const wanted = times(position.loop.required !== 'none', position.loop.max, pick)
        for (let count = 0; count < wanted; count++)
          if (position.loop.required !== 'none' || fits(position)) items.push(instance(position.loop))
      }
    }
    return { loop: loop.id, at: loop.index, items }
  }
  const segments = (position: Position, items: TreeNode[]): void => {
    const isNeeded = position.isTrigger || position.required !== 'none'
    const wanted = position.isTrigger ? 1 : times(isNeeded, position.max, pick)
    for (let count = 0; count < wanted; count++) {
      if (!position.isTrigger && !(isNeeded && count === 0) && !fits(position)) continue
      at = position.index
      items.push(makeSegment(position, pick))
    }
  }
  const [root] = set.loops
  if (root === undefined) throw new Error('a set without a root')
  return instance(root)
}

function times(isNeeded: boolean, max: number, pick: Pick): number {
  const most = Math.min(max, 3)
  return isNeeded ? 1 + pick(most) : pick(3) === 0 ? pick(most) + 1 : 0
}

function makeSegment({ rule, index }: Position, pick: Pick): SegmentNode {
  const present = presence(rule, pick)
  const elements = rule.elements.map((slot, at) => ((present & (1 << at)) === 0 ? [['']] : [makeElement(slot, pick)]))
  if (elements.length === 0) elements.push([['A']])
  return { tag: rule.tag, at: index, elements: trimmedEnd(elements) }
}

function makeElement(slot: ElementSlot, pick: Pick): string[] {
  if (!slot.isComposite) return slot.components.map(({ rule }) => makeValue(rule, pick))
  const needed = bits(slot.components.map(({ required }) => required !== 'none'))
  const filled = settled(needed | 1 | pick(2 ** Math.min(slot.components.length, 20)), needed, slot.relations)
  const values = slot.components.map(({ rule }, at) => ((filled & (1 << at)) === 0 ? '' : makeValue(rule, pick)))
  while (values.at(-1) === '') values.pop()
  return values
}

/** Mandatory elements, some others, and what the relational notes make of them. */
function presence(rule: SegmentRule, pick: Pick): number {
  const needed = bits(rule.elements.map(({ required }) => required !== 'none'))
  const some = pick(2 ** Math.min(rule.elements.length, 30))
  return settled(needed | some | (needed === 0 ? 1 : 0), needed, rule.relations)
}

/** Takes away what is excluded and adds what is asked for, until all notes hold. */
export function settled(from: number, needed: number, relations: readonly Relation[]): number {
  let present = from
  for (let round = 0; round < 60; round++) {
    const broken = relations
      .map((relation) => ({ relation, found: brokenBy(relation, present) }))
      .find((one) => one.found)
    if (broken?.found === undefined) return present
    const { relation, found } = broken
    const isNeeded = (part: number): boolean => (needed & (1 << (part - 1))) !== 0
    // Exclusions go first; an asked-for part that is excluded elsewhere takes those that ask for it away.
    const removable = relation.parts.filter((part) => !isNeeded(part))
    if (found.code === 'element.excluded' || (round > 30 && removable.length > 0))
      for (const part of found.code === 'element.excluded' ? [found.part] : removable) present &= ~(1 << (part - 1))
    else present |= 1 << (found.part - 1)
  }
  throw new Error(`no presence keeps ${JSON.stringify(relations)}`)
}

function bits(flags: readonly boolean[]): number {
  return flags.reduce((sum, flag, at) => (flag ? sum | (1 << at) : sum), 0)
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A value of the element's type, of a length between its bounds. */
export function makeValue({ kind, min, max, codes }: ElementRule, pick: Pick): string {
  if (codes !== undefined) return [...codes][pick(codes.size)] ?? ''
  const length = min + pick(Math.min(max, 12, min + 12) - min + 1)
  const repeat = (characters: string): string =>
    Array.from({ length }, () => characters[pick(characters.length)]).join('')
  switch (kind) {
    case 'date':
      return `${min === 6 ? '' : '20'}${24 + pick(6)}${two(1 + pick(12))}${two(1 + pick(28))}`
    case 'time':
      return `${two(pick(24))}${two(pick(60))}`
    case 'integer':
      return `${1 + pick(9)}${repeat('0123456789').slice(1)}`
    case 'decimal':
    case 'number':
      return length > 2 && min === 1 ? `${1 + pick(9)}.${repeat('0123456789').slice(2)}` : repeat('123456789')
    case 'text':
    case 'code':
    case 'letters':
    case 'binary':
      return repeat(letters)
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function trimmedEnd(elements: string[][][]): string[][][] {
  while (elements.length > 0 && elements.at(-1)?.every((one) => one.every((text) => text === ''))) elements.pop()
  return elements
}
