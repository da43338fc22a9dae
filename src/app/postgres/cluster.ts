import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import { writePrivate } from '../start/data-directory.ts'
import type { Installation } from './installation.ts'
import { launchAs, type OperatingUser } from './operating-user.ts'

/** Where one embedded database lives and how it is entered. */
export interface Cluster {
  readonly dataDirectory: string
  readonly password: string
  /** Made just now. */
  readonly fresh: boolean
}

/** The superuser of the embedded database, who is also its owner. */
export const databaseUser = 'interline'

/** The major version whose data these binaries read. */
const major = '18'

/** Where the database is to be; without a `user` it runs under the one that the hub has. */
export interface ClusterOptions {
  /** The hub's own folder. */
  readonly directory: string
  readonly installation: Installation
  readonly user: OperatingUser | undefined
  readonly environment: Readonly<Record<string, string>>
}

/** Opens the database's files, creating them the first time. Throws DATABASE_VERSION, DATABASE_INCOMPLETE, DATABASE_PASSWORD_LOST, DATABASE_NOT_STARTED. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDirectory = join(options.directory, 'postgres')
  const passwordPath = join(options.directory, 'postgres.password')
  const version = await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(absent)
  // Data without the file that says what it is: making new data would write another password over the one that it needs.
  if (version === undefined && ((await readdir(dataDirectory).catch(absent)) ?? []).length > 0)
    throw new InterlineError('DATABASE_INCOMPLETE', { path: dataDirectory })
  if (version === undefined)
    return { dataDirectory, password: await createCluster(options, dataDirectory, passwordPath), fresh: true }
  if (version.trim() !== major) throw new InterlineError('DATABASE_VERSION', { found: version.trim(), expected: major })
  const password = await readFile(passwordPath, 'utf8').catch(absent)
  if (password === undefined) throw new InterlineError('DATABASE_PASSWORD_LOST', { path: passwordPath })
  return { dataDirectory, password: password.trim(), fresh: false }
}

/** Made aside and renamed when whole, so that a kill in the middle leaves nothing that looks like a database. */
async function createCluster(options: ClusterOptions, dataDirectory: string, passwordPath: string): Promise<string> {
  const { directory, installation, user, environment } = options
  const password = randomBytes(24).toString('base64url')
  const making = join(directory, 'postgres.new')
  const passwordFile = join(making, 'password')
  const data = join(making, 'data')
  await rm(making, { recursive: true, force: true })
  await mkdir(data, { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) for (const path of [making, data, passwordFile]) await chown(path, user.uid, user.gid)
  const args = [
    '-D',
    data,
    '-U',
    databaseUser,
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--data-checksums',
    '--encoding=UTF8',
  ]
  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions']
  const launch = launchAs(user, installation.initdb, [...args, ...locale], [installation.initdb, making])
  await run(launch, data, environment)
  writePrivate(passwordPath, `${password}\n`)
  await rename(data, dataDirectory)
  await rm(making, { recursive: true, force: true })
  return password
}

async function run(
  { command, args, ...identity }: ReturnType<typeof launchAs>,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(command, args, { ...identity, cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output = `${output}${chunk.toString()}`.slice(-4000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0)
    throw new InterlineError('DATABASE_NOT_STARTED', {
      detail: `initdb ended with ${code}: ${output.trim().split('\n').slice(-3).join(' ')}`,
    })
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
    throw new InterlineError(
      'DATA_DIRECTORY_CLOSED',
      { directory: 'path' in error ? String(error.path) : '', reason: error.code },
      error,
    )
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
