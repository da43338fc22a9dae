import { posix } from 'node:path'
import { readManifestDocument } from './manifest-document.ts'
import { isManifest, type ManifestFile } from './manifest-file.ts'
import type { Place, Problems } from './problem.ts'

/** Files that were declared together: one folder in version control, applied as a whole. */
export interface Source {
  readonly tenant: string
  readonly name: string
  readonly files: readonly ManifestFile[]
  /** Whether it may declare for other tenants, too. */
  readonly mayDeclareAny: boolean
}

/** One declaration of a manifest as it was written. */
export interface Entry {
  readonly source: Source
  readonly place: Place
  readonly values: Readonly<Record<string, unknown>>
  /** Whom the folder or the file is about; what stands there belongs to this partner unless it says another one. */
  readonly partner: string | undefined
}

const single = ['overlay', 'partner'] as const
const lists = [
  'agreements',
  'as2Partners',
  'calendars',
  'channels',
  'checks',
  'connections',
  'drops',
  'identityProviders',
  'mailboxes',
  'notifications',
  'notificationTexts',
  'pickUps',
  'processes',
  'routes',
  'slas',
  'trackingPages',
] as const
type Section = (typeof single)[number] | (typeof lists)[number]

/** All declarations of a network, section by section, in the order of sources, files and lines. */
export type Sections = Readonly<Record<Section, readonly Entry[]>>

interface Manifest {
  readonly source: Source
  readonly file: string
  readonly value: Readonly<Record<string, unknown>>
  readonly place: Place
}

/** Reads every manifest of every source. What cannot be read is a problem, and left out. */
export function readSections(sources: readonly Source[], problems: Problems): Sections {
  const manifests = sources.flatMap((source) =>
    source.files
      .filter(({ path }) => isManifest(path))
      .flatMap((file): Manifest[] => {
        const document = readManifestDocument(file, problems)
        return document === undefined ? [] : [{ source, file: file.path, ...document }]
      }),
  )
  const found: Record<Section, Entry[]> = {
    agreements: [],
    as2Partners: [],
    calendars: [],
    channels: [],
    checks: [],
    connections: [],
    drops: [],
    identityProviders: [],
    mailboxes: [],
    notifications: [],
    notificationTexts: [],
    overlay: [],
    partner: [],
    pickUps: [],
    processes: [],
    routes: [],
    slas: [],
    trackingPages: [],
  }
  for (const manifest of manifests) {
    const partner = partnerOf(manifest, manifests)
    for (const [key, value] of Object.entries(manifest.value)) {
      const place = manifest.place.at(key)
      const common = { source: manifest.source, partner }
      if (single.some((one) => one === key)) {
        const values = mapping(value, place, problems)
        if (values !== undefined) found[key as Section].push({ ...common, place, values })
      } else if (lists.some((one) => one === key)) {
        for (const [index, one] of listOf(value, place, problems).entries()) {
          const values = mapping(one, place.at(index), problems)
          if (values !== undefined) found[key as Section].push({ ...common, place: place.at(index), values })
        }
      } else problems.add('MANIFEST_KEY_UNKNOWN', place, { key, known: [...single, ...lists].toSorted().join(', ') })
    }
  }
  return found
}

/** A mapping; undefined, and a problem, where something else stands. */
export function mapping(
  value: unknown,
  place: Place,
  problems: Problems,
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  problems.add('MANIFEST_VALUE_INVALID', place, { key: place.path, problem: 'expected keys and values.' })
  return undefined
}

function listOf(value: unknown, place: Place, problems: Problems): readonly unknown[] {
  if (Array.isArray(value)) return value
  // A key without anything below it.
  if (value === '') return []
  problems.add('MANIFEST_VALUE_INVALID', place, {
    key: place.path,
    problem: 'expected a list: each entry begins with a dash.',
  })
  return []
}

/** The partner of the same file, or the only one of its folder. */
function partnerOf({ source, file, value }: Manifest, all: readonly Manifest[]): string | undefined {
  const idOf = (one: Manifest['value']): string | undefined => {
    const partner = one['partner']
    const id = typeof partner === 'object' && partner !== null && 'id' in partner ? partner.id : undefined
    return typeof id === 'string' ? id : undefined
  }
  const own = idOf(value)
  if (own !== undefined) return own
  const beside = all.filter(
    (one) => one.source === source && posix.dirname(one.file) === posix.dirname(file) && idOf(one.value) !== undefined,
  )
  const [only, ...more] = beside
  return only === undefined || more.length > 0 ? undefined : idOf(only.value)
}
