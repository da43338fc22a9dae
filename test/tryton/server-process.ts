import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import type { Installation } from './installation.ts'

/** The name of the database of every test's Tryton. */
export const databaseName = 'tryton'

export interface ServerPlace {
  readonly installation: Installation
  /** For its configuration. */
  readonly folder: string
  readonly port: number
  readonly postgresPort: number
  /** Of a session that nobody uses, in seconds. */
  readonly sessionSeconds?: number
}

/** Writes the configuration and answers where it is. */
export function configure({ folder, port, postgresPort, sessionSeconds = 600 }: ServerPlace): string {
  const path = join(folder, 'trytond.conf')
  const sections = {
    web: { listen: `127.0.0.1:${port}` },
    database: { uri: `postgresql://postgres@127.0.0.1:${postgresPort}/` },
    session: { timeout: sessionSeconds, max_attempt: 5 },
    queue: { worker: 'False' },
    password: { length: 8 },
  }
  const text = Object.entries(sections).map(
    ([name, values]) =>
      `[${name}]\n${Object.entries(values)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`,
  )
  writeFileSync(path, text.join('\n'))
  return path
}

/** A trytond of our own; ended with the test, also when that is cut off. */
export class ServerProcess {
  readonly #child: ChildProcess
  #said = ''

  static async start(place: ServerPlace): Promise<ServerProcess> {
    const started = new ServerProcess(place)
    await started.#ready(`http://127.0.0.1:${place.port}/`)
    return started
  }

  private constructor(place: ServerPlace) {
    const options = ['-c', configure(place), '-d', databaseName]
    this.#child = spawn(place.installation.server, options, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4000)
    })
    process.once('exit', this.#orphaned)
  }

  /** At once, as a crash would. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    process.off('exit', this.#orphaned)
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill(signal)
    await gone
  }

  async #ready(url: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        const { statusCode, body } = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"id":0,"method":"common.server.version","params":[]}',
        })
        await body.dump()
        if (statusCode === 200) return
      } catch (error) {
        if (this.#child.exitCode !== null || tries > 600)
          throw new Error(`Tryton did not start: ${this.#said}`, { cause: error })
      }
      await sleep(50)
    }
  }

  readonly #orphaned = (): void => {
    this.#child.kill('SIGKILL')
  }
}
