import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprintOf, makeKeyPair } from '../../transports/sftp/keys.ts'

/** The key by which partners know the mailbox server, made at the first start and kept with the data. */
export function openHostKey(directory: string): { readonly key: string; readonly fingerprint: string } {
  const path = join(directory, 'mailbox.key')
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, makeKeyPair().privateKey, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  const key = readFileSync(path, 'utf8')
  return { key, fingerprint: fingerprintOf(key) }
}
