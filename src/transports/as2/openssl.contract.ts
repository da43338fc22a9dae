import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MadeIdentity } from './identity.contract.ts'

/** Why there is nothing to compare with; undefined when there is. */
export const opensslMissing =
  spawnSync('openssl', ['version'], { encoding: 'utf8' }).status === 0 ? undefined : 'openssl is not installed'

/** The command line of OpenSSL as an AS2 partner: another implementation of CMS. */
export class OpenSsl {
  readonly directory = mkdtempSync(join(tmpdir(), 'interline-openssl-'))

  path(name: string): string {
    return join(this.directory, name)
  }

  /** Runs `openssl cms` over the input; the arguments may name files of `keep`. Throws what it says when it fails. */
  cms(input: Uint8Array, args: readonly string[]): Buffer {
    writeFileSync(this.path('in'), input)
    const { status, stderr } = spawnSync(
      'openssl',
      ['cms', ...args, '-in', this.path('in'), '-out', this.path('out')],
      { cwd: this.directory, encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`openssl cms ${args.join(' ')}: ${stderr}`)
    return readFileSync(this.path('out'))
  }

  /** Writes `<name>.crt` and `<name>.key`. */
  keep(name: string, { certificatePem, keyPem }: MadeIdentity): void {
    writeFileSync(this.path(`${name}.crt`), certificatePem)
    writeFileSync(this.path(`${name}.key`), keyPem, { mode: 0o600 })
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}
