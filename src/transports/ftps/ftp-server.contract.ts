import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from '../http/certificate.contract.ts'
import { freePort, listening } from '../sftp/ssh-server.contract.ts'

/** vsftpd as a partner has it: TLS required for logins and data, on a free port of loopback. */
export interface FtpServer {
  readonly port: number
  readonly certificate: string
  /** Where the tests may write: `/files` for guests. */
  readonly root: string
  readonly stop: () => Promise<void>
}

export const ftpServerMissing: string | undefined = !existsSync('/usr/sbin/vsftpd')
  ? 'there is no vsftpd; `npm run setup:sftp` installs one'
  : process.getuid?.() === 0
    ? undefined
    : 'vsftpd changes its user and must be started by root'

export async function startFtpServer(options: readonly string[] = []): Promise<FtpServer> {
  const folder = await mkdtemp(join(tmpdir(), 'interline-vsftpd-'))
  const [visible, empty] = [join(folder, 'visible'), join(folder, 'empty')]
  // The server refuses a root that its guests may write to; they write below.
  const root = join(visible, 'files')
  for (const place of [visible, empty, root]) await mkdir(place)
  for (const [place, mode] of [
    [folder, 0o755],
    [visible, 0o555],
    [root, 0o777],
  ] as const)
    await chmod(place, mode)
  const { certificate, key } = makeCertificate('127.0.0.1')
  await writeFile(join(folder, 'certificate.pem'), certificate + key, { mode: 0o600 })
  const port = await freePort()
  const lines = [
    `listen=YES`,
    `listen_port=${port}`,
    'listen_address=127.0.0.1',
    'background=NO',
    'seccomp_sandbox=NO',
    'anonymous_enable=YES',
    'no_anon_password=NO',
    `anon_root=${visible}`,
    `secure_chroot_dir=${empty}`,
    'write_enable=YES',
    'anon_upload_enable=YES',
    'anon_mkdir_write_enable=YES',
    'anon_other_write_enable=YES',
    'anon_world_readable_only=NO',
    'anon_umask=022',
    'ssl_enable=YES',
    'allow_anon_ssl=YES',
    'force_anon_logins_ssl=YES',
    'force_anon_data_ssl=YES',
    'require_ssl_reuse=YES',
    `rsa_cert_file=${join(folder, 'certificate.pem')}`,
    'ssl_ciphers=HIGH',
    'xferlog_enable=NO',
    'hide_ids=YES',
    'use_localtime=NO',
    ...options,
  ]
  await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
  const server = spawn('/usr/sbin/vsftpd', [join(folder, 'config')], { stdio: 'ignore' })
  await listening(port)
  return {
    port,
    certificate,
    root,
    stop: async () => {
      server.kill('SIGKILL')
      await new Promise((resolve) => server.once('exit', resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
