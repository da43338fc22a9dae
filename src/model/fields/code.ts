import { Type } from 'typebox'

/** Codes with what each of them means. Open: a value that is not in it is kept, shown, and never guessed into one that is. */
export interface CodeList<C extends string = string> {
  /** snake_case, the same wherever the list is used. */
  readonly name: string
  readonly values: Readonly<Record<C, string>>
}

/**
 * A code of an open list. The schema names the known values with their meanings, and takes any other text; the type is text too, and
 * an editor offers the known values.
 */
export function code<C extends string>(meaning: string, list: CodeList<C>) {
  const known = Object.entries<string>(list.values).map(([value, description]) => Type.Literal(value, { description }))
  const other = Type.String({
    description: 'Any other value: it is kept as it is, and means none of these.',
    maxLength: 60,
  })
  return Type.Unsafe<C | (string & {})>(Type.Union([...known, other], { title: list.name, description: meaning }))
}
