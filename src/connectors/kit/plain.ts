import { Reading } from './reading.ts'

const itemsMax = 10_000

/** An object that somebody sent, as ordinary JSON with lists as long as the contracts allow: the reader's objects have no prototype. Throws CONTENT_INVALID. */
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
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one, `${place}.${name}`)]))
}
