import type { SetHeader } from '../envelope/events.ts'
import { type CompiledSet, compileSet } from '../grammar/compiled.ts'
import type { Dictionary } from '../grammar/segment.ts'
import { readSet, type SetTable } from '../grammar/set.ts'
import { edifactSets } from './edifact/all.ts'
import { edifactDictionary } from './edifact/dictionary.ts'
import { nearestDirectory } from './edifact/directory.ts'
import { x12Sets } from './x12/all.ts'
import { x12Dictionary } from './x12/dictionary.ts'
import { nearestRelease } from './x12/release.ts'

/** Every set of both standards, in the order of the standards. */
export const knownTables: readonly SetTable[] = [...x12Sets, ...edifactSets]

const tables: ReadonlyMap<string, SetTable> = new Map(knownTables.map((table) => [table.identifier, table]))
const compiled = new Map<string, CompiledSet>()

/** Every set and version that there is a grammar for. */
export const knownSets: readonly { readonly table: SetTable; readonly version: string }[] = knownTables.flatMap(
  (table) => table.versions.map((version) => ({ table, version })),
)

/** The table and dictionary of a set; overlays are laid over them. */
export function setSource(
  identifier: string,
  version: string,
): { readonly table: SetTable; readonly dictionary: Dictionary } | undefined {
  const table = tables.get(identifier)
  const dictionary = x12Dictionary(version) ?? edifactDictionary(version)
  if (table === undefined || dictionary === undefined || !table.versions.includes(version)) return undefined
  return { table, dictionary }
}

/**
 * The version by whose rules a set is read: its own where we have that, else the nearest other one. `undefined` for what we cannot read.
 */
export function versionRead(identifier: string, version: string): string | undefined {
  const known = tables.get(identifier)?.versions
  if (known === undefined) return undefined
  return /^\d/.test(identifier) ? nearestRelease(version, known) : nearestDirectory(version, known)
}

/** The base grammar that a set is read by, compiled once; its version may be another one. `undefined` for what we know nothing of. */
export function findSet(identifier: string, wanted: string): CompiledSet | undefined {
  const version = versionRead(identifier, wanted)
  if (version === undefined) return undefined
  const key = `${identifier} ${version}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const source = setSource(identifier, version)
  if (source === undefined) return undefined
  const made = compileSet(readSet(source.table, version), source.dictionary)
  compiled.set(key, made)
  return made
}

/** The version of a set as the tables name it: `004010` of GS08 `004010VICS`, `D.96A` of UNH `D:96A:UN`. */
export function versionOf({
  syntax,
  version,
  identifier,
}: Pick<SetHeader, 'syntax' | 'version' | 'identifier'>): string {
  if (syntax === 'x12') return version.slice(0, 6)
  const [type = '', release = ''] = version.split(':')
  // Service messages count by the version of the syntax: D:3:UN, 4:1:UN.
  if (identifier === 'CONTRL') return type === '4' ? 'S.4' : 'S.3'
  return `${type}.${release}`
}
