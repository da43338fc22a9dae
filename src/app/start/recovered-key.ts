import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyStore } from '../../backbone/stores.ts'
import { newKey } from '../../gateway/access/key.ts'
import { hashKey } from '../../gateway/access/principal.ts'
import { writePrivate } from './data-directory.ts'

/** What became of it: a key that was made, or the file with one that still counts. */
export type Recovery =
  | { readonly outcome: 'made'; readonly id: string; readonly text: string; readonly path: string }
  | { readonly outcome: 'not needed'; readonly path: string }

const name = 'recovered key'
const scopes: readonly string[] = ['*']

/**
 * A key with every scope for whoever may read the folder and the database of a hub of which no key is left, and nobody can sign in: who
 * can do that can do everything to it anyway. It takes the place of the first key, unless that one still counts; no other key changes.
 */
export async function recoverKey(keys: KeyStore, directory: string, now: number): Promise<Recovery> {
  const path = join(directory, 'admin.key')
  if (await stillCounts(keys, path, now)) return { outcome: 'not needed', path }
  const { id, text, hash } = newKey((count) => randomBytes(count))
  const note = { actor: 'interline key recover', after: { name, scopes } }
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  // The file first: a key in the database of which nobody has the text helps nobody; a text that does not count is replaced next time.
  writePrivate(path, `${text}\n`)
  await keys.create({ id, tenant: 'main', name, hash, scopes }, note)
  return { outcome: 'made', id, text, path }
}

async function stillCounts(keys: KeyStore, path: string, now: number): Promise<boolean> {
  if (!existsSync(path)) return false
  const row = await keys.byHash(hashKey(readFileSync(path, 'utf8').trim()))
  if (row === undefined || row.revokedAt !== undefined) return false
  return (row.expiresAt ?? Number.POSITIVE_INFINITY) > now && row.scopes.includes('*')
}
