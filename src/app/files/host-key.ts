import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { fingerprint } from '../../transports/sftp/session.ts'

/** The key by which partners know the mailbox server, made at the first start and kept with the data. */
export function openHostKey(directory: string): { readonly key: string; readonly fingerprint: string } {
  const path = join(directory, 'mailbox.key')
  if (!existsSync(path)) {
    const made = ssh2.utils.generateKeyPairSync('ed25519')
    writeFileSync(`${path}.new`, made.private, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  const key = readFileSync(path, 'utf8')
  const parsed = ssh2.utils.parseKey(key)
  if (parsed instanceof Error) throw new Error(`${path} is not a private key: ${parsed.message}`)
  return { key, fingerprint: fingerprint(parsed.getPublicSSH()) }
}
