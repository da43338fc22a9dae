import { Reading } from './reading.ts'

const itemsMax = 10_000
const textMax = Number.MAX_SAFE_INTEGER
/** What goods are told apart by. */
const names: ReadonlySet<string> = new Set(['sku', 'gtin', 'lot', 'serial'])

/** An object that somebody sent, as ordinary JSON with lists as long as the contracts allow: the reader's objects have no prototype. Throws CONTENT_INVALID or TEXT_DOUBTFUL. */
export function plainObject(data: Reading): Readonly<Record<string, unknown>> {
  const { value } = data.object()
  return typeof value === 'object' && value !== null ? members(value, data.place) : {}
}

function plain(value: unknown, place: string): unknown {
  if (Array.isArray(value)) {
    if (value.length > itemsMax) throw new Reading(value, place).wrong(`at most ${itemsMax} items`)
    return value.map((item: unknown, index) => plain(item, `${place}[${index}]`))
  }
  return typeof value === 'object' && value !== null ? members(value, place) : value
}

function members(value: object, place: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, member(name, one, `${place}.${name}`)]))
}

/** Items by their names: `LAMP` with a blank behind it is no other item. */
function member(name: string, value: unknown, place: string): unknown {
  const found =
    typeof value === 'string' && names.has(name) ? new Reading(value, place).optionalName(textMax) : undefined
  return found ?? plain(value, place)
}
