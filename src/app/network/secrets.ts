import { readFileSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { type Environment, secretPrefix, systemEnvironment } from '../environment.ts'

/** How a manifest refers to a secret. */
export type SecretReference = { readonly env: string } | { readonly file: string }

/** Finds what manifests refer to: variables whose names begin with INTERLINE_SECRET_, and files of one folder, and nothing else. */
export class Secrets {
  readonly #folder: string
  readonly #environment: Environment

  constructor(folder: string, environment: Environment = systemEnvironment()) {
    this.#folder = resolve(folder)
    this.#environment = environment
  }

  /** The secret as text, without the line end that editors add. Undefined when there is none. */
  text(reference: SecretReference): string | undefined {
    if ('env' in reference) return this.#environment[`${secretPrefix}${reference.env}`]
    return this.file(reference.file)
      ?.toString('utf8')
      .replace(/\r?\n$/, '')
  }

  /** A file of the folder. Undefined when there is none, or the name leads out of the folder. */
  file(name: string): Buffer | undefined {
    const path = resolve(this.#folder, name)
    if (!path.startsWith(this.#folder + sep)) return undefined
    try {
      return readFileSync(path)
    } catch {
      // Missing or closed: the caller says which reference it was, and the reader looks at the folder.
      return undefined
    }
  }
}

/** Reads `{env: NAME}` or `{file: name}`; undefined for anything else. */
export function readReference(value: unknown): SecretReference | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const [[kind, name] = [], ...more] = Object.entries(value)
  if (more.length > 0 || typeof name !== 'string' || name === '') return undefined
  if (kind === 'env') return /^[A-Z][A-Z0-9_]{0,99}$/.test(name) ? { env: name } : undefined
  return kind === 'file' ? { file: name } : undefined
}

/** How people call it. */
export function writeReference(reference: SecretReference): string {
  return 'env' in reference
    ? `variable ${secretPrefix}${reference.env}`
    : `file ${reference.file} in the secrets directory`
}
