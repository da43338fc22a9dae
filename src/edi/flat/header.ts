import type { FaultCode } from './fault-codes.ts'
import type { RecordType } from './schema.ts'

/** What is wrong with a header line. */
export interface HeaderProblem {
  readonly code: FaultCode
  readonly field?: string
  readonly column?: string
}

/** Which cell each field is, by the names in the header; -1 where it is not there. */
export function placesByHeader(
  { fields }: RecordType,
  header: readonly string[],
): { readonly places: readonly number[]; readonly problems: readonly HeaderProblem[] } {
  const names = header.map((name) => name.trim())
  const problems: HeaderProblem[] = []
  const places = fields.map(({ name: field, columns, isRequired, at, value }) => {
    if (value !== undefined) return -1
    if (columns.length === 0) return at
    const found = columns.find((column) => names.includes(column))
    const [column = field] = columns
    if (found === undefined && isRequired) problems.push({ code: 'header.column_missing', field, column })
    if (found !== undefined && names.indexOf(found) !== names.lastIndexOf(found))
      problems.push({ code: 'header.column_twice', field, column: found })
    return found === undefined ? -1 : names.indexOf(found)
  })
  return { places, problems }
}

/** Which cell each field is, as the schema says. */
export function placesByNumber({ fields }: RecordType): readonly number[] {
  return fields.map(({ at, value }) => (value === undefined ? at : -1))
}
