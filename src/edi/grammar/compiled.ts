import { packText } from '../bytes/text.ts'
import type { Demand, Dictionary, SegmentRule } from './segment.ts'
import type { Discriminator, LoopItem, SetDefinition, SetItem } from './set.ts'

/** A place in a set where a segment may stand. Positions are numbered in the order of the table, loops flattened. */
export interface Position {
  readonly index: number
  readonly tag: string
  readonly packed: number
  readonly required: Demand
  readonly max: number
  /** Innermost loop. */
  readonly loop: Loop
  readonly isTrigger: boolean
  readonly rule: SegmentRule
  readonly when?: Discriminator
  readonly isForbidden?: true
  /** Fewer than this is against the partner's wish. */
  readonly min?: number
}

/** A loop with the range of positions inside; the outermost one is the set itself. */
export interface Loop {
  readonly index: number
  readonly id: string
  /** Identifiers from the outside in, joined with `/`. */
  readonly path: string
  readonly start: number
  readonly end: number
  /** Index after the last loop inside: loops are numbered as they nest. */
  readonly loopEnd: number
  readonly depth: number
  readonly required: Demand
  readonly max: number
  readonly parent: Loop | undefined
  readonly min?: number
}

/** A set of one version, flat, as the matcher uses it. */
export interface CompiledSet {
  readonly identifier: string
  readonly functionalIdentifier: string
  readonly version: string
  /** Another version that a partner wants read by it. */
  readonly agreedFor?: string
  readonly dictionary: Dictionary
  readonly positions: readonly Position[]
  readonly loops: readonly Loop[]
  readonly tags: ReadonlySet<string>
}

/** What an overlay adds to a position or loop; found by the path of the loop and the tag. */
export type PositionPatch = Partial<Pick<Position, 'required' | 'max' | 'isForbidden' | 'min' | 'rule'>>
/** Where an overlay speaks up while a set is compiled. */
export interface Patches {
  position(path: string, tag: string, rule: SegmentRule): PositionPatch | undefined
  loop(path: string): Partial<Pick<Loop, 'required' | 'max' | 'min'>> | undefined
}

/** Numbers positions and loops, and gives every position the rule of its segment. */
export function compileSet(definition: SetDefinition, dictionary: Dictionary, patches?: Patches): CompiledSet {
  const positions: Position[] = []
  const loops: Loop[] = []
  const add = (item: SetItem, loop: Loop, isTrigger: boolean, loopWhen?: Discriminator): void => {
    if ('loop' in item) {
      addLoop(item, loop)
      return
    }
    const rule = dictionary.segments.get(item.tag)
    if (rule === undefined)
      throw new TypeError(`${definition.identifier} ${definition.version}: no segment ${item.tag}`)
    const when = loopWhen ?? item.when
    positions.push({
      index: positions.length,
      tag: item.tag,
      packed: packText(item.tag),
      required: item.required ? 'standard' : 'none',
      max: isTrigger ? 1 : item.max,
      loop,
      isTrigger,
      rule,
      ...(when === undefined ? {} : { when }),
      ...patches?.position(loop.path, item.tag, rule),
    })
  }
  const addLoop = (item: LoopItem, parent: Loop | undefined): void => {
    const path = parent === undefined || parent.path === '' ? item.loop : `${parent.path}/${item.loop}`
    const loop: Loop & { end: number; loopEnd: number } = {
      index: loops.length,
      id: item.loop,
      path,
      start: positions.length,
      end: 0,
      loopEnd: 0,
      depth: parent === undefined ? 0 : parent.depth + 1,
      required: item.required ? 'standard' : 'none',
      max: item.max,
      parent,
      ...patches?.loop(path),
    }
    loops.push(loop)
    for (const [index, inside] of item.items.entries())
      add(inside, loop, index === 0 && parent !== undefined, index === 0 ? item.when : undefined)
    loop.end = positions.length
    loop.loopEnd = loops.length
  }
  addLoop({ loop: '', required: true, max: 1, items: definition.items }, undefined)
  const { identifier, functionalIdentifier, version } = definition
  const tags = new Set(positions.map(({ tag }) => tag))
  return { identifier, functionalIdentifier, version, dictionary, positions, loops, tags }
}
