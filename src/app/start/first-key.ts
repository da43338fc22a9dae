import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { KeyStore } from '../../backbone/stores.ts'
import { newKey } from '../../gateway/access/key.ts'
import { writePrivate } from './data-directory.ts'

/** There is no open door: the first start makes one key with every scope, says it once, and keeps it for the command line of this machine. */
export async function firstKey(keys: KeyStore, directory: string): Promise<string | undefined> {
  const existing = await keys.list({ limit: 1 })
  if (existing.length > 0) return undefined
  const made = newKey((count) => randomBytes(count))
  await keys.create({ id: made.id, tenant: 'main', name: 'first key', hash: made.hash, scopes: ['*'] })
  writePrivate(join(directory, 'admin.key'), `${made.text}\n`)
  return made.text
}
