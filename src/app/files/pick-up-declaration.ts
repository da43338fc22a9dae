import { choice, flag, integer, list, readSettings, type SettingsOf, seconds, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { PickUpRules } from '../../transports/files/pick-up.ts'
import type { ReadFile } from '../network/reading.ts'
import { type DeclaredOpening, pgpInFields, readOpening } from './pgp-declaration.ts'
import { isProtocol, type Place, placeFields, readPlace } from './place.ts'

/** What is taken, when, and what becomes of it; the same for every protocol. */
export const pickUpFields = {
  names: list('Names that are taken, with `*` and `?`.', { default: ['*'] }),
  companion: text('Ending of a file that the sender writes after the document, like `.done`; empty waits for none.', {
    default: '',
  }),
  settledLooks: integer('Looks in a row that must show the same size and time.', { default: 2, min: 1, max: 100 }),
  ediTrailer: flag('Whether the end of the file must be the trailer of an EDI interchange (IEA, UNZ).', {
    default: false,
  }),
  after: choice(
    'What becomes of a file that the hub has: `leave` only where nothing may be renamed.',
    ['archive', 'delete', 'leave'],
    {
      default: 'archive',
    },
  ),
  everySeconds: seconds('Pause between two looks.', { default: 60, min: 1, max: 86_400 }),
  filesMost: integer('Files of one look; the rest is next.', { default: 500, min: 1, max: 10_000 }),
  largeMegabytesMost: integer(
    'Largest file that is taken in parts, where the connector can: EDI, and flat files of plain rows.',
    {
      default: 2048,
      min: 1,
      max: 2048,
    },
  ),
  oldestDays: integer('With `leave`: older files are not looked at.', { default: 30, min: 1, max: 300 }),
  contentType: text('What the files are; empty goes by the ending of the name.', { default: '' }),
  ...pgpInFields,
} as const

/** A pick-up as an entry of `pickUps` declares it, all of it read. */
export interface DeclaredPickUp {
  readonly connection: Connection
  /** Changes with everything that is declared of it. */
  readonly fingerprint?: string
  /** Its name, for people. */
  readonly protocol: string
  readonly place: Place
  readonly rules: PickUpRules
  readonly everyMs: number
  readonly contentType: string
  /** How files are opened that come sealed. */
  readonly pgp?: DeclaredOpening
  /** Set where the folder belongs to this process alone: it works whoever owns the inbox, under this name. */
  readonly owner?: string
}

/**
 * Reads `{connection, protocol, …}`: the fields of the protocol and those of the pick-up together. Throws one Error that lists every
 * problem.
 */
export function readPickUp(
  declared: unknown,
  connections: ReadonlyMap<string, Connection>,
  file: ReadFile,
): DeclaredPickUp {
  if (typeof declared !== 'object' || declared === null) throw new Error('pick-up: expected an object')
  const { connection: id, protocol, ...values } = declared as Readonly<Record<string, unknown>>
  const connection = typeof id === 'string' ? connections.get(id) : undefined
  if (connection === undefined) throw new Error(`pick-up: there is no connection ${JSON.stringify(id)}`)
  if (connection.connector.inbound === undefined)
    throw new Error(`pick-up of ${connection.id}: connector ${connection.connector.id} takes nothing in`)
  if (!isProtocol(protocol))
    throw new Error(`pick-up of ${connection.id}: protocol must be one of ${Object.keys(placeFields).join(', ')}`)
  const own = Object.entries(values).filter(([name]) => Object.hasOwn(pickUpFields, name))
  const others = Object.entries(values).filter(([name]) => !Object.hasOwn(pickUpFields, name))
  const problems: string[] = []
  const place = collected(problems, () => readPlace(protocol, Object.fromEntries(others), file))
  const settings = collected(problems, () => readSettings(pickUpFields, Object.fromEntries(own)))
  const opening = settings === undefined ? undefined : collected(problems, () => readOpening(settings, file))
  if (place === undefined || settings === undefined || problems.length > 0)
    throw new Error(problems.map((one) => `pick-up of ${connection.id}: ${one}`).join('\n'))
  return {
    connection,
    protocol,
    place,
    ...rulesOf(settings, connection, opening),
    ...(opening === undefined ? {} : { pgp: opening }),
  }
}

function rulesOf(
  settings: SettingsOf<typeof pickUpFields>,
  connection: Connection,
  opening: DeclaredOpening | undefined,
): Omit<DeclaredPickUp, 'connection' | 'protocol' | 'place'> {
  const { names, settledLooks, ediTrailer, after, filesMost, oldestDays } = settings
  const { everySeconds, contentType, companion, largeMegabytesMost } = settings
  const rules: PickUpRules = {
    names,
    settledLooks,
    ediTrailer,
    after,
    filesMost,
    oldestDays,
    ...(opening === undefined ? fileSizes(connection, largeMegabytesMost) : sealedSizes(connection)),
    companion: companion === '' ? undefined : companion,
    signature: opening?.detached,
  }
  return { rules, everyMs: everySeconds * 1000, contentType }
}

/** What is sealed is opened as a whole: nothing of it can be had before all of it was verified. */
export function sealedSizes({ bodyBytesMax }: Connection): Pick<PickUpRules, 'bytesMost' | 'largeBytesMost'> {
  return { bytesMost: bodyBytesMax, largeBytesMost: bodyBytesMax }
}

/** Where the connector takes files in parts, everything but small ones comes so: nobody else waits for a large one. */
export function fileSizes(
  { bodyBytesMax, connector }: Connection,
  megabytesMost: number,
): Pick<PickUpRules, 'bytesMost' | 'largeBytesMost'> {
  const large = connector.inbound?.large
  if (large === undefined) return { bytesMost: bodyBytesMax, largeBytesMost: 0 }
  return { bytesMost: Math.min(bodyBytesMax, large.bytesAbove), largeBytesMost: megabytesMost * 1_048_576 }
}

function collected<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    problems.push(...(error instanceof Error ? error.message : String(error)).split('\n'))
    return undefined
  }
}
