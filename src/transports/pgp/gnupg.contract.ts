import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why there is nothing to test against; undefined when there is. */
export const gnupgMissing =
  spawnSync('gpg', ['--version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'there is no gpg; `npm run setup:pgp` installs one'

/** A partner with GnuPG of its own: its keys, and what it does with them by hand. */
export class GnuPg {
  readonly home = mkdtempSync(join(tmpdir(), 'il-gpg-'))

  /** Makes a key and returns its fingerprint. `at` is when, as gpg's clock shows it. */
  makeKey(
    name: string,
    options: { readonly expires?: string; readonly at?: string; readonly passphrase?: string } = {},
  ): string {
    const { expires = 'never', at, passphrase = '' } = options
    const clock = at === undefined ? [] : ['--faked-system-time', at]
    const status = this.run(
      [
        ...clock,
        '--status-fd',
        '1',
        '--passphrase',
        passphrase,
        '--quick-gen-key',
        `${name} <${name}@example.org>`,
        'ed25519',
        'sign',
        expires,
      ],
      '',
    ).toString()
    const print = /KEY_CREATED \w (\w+)/.exec(status)?.[1] ?? ''
    this.run([...clock, '--passphrase', passphrase, '--quick-add-key', print, 'cv25519', 'encr', expires], '')
    return print
  }

  /** Runs gpg. Throws what it says when it fails. */
  run(args: readonly string[], input: string | Uint8Array): Buffer {
    const base = [
      '--homedir',
      this.home,
      '--batch',
      '--yes',
      '--no-tty',
      '--pinentry-mode',
      'loopback',
      '--trust-model',
      'always',
    ]
    const { status, stdout, stderr } = spawnSync('gpg', [...base, ...args], { input, maxBuffer: 100_000_000 })
    if (status !== 0) throw new Error(`gpg ${args.join(' ')}: ${stderr.toString()}`)
    return stdout
  }

  /** Writes a key to a file and returns its path. */
  export(print: string, kind: 'public' | 'secret', passphrase = ''): string {
    const path = join(this.home, `${print}.${kind}.asc`)
    const args = kind === 'public' ? ['--export'] : ['--passphrase', passphrase, '--export-secret-keys']
    writeFileSync(path, this.run(['--armor', ...args, print], ''))
    return path
  }

  import(path: string): void {
    this.run(['--import'], readFileSync(path))
  }

  remove(): void {
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'gpg-agent'], { stdio: 'ignore' })
    rmSync(this.home, { recursive: true, force: true })
  }
}
