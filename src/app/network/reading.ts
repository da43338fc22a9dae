import { readFileSync } from 'node:fs'
import { isAbsolute, posix } from 'node:path'
import { checkSettings, type Field, type Fields } from '../../base/fields.ts'
import type { Place, Problems } from './problem.ts'
import { readReference, type Secrets, writeReference } from './secrets.ts'
import type { Entry, Source } from './sections.ts'
import { written } from './written.ts'

/** What all parts of a network are read with. */
export interface Reading {
  readonly problems: Problems
  readonly secrets: Secrets
  /** Milliseconds since 1970. */
  readonly now: number
  /** True while somebody applies it: then expired certificates and failing samples are refused. What was applied goes on without. */
  readonly isApplied: boolean
  readonly partitions: number
  readonly claimSeconds: number
}

/** The text of a file; throws when it is not there. */
export type ReadFile = (path: string) => Buffer

/**
 * Values of a declaration with its secrets in place. Undefined when a key is unknown or missing, or a value does not fit: each is a
 * problem at its line.
 */
export function readFields(
  reading: Reading,
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  place: Place,
): Readonly<Record<string, unknown>> | undefined {
  const { problems } = reading
  let isWhole = true
  const resolved: Record<string, unknown> = { ...values }
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'document' && Object.hasOwn(values, name)) resolved[name] = place.at(name).typed()
    if (!field.secret || !Object.hasOwn(values, name)) continue
    const secret = resolveSecret(reading, field, values[name], place.at(name))
    if (secret === undefined) {
      isWhole = false
      delete resolved[name]
    } else resolved[name] = secret
  }
  const shown = checkSettings(fields, resolved).problems.filter(
    // The problem of the secret is told already.
    ({ name, kind }) => !(kind === 'missing' && Object.hasOwn(values, name)),
  )
  for (const { name, kind, detail } of shown) {
    if (kind === 'unknown')
      problems.add('MANIFEST_KEY_UNKNOWN', place.at(name), { key: name, known: Object.keys(fields).join(', ') })
    else if (kind === 'missing')
      problems.add('MANIFEST_KEY_MISSING', place, { key: name, what: fields[name]?.description ?? '' })
    else problems.add('MANIFEST_VALUE_INVALID', place.at(name), { key: name, problem: `${detail}.` })
  }
  return isWhole && shown.length === 0 ? resolved : undefined
}

function resolveSecret(reading: Reading, field: Field<unknown>, value: unknown, place: Place): unknown {
  const several = field.kind === 'list' && Array.isArray(value) ? value : [value]
  const texts = several.map((one, index) => {
    const at = several.length > 1 ? place.at(index) : place
    const reference = readReference(one)
    if (reference === undefined) {
      reading.problems.add('MANIFEST_SECRET_SHOWN', at, { key: at.path })
      return undefined
    }
    const text = reading.secrets.text(reference)
    if (text === undefined || text === '') {
      reading.problems.add('MANIFEST_SECRET_MISSING', at, { reference: writeReference(reference) })
      return undefined
    }
    return text
  })
  if (texts.includes(undefined)) return undefined
  return field.kind === 'list' ? texts : texts[0]
}

/**
 * Finds files that an entry names: beside its manifest, then among the secrets; an absolute path is one of the machine of the hub. Those
 * that are not there are problems.
 */
export function filesOf(
  { problems, secrets }: Reading,
  { source, place, values }: Entry,
  keys: readonly string[],
): { readonly read: ReadFile; readonly isWhole: boolean } {
  const find = (path: string): Buffer | undefined =>
    isAbsolute(path) ? onDisk(path) : (bundled(source, place.file, path) ?? secrets.file(path))
  let isWhole = true
  for (const key of keys) {
    const value = values[key]
    const paths = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
    for (const [index, path] of paths.map((one) => written(one).trim()).entries()) {
      if (path === '' || find(path) !== undefined) continue
      const at = Array.isArray(value) ? place.at(key).at(index) : place.at(key)
      problems.add('MANIFEST_FILE_MISSING', at, { file: path })
      isWhole = false
    }
  }
  const read = (path: string): Buffer => {
    const found = find(path)
    if (found === undefined) throw new Error(`${path} cannot be read`)
    return found
  }
  return { read, isWhole }
}

/** A file of the source by its path from a manifest. */
export function bundled({ files }: Source, manifest: string, path: string): Buffer | undefined {
  const wanted = posix.normalize(posix.join(posix.dirname(manifest), path))
  return files.find((one) => one.path === wanted)?.bytes
}

/** What a reader of one part still found wrong: each sentence at the line of the key that it begins with. */
export function addSentences(reading: Reading, place: Place, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error)
  for (const line of text.split('\n')) {
    // "drop of north: companion: …": whose it is, the file and line say better.
    const sentence = line.replace(/^[\w -]+ (?:of )?[\w.:-]+: /, '')
    const key = /^(\w+)[:,]/.exec(sentence)?.[1]
    const at = key === undefined ? place : place.at(key)
    const problem = sentence.replace(/^\w+: /, '').replace(/\.?$/, '.')
    const isCertificate = key !== undefined && certificateKeys.includes(key)
    if (isCertificate) reading.problems.add('MANIFEST_CERTIFICATE_INVALID', at, { problem: problem.replace(/\.$/, '') })
    else reading.problems.add('MANIFEST_VALUE_INVALID', at, { key: key ?? place.path, problem })
  }
}

/** Keys whose files are certificates. */
export const certificateKeys: readonly string[] = [
  'ourIdentityFiles',
  'certificateFiles',
  'encryptionCertificateFiles',
  'authorityFiles',
  'clientIdentityFile',
]

/** `value` where it is known; a problem that lists what there is where it is not. */
export function known<T>(
  { problems }: Reading,
  all: ReadonlyMap<string, T>,
  name: unknown,
  { what, place }: { readonly what: string; readonly place: Place },
): T | undefined {
  const found = typeof name === 'string' ? all.get(name) : undefined
  if (found === undefined) {
    const names = [...all.keys()].slice(0, 20).join(', ')
    problems.add('MANIFEST_REFERENCE_UNKNOWN', place, {
      what,
      name: written(name) || 'without a name',
      known: names || 'none',
    })
  }
  return found
}

function onDisk(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    // Told as a missing file.
    return undefined
  }
}
