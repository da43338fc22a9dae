import { readInstant } from '../base/instant.ts'
import { InvalidRequest } from './problem.ts'

/** Milliseconds of an instant in a query or body. Throws REQUEST_INVALID with the place. */
export function instantOf(name: string, text: string): number {
  const ms = readInstant(text)
  if (ms !== undefined) return ms
  // In a URL a bare + means a space: the usual way to lose an offset.
  const hint = / \d\d:?\d\d$/.test(text) ? '; write + as %2B in a URL' : ''
  throw new InvalidRequest([
    { pointer: `#/${name}`, detail: `expected RFC 3339 with an offset${hint}`, code: 'format' },
  ])
}
