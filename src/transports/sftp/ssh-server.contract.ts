import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** OpenSSH as a partner has it: a real sshd on a free port of loopback, for the user who runs the tests. */
export interface SshServer {
  readonly port: number
  readonly user: string
  /** The only key that opens it. */
  readonly privateKey: string
  /** `SHA256:…` */
  readonly hostKey: string
  /** Where the tests may write. */
  readonly root: string
  readonly stop: () => Promise<void>
}

export const sshServerMissing: string | undefined = existsSync('/usr/sbin/sshd')
  ? undefined
  : 'there is no sshd; `npm run setup:sftp` installs one'

export async function startSshServer(options: readonly string[] = []): Promise<SshServer> {
  const folder = await mkdtemp(join(tmpdir(), 'interline-sshd-'))
  const root = join(folder, 'files')
  await mkdir(root)
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  for (const name of ['host', 'user']) run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
  await writeFile(join(folder, 'authorized'), await readFile(join(folder, 'user.pub')))
  const port = await freePort()
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'PidFile none',
    'Subsystem sftp internal-sftp',
    ...options,
  ]
  await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
  const process_ = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' })
  await listening(port)
  const shown = run('ssh-keygen', ['-l', '-f', join(folder, 'host.pub')])
  return {
    port,
    root,
    user: userInfo().username,
    privateKey: await readFile(join(folder, 'user'), 'utf8'),
    hostKey: shown.split(' ')[1] ?? '',
    stop: async () => {
      process_.kill('SIGTERM')
      await new Promise((resolve) => process_.once('exit', resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Resolves when somebody accepts connections there. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const accepted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (accepted) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`nobody listens on port ${port}`)
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return stdout
}
