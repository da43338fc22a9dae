import { readSettings, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { ReadFile } from '../network/reading.ts'
import { type DeclaredSeal, pgpOutFields, readSeal } from './pgp-declaration.ts'
import { isProtocol, type Place, placeFields, readPlace } from './place.ts'

/** How documents are put into a partner's folder; the same for every protocol. */
export const dropFields = {
  companion: text('Ending of an empty file that is written after the document, like `.done`; empty writes none.', {
    default: '',
  }),
  ...pgpOutFields,
} as const

/** Where the documents of a connection go. */
export interface DeclaredDrop {
  readonly connection: Connection
  /** Changes with everything that is declared of it. */
  readonly fingerprint?: string
  /** A folder somewhere else, or the mailbox of that user. */
  readonly place: Place | { readonly mailbox: string }
  readonly companion: string | undefined
  /** What is put around the documents. */
  readonly pgp: DeclaredSeal | undefined
}

/**
 * Reads `{connection, protocol, …}`; with protocol `mailbox` the rest is `user`. Throws one Error that lists every problem.
 */
export function readDrop(
  declared: unknown,
  connections: ReadonlyMap<string, Connection>,
  file: ReadFile,
): DeclaredDrop {
  if (typeof declared !== 'object' || declared === null) throw new Error('drop: expected an object')
  const { connection: id, protocol, ...all } = declared as Readonly<Record<string, unknown>>
  const isOwn = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(dropFields, name)
  const values = Object.fromEntries(Object.entries(all).filter((one) => !isOwn(one)))
  const connection = typeof id === 'string' ? connections.get(id) : undefined
  if (connection === undefined) throw new Error(`drop: there is no connection ${JSON.stringify(id)}`)
  try {
    const read = readSettings(dropFields, Object.fromEntries(Object.entries(all).filter(isOwn)))
    const place = protocol === 'mailbox' ? readSettings(mailboxPlaceFields, values) : undefined
    if (place === undefined && !isProtocol(protocol))
      throw new Error(`protocol must be one of ${[...Object.keys(placeFields), 'mailbox'].join(', ')}`)
    return {
      connection,
      companion: read.companion === '' ? undefined : read.companion,
      pgp: readSeal(read, file),
      place: isProtocol(protocol) ? readPlace(protocol, values, file) : { mailbox: place?.user ?? '' },
    }
  } catch (error) {
    const problems = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new Error(problems.map((one) => `drop of ${connection.id}: ${one}`).join('\n'))
  }
}

/** With protocol `mailbox`. */
export const mailboxPlaceFields = { user: text('Whose mailbox: the document lies in its folder `out`.') } as const
