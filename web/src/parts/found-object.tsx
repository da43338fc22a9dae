import { called } from './called.ts'
import { To } from './to.tsx'

interface FoundObjectProps {
  /** Hub id. */
  readonly object: string
  /** What people call it; empty where nobody gave it a number. */
  readonly number: string
  /** Page with this object; empty for none. */
  readonly page: string
}

/** Something that a list is about, by its number, as the way to its own page where it has one. */
export function FoundObject({ object, number, page }: FoundObjectProps) {
  const name = called(number, object)
  return page === '' ? (
    name
  ) : (
    <To page={`${page}/$id`} id={object}>
      {name}
    </To>
  )
}
