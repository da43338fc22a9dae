import type { InterlineError } from '../../base/errors.ts'
import { readError, type WrittenError, writeError } from '../translate/written-error.ts'

/** The first message of a document that comes in parts: what it is, and what was found in it. */
export interface Announcement {
  readonly file: string
  /** Of the whole file, in hex. */
  readonly sha256: string
  readonly bytes: number
  /** Which of the file, from 0, and its bytes in it. */
  readonly document: number
  readonly start: number
  readonly end: number
  readonly summary?: Readonly<Record<string, number>>
  /** Why no part of it was stored. */
  readonly problem?: InterlineError
}

/** An announcement as the body of its message. */
export function writeAnnouncement({ problem, ...about }: Announcement): Uint8Array {
  const told = problem === undefined ? {} : { problem: writeError(problem) }
  return new TextEncoder().encode(JSON.stringify({ ...about, ...told }))
}

/** Why no part of an announced document was stored; undefined where they were. */
export function announcedProblem(body: Uint8Array): InterlineError | undefined {
  const { problem } = JSON.parse(new TextDecoder().decode(body)) as { readonly problem?: WrittenError }
  return problem === undefined ? undefined : readError(problem)
}
