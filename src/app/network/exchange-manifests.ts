import { createHash } from 'node:crypto'
import type { Fields } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Certificate } from '../../transports/as2/certificate.ts'
import { type As2Partner, as2Fields, readAs2Partner } from '../as2/as2-partner.ts'
import { type DeclaredDrop, dropFields, mailboxPlaceFields, readDrop } from '../files/drop-declaration.ts'
import { type DeclaredMailbox, mailboxFields, readMailbox } from '../files/mailbox-declaration.ts'
import { pgpFileKeys } from '../files/pgp-declaration.ts'
import { type DeclaredPickUp, pickUpFields, readPickUp } from '../files/pick-up-declaration.ts'
import { isProtocol, placeFields } from '../files/place.ts'
import { addSentences, certificateKeys, filesOf, known, type ReadFile, type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'

type Connections = ReadonlyMap<string, Connection>
const placeFileKeys = ['privateKeyFile', 'authorityFile', 'certificateFile', 'keyFile', ...pgpFileKeys]

/** Folders that files are picked up from. */
export function readPickUps(reading: Reading, entries: readonly Entry[], all: Connections): readonly DeclaredPickUp[] {
  return entries.flatMap((entry) => {
    const fields = protocolFields(reading, entry, pickUpFields, Object.keys(placeFields))
    return (
      settled(reading, { entry, fields, all, files: placeFileKeys, kept: ['protocol'] }, (values, file) =>
        readPickUp(values, all, file),
      ) ?? []
    )
  })
}

/** Folders that documents are put into. */
export function readDrops(reading: Reading, entries: readonly Entry[], all: Connections): readonly DeclaredDrop[] {
  return entries.flatMap((entry) => {
    const fields = protocolFields(reading, entry, dropFields, [...Object.keys(placeFields), 'mailbox'])
    return (
      settled(reading, { entry, fields, all, files: placeFileKeys, kept: ['protocol'] }, (values, file) =>
        readDrop(values, all, file),
      ) ?? []
    )
  })
}

/** Mailboxes that partners log in to. */
export function readMailboxes(
  reading: Reading,
  entries: readonly Entry[],
  all: Connections,
): readonly DeclaredMailbox[] {
  return entries.flatMap(
    (entry) =>
      settled(reading, { entry, fields: mailboxFields, all, files: pgpFileKeys, kept: [] }, (one, file) =>
        readMailbox(one, all, file),
      ) ?? [],
  )
}

/** Partners by AS2; while somebody applies, with certificates that have not expired. */
export function readAs2Partners(reading: Reading, entries: readonly Entry[], all: Connections): readonly As2Partner[] {
  return entries.flatMap((entry) => {
    const wishes = { entry, fields: as2Fields, all, files: certificateKeys, kept: [] }
    const partner = settled(reading, wishes, (values, file) => readAs2Partner(values, all, file))
    if (partner === undefined) return []
    if (reading.isApplied) judgeDates(reading, entry, partner)
    return [partner]
  })
}

/** Expired certificates are refused while somebody applies: one may stay out, but must not stay in unseen. */
function judgeDates(reading: Reading, { place }: Entry, partner: As2Partner): void {
  const uses: readonly (readonly [string, readonly Certificate[]])[] = [
    ['ourIdentityFiles', partner.identities.map(({ certificate }) => certificate)],
    ['certificateFiles', partner.certificates],
    [
      'encryptionCertificateFiles',
      partner.encryptionCertificateFiles.length === 0 ? [] : partner.encryptionCertificates,
    ],
  ]
  for (const [key, certificates] of uses)
    for (const { validTo, x509 } of certificates) {
      if (validTo >= reading.now || (key !== 'ourIdentityFiles' && partner.expiredCertificates)) continue
      reading.problems.add('MANIFEST_CERTIFICATE_EXPIRED', place.at(key), {
        certificate: x509.subject.replaceAll('\n', ', '),
        day: new Date(validTo).toISOString().slice(0, 10),
      })
    }
}

/** The fields of the entry's protocol and its own. */
function protocolFields(
  reading: Reading,
  { place, values }: Entry,
  own: Fields,
  protocols: readonly string[],
): Fields | undefined {
  const { protocol } = values
  if (protocol === 'mailbox' && protocols.includes('mailbox')) return { ...own, ...mailboxPlaceFields }
  if (isProtocol(protocol)) return { ...own, ...placeFields[protocol] }
  const problem = `expected one of ${protocols.join(', ')}.`
  if (protocol === undefined)
    reading.problems.add('MANIFEST_KEY_MISSING', place, { key: 'protocol', what: `one of ${protocols.join(', ')}.` })
  else reading.problems.add('MANIFEST_VALUE_INVALID', place.at('protocol'), { key: 'protocol', problem })
  return undefined
}

/** Checks connection, keys, secrets and files of an entry, then lets its own reader judge the rest. */
function settled<T extends object>(
  reading: Reading,
  wishes: {
    readonly entry: Entry
    readonly fields: Fields | undefined
    readonly all: Connections
    readonly files: readonly string[]
    /** Keys that the reader wants beside its fields. */
    readonly kept: readonly string[]
  },
  read: (values: Readonly<Record<string, unknown>>, file: ReadFile) => T,
): T | undefined {
  const { entry, fields, all, files, kept } = wishes
  const { connection, ...values } = entry.values
  const found = known(reading, all, connection, { what: 'connection', place: entry.place.at('connection') })
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => !kept.includes(name)))
  const ready = fields === undefined ? undefined : readFields(reading, fields, others, entry.place)
  const file = filesOf(reading, entry, files)
  if (found === undefined || ready === undefined || !file.isWhole) return undefined
  const extra = Object.fromEntries(kept.map((name) => [name, values[name]]))
  const seen = createHash('sha256')
  const follow: ReadFile = (path) => {
    const bytes = file.read(path)
    seen.update(bytes)
    return bytes
  }
  try {
    const made = read({ connection: found.id, ...extra, ...ready }, follow)
    seen.update(JSON.stringify([{ ...found, connector: found.connector.id }, extra, ready]))
    return { ...made, fingerprint: seen.digest('hex') }
  } catch (error) {
    addSentences(reading, entry.place, error)
    return undefined
  }
}
