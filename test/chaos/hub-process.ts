import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { declareNetwork } from '../../src/sandbox/declaration.ts'
import { spawnHub } from '../spawned-hub.ts'

export interface HubPlace {
  readonly databaseUrl: string
  readonly erpUrl: string
  /** How far the clock of its machine is ahead. */
  readonly clockMinutes: number
}

/** Short, so that what is in doubt is settled within the run. The proportions are those of the defaults. */
export const chaosTimes = {
  requestSeconds: 3,
  claimSeconds: 15,
  /** Longer than the ERP of the run takes at most. */
  processingSeconds: 4,
  /** Longer than a silent wire holds bytes back. */
  vanishedSeconds: 10,
  leaseSeconds: 3,
}

/** One real hub in a process of its own, as an operator runs it beside another on one database. */
export class HubProcess {
  url = ''
  alive = false
  frozen = false
  /** Why it ended when nobody ended it. */
  readonly crashes: string[] = []
  /** Starts that failed because the database was away; a supervisor tries again. */
  readonly failedStarts: string[] = []
  readonly directory = mkdtempSync(join(tmpdir(), 'interline-chaos-'))
  readonly #place: HubPlace
  #child: ChildProcess | undefined
  #stopping = false

  constructor(place: HubPlace) {
    this.#place = place
    chmodSync(this.directory, 0o755)
    declareNetwork(this.directory, network(place.erpUrl))
  }

  /** The first key of the tenant; only the hub that came first has it. */
  get key(): string | undefined {
    try {
      return readFileSync(join(this.directory, 'admin.key'), 'utf8').trim()
    } catch {
      return undefined
    }
  }

  /** Until it is ready; a supervisor would start it again while the database is away. */
  async start(startsMax = 40): Promise<void> {
    for (let tries = 1; !this.#stopping; tries++) {
      try {
        await this.#launch()
        return
      } catch (error) {
        if (tries >= startsMax) throw error
        this.failedStarts.push(error instanceof Error ? error.message : String(error))
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  async kill(): Promise<void> {
    this.alive = false
    this.frozen = false
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** As an operator restarts it: it hands over what it holds, and ends by itself. Answers how long that took, ms. */
  async leave(): Promise<number> {
    const child = this.#child
    this.alive = false
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return 0
    const from = performance.now()
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const code = await gone
    if (code !== 0) this.crashes.push(`exit ${code} when it was asked to leave`)
    return Math.round(performance.now() - from)
  }

  /** Stops every thread of it in whatever it is doing; `thaw` lets this very process go on, if it is still there. */
  freeze(): { readonly thaw: () => void } {
    const child = this.#child
    this.frozen = true
    child?.kill('SIGSTOP')
    return {
      thaw: () => {
        child?.kill('SIGCONT')
        if (child === this.#child) this.frozen = false
      },
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.kill()
    rmSync(this.directory, { recursive: true, force: true })
  }

  async #launch(): Promise<void> {
    const { child, url, log } = spawnHub(this.directory, environment(this.#place))
    this.#child = child
    this.url = await url
    this.alive = true
    child.once('exit', (code, signal) => {
      // Killed by us: `alive` was taken away before.
      if (child === this.#child && this.alive) this.crashes.push(`exit ${code ?? signal}: ${log().slice(-2000)}`)
      if (child === this.#child) this.alive = false
    })
  }
}

function network(erpUrl: string): unknown {
  const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  const { requestSeconds, processingSeconds } = chaosTimes
  return {
    connections: [
      { id: 'wms', connector: 'generic-wms', settings: {}, ...local },
      {
        id: 'erp',
        connector: 'generic-erp',
        settings: { url: erpUrl },
        requestsPerSecond: 5000,
        concurrent: 64,
        timeoutSeconds: requestSeconds,
        processingSeconds,
        ...local,
      },
    ],
    routes: [{ command: 'adjust_inventory', target: 'erp', tenant: 'main' }],
  }
}

function environment({ databaseUrl, clockMinutes }: HubPlace): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'shifted-clock.ts')}`,
    CLOCK_SHIFT_MS: String(clockMinutes * 60_000),
    INTERLINE_DATABASE_URL: databaseUrl,
    INTERLINE_LEASE_SECONDS: String(chaosTimes.leaseSeconds),
    INTERLINE_CLAIM_SECONDS: String(chaosTimes.claimSeconds),
    INTERLINE_VANISHED_SECONDS: String(chaosTimes.vanishedSeconds),
    INTERLINE_LOG_LEVEL: 'error',
    INTERLINE_CLIENT_REQUESTS_PER_SECOND: '1000000',
  }
}
