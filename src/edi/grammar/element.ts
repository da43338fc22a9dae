/** What a value may be made of. X12: AN ID N R DT TM B; EDIFACT: an a n. */
export type ElementKind = 'text' | 'code' | 'letters' | 'integer' | 'decimal' | 'number' | 'date' | 'time' | 'binary'

/** A data element of a directory: its number, type and length. Structure facts only. */
export interface ElementRule {
  readonly id: string
  readonly kind: ElementKind
  readonly min: number
  readonly max: number
  /** Implied decimals of X12 `N2` and the like. */
  readonly decimals: number
  /** Only where the list is complete: a part of one would call good codes unknown. */
  readonly codes?: ReadonlySet<string>
}

const x12Kinds: Readonly<Record<string, ElementKind>> = {
  AN: 'text',
  ID: 'code',
  R: 'decimal',
  DT: 'date',
  TM: 'time',
  B: 'binary',
}
const edifactKinds: Readonly<Record<string, ElementKind>> = { an: 'text', a: 'letters', n: 'number' }

/**
 * Reads a directory of elements: entries of number and type, separated by commas or line ends. X12 writes `127 AN1-30`, EDIFACT
 * `1154 an..35`. A later entry replaces an earlier one, so that a version is a few entries after those of the one before.
 */
export function readElements(text: string): ReadonlyMap<string, ElementRule> {
  const found = new Map<string, ElementRule>()
  for (const entry of text.split(/[,\n]/)) {
    const [id, type, ...rest] = entry.trim().split(/\s+/)
    if (id === undefined || id === '') continue
    const rule = type === undefined || rest.length > 0 ? undefined : (x12Element(id, type) ?? edifactElement(id, type))
    if (rule === undefined) throw new TypeError(`no element: ${entry.trim()}`)
    found.set(id, rule)
  }
  return found
}

function x12Element(id: string, type: string): ElementRule | undefined {
  const match = /^(AN|ID|R|DT|TM|B|N(\d))(\d+)-(\d+)$/.exec(type)
  if (match === null) return undefined
  const [, name = '', decimals, min, max] = match
  return { id, kind: x12Kinds[name] ?? 'integer', min: Number(min), max: Number(max), decimals: Number(decimals ?? 0) }
}

function edifactElement(id: string, type: string): ElementRule | undefined {
  const match = /^(an|a|n)(\.\.)?(\d+)$/.exec(type)
  if (match === null) return undefined
  const [, name = '', range, length] = match
  return {
    id,
    kind: edifactKinds[name] ?? 'text',
    min: range === undefined ? Number(length) : 1,
    max: Number(length),
    decimals: 0,
  }
}
