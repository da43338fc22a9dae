import fc from 'fast-check'

/** A text that no error may repeat: what a partner wrote does not belong into logs. */
export const canary = 'do-not-repeat-me'

/** Which of its members, counted around, and what stands there instead. */
export interface Damage {
  readonly at: number
  readonly value: unknown
}

/** Any damage: values that a partner may send by mistake or on purpose. */
export const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat({ max: 10_000 }),
  value: fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      '',
      canary,
      `${canary} `.repeat(1000),
      '\u0000',
      '\ud800',
      -1,
      1e21,
      true,
      false,
      [],
      {},
    ),
    fc.constantFrom<unknown>(
      [[[]]],
      { object: {} },
      [canary],
      { id: canary },
      '2026-13-45T99:99:99Z',
      '__proto__',
      'toString',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
})

/** The document with one member, anywhere in it, replaced or gone. */
export function harm(document: unknown, { at, value }: Damage): unknown {
  const paths = pathsOf(document)
  return replaced(document, paths[at % paths.length] ?? [], value)
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [[], ...Object.entries(value).flatMap(([key, member]) => pathsOf(member).map((path) => [key, ...path]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item))
  const entries = Object.entries(value as object).map(([name, member]): [string, unknown] => [
    name,
    name === key ? replaced(member, rest, by) : member,
  ])
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined))
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Readonly<Record<string, unknown>>)[key], value)
}

/** Where its lists with something in them are. */
export function listsOf(document: unknown): readonly (readonly string[])[] {
  if (document === undefined) return []
  return pathsOf(document).filter((path) => {
    const list = at(document, path)
    return Array.isArray(list) && list.length > 0
  })
}

/** The document with the first item of a list, and that many of it. */
export function lengthened(document: unknown, path: readonly string[], items: number): unknown {
  const [item] = at(document, path) as unknown[]
  return replaced(
    document,
    path,
    Array.from({ length: items }, () => item),
  )
}

/** The document with all of its lists from the end to the beginning. */
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).toReversed()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reversed(member)]))
}
