import type { ElementRule } from './element.ts'
import { type Lengths, lengthsOf } from './lengths.ts'
import { type Relation, readRelation } from './relation.ts'

/** Who asks for a value: nobody, the standard, or the partner's overlay. */
export type Demand = 'none' | 'standard' | 'partner'

/** One value of a segment or of a composite. */
export interface ValueSlot {
  readonly rule: ElementRule
  readonly required: Demand
  /** The partner does not use it. */
  readonly isForbidden?: true
  /** What the partner's overlay narrows the value to. */
  readonly codes?: ReadonlySet<string>
  readonly pattern?: RegExp
  /** Nothing but its length can be wrong: most values. */
  readonly isPlain: boolean
}

/** One element of a segment: a simple value, or components. */
export interface ElementSlot {
  /** Number of the element or of the composite. */
  readonly id: string
  readonly required: Demand
  readonly repeat: number
  /** One for a simple element. */
  readonly components: readonly ValueSlot[]
  readonly isComposite: boolean
  /** Components that somebody asks for, as bits. */
  readonly requiredComponents: number
  readonly relations: readonly Relation[]
  readonly isForbidden?: true
}

/** A segment as its directory has it, with what checks need to know of that at once. */
export interface SegmentRule {
  readonly tag: string
  readonly elements: readonly ElementSlot[]
  readonly relations: readonly Relation[]
  /** Elements that somebody asks for, as bits: element n is bit n-1. */
  readonly requiredMask: number
  /** Written `?`: there are more elements than we know facts of; they are taken as they come. */
  readonly isOpen: boolean
  readonly lengths: Lengths
}

/** Elements, composites and segments of one version. */
export interface Dictionary {
  readonly version: string
  readonly elements: ReadonlyMap<string, ElementRule>
  readonly segments: ReadonlyMap<string, SegmentRule>
}

/** The tables that a dictionary is read from; a version names the one it differs from and writes only what differs. */
export interface DictionaryTables {
  readonly version: string
  readonly elements: ReadonlyMap<string, ElementRule>
  readonly codes?: Readonly<Record<string, string>>
  readonly composites: string
  readonly segments: string
}

/**
 * Lines of a tag and its elements: `!` mandatory, `*3` up to three repetitions, `?` more elements that we know nothing of, relational
 * notes after `|`. A number that has a line among the composites is one. Later tables replace what earlier ones say.
 */
export function defineDictionary(...tables: readonly DictionaryTables[]): Dictionary {
  const elements = new Map(tables.flatMap((table) => [...table.elements]))
  for (const [id, codes] of tables.flatMap((table) => Object.entries(table.codes ?? {}))) {
    const rule = elements.get(id)
    if (rule === undefined) throw new TypeError(`codes of an element that is not there: ${id}`)
    elements.set(id, { ...rule, codes: new Set(codes.trim().split(/\s+/)) })
  }
  const valueOf = (item: string): ValueSlot => {
    const rule = elements.get(idOf(item))
    if (rule === undefined) throw new TypeError(`no element ${item}`)
    return { rule, required: item.endsWith('!') ? 'standard' : 'none', isPlain: isPlain({ rule }) }
  }
  const composites = new Map(
    tables.flatMap((table) => readLines(table.composites)).map((line) => [line.tag, line] as const),
  )
  const slotOf = (item: string): ElementSlot => {
    const id = idOf(item)
    const required = item.includes('!') ? 'standard' : 'none'
    const repeat = Number(/\*(\d+)$/.exec(item)?.[1] ?? 1)
    const composite = composites.get(id)
    if (composite === undefined)
      return {
        id,
        required,
        repeat,
        components: [valueOf(id)],
        isComposite: false,
        requiredComponents: 0,
        relations: [],
      }
    const { items, relations } = composite
    const components = items.map(valueOf)
    const requiredComponents = requiredMask(components)
    return { id, required, repeat, components, isComposite: true, requiredComponents, relations }
  }
  const segments = new Map(
    tables
      .flatMap((table) => readLines(table.segments))
      .map(({ tag, items, relations }) => {
        const known = items.filter((item) => item !== '?')
        const slots = known.map(slotOf)
        const isOpen = known.length < items.length
        return [tag, { tag, relations, isOpen, ...slotsOf(slots) }] as const
      }),
  )
  return { version: tables.at(-1)?.version ?? '', elements, segments }
}

/** Whether only the length of a value is to be looked at. */
export function isPlain({ rule, codes, pattern, isForbidden }: Omit<ValueSlot, 'required' | 'isPlain'>): boolean {
  const isText = rule.kind === 'text' || rule.kind === 'code' || rule.kind === 'binary'
  return isText && rule.codes === undefined && codes === undefined && pattern === undefined && isForbidden !== true
}

/** The elements of a segment with what is computed from them. */
export function slotsOf(elements: readonly ElementSlot[]): Pick<SegmentRule, 'elements' | 'requiredMask' | 'lengths'> {
  return { elements, requiredMask: requiredMask(elements), lengths: lengthsOf(elements) }
}

/** Bits of the elements or components that are asked for. */
export function requiredMask(slots: readonly Pick<ElementSlot, 'required'>[]): number {
  return slots.reduce((mask, { required }, index) => (required === 'none' ? mask : mask | (1 << index)), 0)
}

interface Line {
  readonly tag: string
  readonly items: readonly string[]
  readonly relations: readonly Relation[]
}

function readLines(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [left = '', right = ''] = line.split('|')
      const [tag = '', ...items] = left.trim().split(/\s+/)
      return { tag, items, relations: right.trim() === '' ? [] : right.trim().split(/\s+/).map(readRelation) }
    })
}

function idOf(item: string): string {
  return item.replace(/!?(\*\d+)?$/, '')
}
