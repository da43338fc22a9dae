import type { TSchema } from 'typebox'
import { type MasterKindName, masterKinds } from './master-kinds.ts'

/**
 * A row of a table as a row of master data. A column is named like the member; `address.city` is a member of a member; conversions stand
 * in one cell as `XCS=12 XPX=480 XZ=1/3`. An empty cell says nothing.
 */
export function rowOfCells(
  kind: MasterKindName,
  header: readonly string[],
  cells: readonly string[],
): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {}
  const { properties } = masterKinds[kind].schema
  header.forEach((column, index) => {
    const cell = cells[index] ?? ''
    if (column === '' || cell === '') return
    const [name = '', ...path] = column.split('.')
    const schema = properties[name]
    if (path.length === 0) row[name] = valueOf(name, cell, schema)
    else row[name] = put(row[name], path, cell)
  })
  return row
}

/** The same row as cells, for those columns. */
export function cellsOfRow(row: Readonly<Record<string, unknown>>, header: readonly string[]): readonly string[] {
  return header.map((column) => {
    const value = column.split('.').reduce<unknown>((of, name) => memberOf(of, name), row)
    if (value === undefined || value === null) return ''
    if (column === 'uomConversions') return conversionsText(value)
    if (Array.isArray(value))
      return value.every((one) => typeof one === 'string') ? value.join(' ') : JSON.stringify(value)
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
  })
}

/** Columns that hold all of the rows of a kind. */
export function columnsOf(kind: MasterKindName): readonly string[] {
  return Object.keys(masterKinds[kind].schema.properties)
}

function valueOf(name: string, cell: string, schema: TSchema | undefined): unknown {
  if (name === 'uomConversions') return conversions(cell)
  const type: unknown = memberOf(schema, 'type')
  if (type === 'integer' && /^\d{1,15}$/.test(cell)) return Number(cell)
  if (type === 'boolean' && /^(true|false)$/.test(cell)) return cell === 'true'
  if (/^[[{]/.test(cell)) return parsed(cell)
  return type === 'array' ? cell.split(' ').filter((one) => one !== '') : cell
}

/** What cannot be read stays as it is, and is refused with its place. */
function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return cell
  }
}

function conversions(cell: string): unknown {
  if (cell.startsWith('[')) return parsed(cell)
  return cell
    .split(/[\s;]+/)
    .filter((one) => one !== '')
    .map((one) => {
      const [, uom = one, numerator = '', denominator = '1'] = /^([^=]+)=([^/]+)(?:\/(.+))?$/.exec(one) ?? []
      return { uom, numerator, denominator }
    })
}

function conversionsText(value: unknown): string {
  const list = value as readonly Readonly<Record<string, unknown>>[]
  const isPlain = list.every((one) =>
    Object.keys(one).every((name) => ['uom', 'numerator', 'denominator'].includes(name)),
  )
  if (!isPlain) return JSON.stringify(list)
  return list
    .map(({ uom, numerator, denominator }) => {
      const share = denominator === '1' ? '' : `/${String(denominator)}`
      return `${String(uom)}=${String(numerator)}${share}`
    })
    .join(' ')
}

function put(into: unknown, [name = '', ...rest]: readonly string[], cell: string): Readonly<Record<string, unknown>> {
  const members = typeof into === 'object' && into !== null ? { ...into } : {}
  return { ...members, [name]: rest.length === 0 ? cell : put(memberOf(members, name), rest, cell) }
}

function memberOf(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined
}
