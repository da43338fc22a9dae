import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { errors, InterlineError } from '../../base/errors.ts'
import { rejectsImplicitly } from '../../transports/as2/self-test.ts'
import { findInstallation } from '../postgres/installation.ts'
import { launchAs, operatingUser } from '../postgres/operating-user.ts'
import { serverParameters } from '../postgres/parameters.ts'
import { isFree } from '../postgres/port.ts'
import { isAlive } from '../postgres/process-table.ts'
import { checkSafety, withClient } from '../postgres/safety.ts'
import type { Settings } from '../settings/settings.ts'
import { unusableFile } from '../terminal/unusable-file.ts'
import { readRunning } from './data-directory.ts'
import { diskRoom } from './disk.ts'

/** One thing that was looked at. `fix` says what to do; absent when there is nothing to do. */
export interface Finding {
  readonly check: string
  readonly verdict: 'ok' | 'warning' | 'failed'
  readonly found: string
  readonly fix?: string
}

const nodeFloor = '24.21.0'
const serverVersionMin = 150_000
const skewMsMax = 2000

/** Looks at everything that a hub needs on this machine, without starting one. */
export async function examine(settings: Settings): Promise<readonly Finding[]> {
  const directory = resolve(settings.dataDirectory)
  const checks: readonly [string, () => Promise<Finding> | Finding][] = [
    ['node', () => node(process.versions.node)],
    ['folder', () => folder(directory)],
    ['disk', () => disk(directory, settings)],
    ['database', () => (settings.databaseUrl === '' ? embedded(directory, settings) : external(settings.databaseUrl))],
    ['port', () => port(directory, settings)],
    ['clock', () => clock(directory)],
    ['retention', () => retention(settings)],
    ['as2', () => as2(rejectsImplicitly(), process.versions.openssl)],
  ]
  const findings: Finding[] = []
  for (const [check, look] of checks) {
    try {
      findings.push(await look())
    } catch (error) {
      findings.push(failure(check, error))
    }
  }
  return findings
}

/** Judges a version of Node, such as `24.21.0`. */
export function node(version: string): Finding {
  const ok = compareVersions(version, nodeFloor) >= 0
  const fix =
    'Start through npm ("npm start", "npm run interline"): it brings its own Node. On Apple silicon install Node 24.21 or newer.'
  return {
    check: 'node',
    verdict: ok ? 'ok' : 'failed',
    found: `${version}, at least ${nodeFloor} is needed`,
    ...(ok ? {} : { fix }),
  }
}

/** How long what is kept; settings that contradict each other never come this far. */
export function retention(settings: Settings): Finding {
  const { retentionDays, factRetentionDays, effectRetentionDays } = settings
  const ever = (days: number): string => (days === 0 ? 'for ever' : `${days} days`)
  const found = `messages ${retentionDays} days, facts ${ever(factRetentionDays)}, postings ${ever(effectRetentionDays)}`
  if (factRetentionDays !== 0 && effectRetentionDays !== 0) return { check: 'retention', verdict: 'ok', found }
  const fix =
    'What is kept for ever grows for ever: watch the disk, or set INTERLINE_FACT_RETENTION_DAYS and INTERLINE_EFFECT_RETENTION_DAYS.'
  return { check: 'retention', verdict: 'warning', found, fix }
}

/** Whether the door for AS2 may open: an OpenSSL that tells good keys from bad ones by an error would help attackers decrypt. */
export function as2(isSafe: boolean, version: string): Finding {
  const found = `OpenSSL ${version}, ${isSafe ? 'which does not tell whether a key decrypts' : 'which tells whether a key decrypts'}`
  const fix =
    'Start through npm ("npm start"): it brings a Node with OpenSSL 3.2 or newer. Until then nothing is received by AS2.'
  return { check: 'as2', verdict: isSafe ? 'ok' : 'warning', found, ...(isSafe ? {} : { fix }) }
}

function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)))
  for (let at = 0; at < 3; at++) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function folder(directory: string): Finding {
  mkdirSync(directory, { recursive: true })
  const probe = join(directory, 'probe')
  writeFileSync(probe, '')
  rmSync(probe)
  return { check: 'folder', verdict: 'ok', found: `${directory} can be written` }
}

