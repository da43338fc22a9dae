/** A set of one version as it is written down: segments and loops in order. */
export interface SetDefinition {
  /** `214`, `IFTSTA`. */
  readonly identifier: string
  /** GS01 of the groups that hold it; empty in EDIFACT. */
  readonly functionalIdentifier: string
  readonly version: string
  readonly items: readonly SetItem[]
}

/** A line of the table. */
export type SetItem = SegmentItem | LoopItem

/** Qualifier that tells look-alike positions apart: `N1` with `ST` in its first element. */
export interface Discriminator {
  readonly element: number
  readonly component: number
  readonly codes: readonly string[]
}

/** A segment, how often it may come, and whether it must. */
export interface SegmentItem {
  readonly tag: string
  readonly required: boolean
  readonly max: number
  readonly when?: Discriminator
}

/** Its first item is a segment, the trigger: where it stands, an instance of the loop begins. */
export interface LoopItem {
  readonly loop: string
  readonly required: boolean
  readonly max: number
  readonly items: readonly SetItem[]
  readonly when?: Discriminator
}

/** What a file of a set exports: one table for all versions. */
export interface SetTable {
  readonly identifier: string
  readonly functionalIdentifier: string
  /** In one short sentence, for the reference pages. */
  readonly about: string
  readonly versions: readonly string[]
  readonly table: string
}

/**
 * Reads a table: a line per segment (`L11 O 300`) or loop (`[0100] O 10`), indented by two blanks per loop. `(1=ST,SF)` after the
 * maximum tells look-alikes apart. `>=005010` and `<005010` at the end say which versions have the line; a loop takes what is in it along.
 */
export function readSet(
  { identifier, functionalIdentifier, versions, table }: SetTable,
  version: string,
): SetDefinition {
  const at = versions.indexOf(version)
  const lines = table.split('\n').filter((line) => line.trim() !== '')
  const margin = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  const rows = lines.map((line) => readRow(line, margin)).filter(isIn(versions, at))
  const [items, rest] = nest(rows, 0, 0)
  if (rest !== rows.length) throw new TypeError(`${identifier}: line ${rest + 1} is indented wrongly`)
  return { identifier, functionalIdentifier, version, items }
}

interface Row {
  readonly depth: number
  readonly name: string
  readonly isLoop: boolean
  readonly required: boolean
  readonly max: number
  readonly when?: Discriminator
  readonly from?: string
  readonly before?: string
}

function readRow(line: string, margin: number): Row {
  const match =
    /^( *)(\[[\w ]+\]|[A-Z][A-Z0-9]{1,2}) ([MO]) (\d+)(?: \((\d+)(?:\.(\d+))?=([\w,]+)\))?(?: (>=|<)([\w.]+))?$/.exec(
      line.trimEnd(),
    )
  if (match === null) throw new TypeError(`no line of a set: ${line}`)
  const [, indent = '', name = '', usage, max, element, component, codes = '', sign, bound] = match
  const when = { element: Number(element), component: Number(component ?? 1), codes: codes.split(',') }
  return {
    depth: (indent.length - margin) / 2,
    name: name.replace(/[[\]]/g, ''),
    isLoop: name.startsWith('['),
    required: usage === 'M',
    max: Number(max),
    ...(element === undefined ? {} : { when }),
    ...(bound === undefined ? {} : sign === '<' ? { before: bound } : { from: bound }),
  }
}

/** Drops the rows that the version does not have, and what stands in the loops among them. */
function isIn(versions: readonly string[], at: number): (row: Row) => boolean {
  let dropped = Number.POSITIVE_INFINITY
  return ({ depth, isLoop, from, before }) => {
    if (depth > dropped) return false
    dropped = Number.POSITIVE_INFINITY
    const isHere =
      (from === undefined || at >= versions.indexOf(from)) && (before === undefined || at < versions.indexOf(before))
    if (!isHere && isLoop) dropped = depth
    return isHere
  }
}

function nest(rows: readonly Row[], from: number, depth: number): [SetItem[], number] {
  const items: SetItem[] = []
  let at = from
  while (at < rows.length) {
    const row = rows[at]
    if (row === undefined || row.depth !== depth) break
    const { name, isLoop, required, max, when } = row
    const qualified = when === undefined ? {} : { when }
    if (isLoop) {
      const [inside, next] = nest(rows, at + 1, depth + 1)
      items.push({ loop: name, required, max, items: inside, ...qualified })
      at = next
    } else {
      items.push({ tag: name, required, max, ...qualified })
      at++
    }
  }
  return [items, at]
}
