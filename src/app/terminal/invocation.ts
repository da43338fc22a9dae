import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import type { Environment } from '../environment.ts'
import { loadSettings, type Settings } from '../settings/settings.ts'
import { readRunning } from '../start/data-directory.ts'
import { type HubClient, hubClient } from './client.ts'
import type { ExitCode } from './exit-code.ts'
import { Output, type Terminal } from './output.ts'

/** One run of a command: what was asked for, and what it works with. Settings and key are read when a command first needs them. */
export class Invocation {
  readonly args: readonly string[]
  readonly options: Options
  readonly output: Output
  readonly environment: Environment

  constructor(input: { args: readonly string[]; options: Options; terminal: Terminal; environment: Environment }) {
    this.args = input.args
    this.options = input.options
    this.environment = input.environment
    this.output = new Output(input.terminal, input.options.flag('json'))
  }

  settings(): Settings {
    return loadSettings(this.environment).settings
  }

  /** The hub named by --url or INTERLINE_HUB_URL, else the one running in the data directory. Throws USAGE_INVALID, KEY_MISSING. */
  hub(): HubClient {
    const settings = this.settings()
    const url = this.options.text('url') ?? (settings.hubUrl || hubUrlIn(settings))
    if (!URL.canParse(url) || !/^https?:/i.test(url))
      throw new InterlineError('USAGE_INVALID', {
        problem: `${url} is no address of a hub, such as http://127.0.0.1:8080.`,
      })
    return hubClient({ url: url.replace(/\/$/, ''), key: this.#key(settings) })
  }

  #key(settings: Settings): string {
    const named = this.options.text('keyFile')
    // What somebody says on the line counts before what happens to be in the environment.
    if (named === undefined && settings.key !== '') return settings.key
    const path = resolve(named ?? join(settings.dataDirectory, 'admin.key'))
    if (!existsSync(path)) throw new InterlineError('KEY_MISSING', { path })
    return readFileSync(path, 'utf8').trim()
  }
}

/** Makes an action of a command out of its work. */
export type Perform = (
  work: (invocation: Invocation) => Promise<ExitCode>,
) => (...parameters: unknown[]) => Promise<void>

/** Options as commander read them, by their camel-case names. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  text(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
  }

  flag(name: string): boolean {
    return this.#values[name] === true
  }

  /** Throws USAGE_INVALID when it is not a whole number of at least `min`. */
  integer(name: string, min: number): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min))
      throw new InterlineError('USAGE_INVALID', { problem: `${name} must be a whole number of at least ${min}.` })
    return value
  }
}

/** Where the hub of these settings answers: as it wrote down when it started, otherwise at its port of this machine. */
export function hubUrlIn(settings: Pick<Settings, 'dataDirectory' | 'host' | 'port'>): string {
  const running = existsSync(settings.dataDirectory) ? readRunning(settings.dataDirectory) : undefined
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host
  return running?.url ?? `http://${host}:${settings.port}`
}