async function disk(directory: string, settings: Settings): Promise<Finding> {
  const { freeBytes, freePercent, low } = await diskRoom(directory, settings)
  const found = `${roomOf(freeBytes)} free (${freePercent} %)`
  if (!low) return { check: 'disk', verdict: 'ok', found }
  const fix = `Intake refuses below ${settings.watermarkPercent} % or ${settings.watermarkMegabytes} MiB: free space, or delete ${join(directory, 'ballast')} for now.`
  return { check: 'disk', verdict: 'failed', found, fix }
}

/** Rounded down; below one GiB in MiB, since on a nearly full volume that is what counts. */
export function roomOf(bytes: number): string {
  return bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MiB` : `${Math.floor(bytes / 1024 ** 3)} GiB`
}

async function embedded(directory: string, settings: Settings): Promise<Finding> {
  serverParameters(settings.postgresParameters)
  const data = join(directory, 'postgres')
  const [installation, user] = await Promise.all([findInstallation(), operatingUser(data)])
  launchAs(user, installation.postgres, [], [installation.postgres, data])
  const state =
    statSync(join(data, 'PG_VERSION'), { throwIfNoEntry: false }) === undefined
      ? 'is made at the first start'
      : 'has data'
  return {
    check: 'database',
    verdict: 'ok',
    found: `embedded PostgreSQL ${state}${user === undefined ? '' : `, runs as ${user.name}`}`,
  }
}

async function external(url: string): Promise<Finding> {
  try {
    return await withClient(url, async (client) => {
      await checkSafety(client)
      const { rows } = await client.query<{ version: string; number: number; now: Date }>(
        `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, clock_timestamp() AS now`,
      )
      return rows[0] === undefined ? failure('database', new Error('no answer')) : judgeServer(rows[0])
    })
  } catch (error) {
    if (error instanceof InterlineError) throw error
    const fix = 'Check INTERLINE_DATABASE_URL, and that the server can be reached from here.'
    return { check: 'database', verdict: 'failed', found: error instanceof Error ? error.message : String(error), fix }
  }
}

function judgeServer({ version, number, now }: { version: string; number: number; now: Date }): Finding {
  if (number < serverVersionMin) {
    return { check: 'database', verdict: 'failed', found: `PostgreSQL ${version}`, fix: 'Use PostgreSQL 15 or newer.' }
  }
  const skewMs = Math.abs(now.getTime() - Date.now())
  const found = `PostgreSQL ${version}, clocks ${skewMs} ms apart`
  if (skewMs <= skewMsMax) return { check: 'database', verdict: 'ok', found }
  const fix = 'Let both machines follow the same time server; schedules go by the clock of the database.'
  return { check: 'database', verdict: 'warning', found, fix }
}

async function port(directory: string, settings: Settings): Promise<Finding> {
  const address = `${settings.host}:${settings.port}`
  if (settings.port === 0) return { check: 'port', verdict: 'ok', found: 'a free one is taken' }
  if (await isFree(settings.port, settings.host)) return { check: 'port', verdict: 'ok', found: `${address} is free` }
  const running = readRunning(directory)
  if (running !== undefined && isAlive(running.pid))
    return { check: 'port', verdict: 'ok', found: `${address} is used by the hub running here` }
  return {
    check: 'port',
    verdict: 'failed',
    found: `${address} is used by somebody else`,
    fix: 'Set INTERLINE_PORT to a free port, or end the other program.',
  }
}

/** A clock that is behind the files of this release, or apart from that of the file system, is wrong. */
function clock(directory: string): Finding {
  const released = statSync(join(import.meta.dirname, '../../../package.json')).mtimeMs
  const probe = join(directory, 'probe')
  const before = Date.now()
  writeFileSync(probe, 'now')
  const apartMs = Math.round(Math.abs(statSync(probe).mtimeMs - before))
  rmSync(probe)
  const fix = 'Switch on time synchronisation (chrony, systemd-timesyncd); signatures and due times depend on it.'
  const found = `${new Date(before).toISOString()}, ${apartMs} ms apart from the file system`
  if (before < released) return { check: 'clock', verdict: 'failed', found: `${found}; earlier than this release`, fix }
  return apartMs > skewMsMax
    ? { check: 'clock', verdict: 'warning', found, fix }
    : { check: 'clock', verdict: 'ok', found }
}

function failure(check: string, cause: unknown): Finding {
  const error = unusableFile(cause) ?? cause
  const fix = error instanceof InterlineError ? errors[error.code].hint : 'Read the message; it is the machine’s own.'
  return { check, verdict: 'failed', found: error instanceof Error ? error.message : String(error), fix }
}
