import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InterlineError } from '../base/errors.ts'
import { type Sealing, sealingWith } from '../registry/sealing.ts'
import { writePrivate } from './data-directory.ts'

/**
 * Seals with the key of the settings, else with one of the data directory that the first start makes. Whoever has only a copy of the
 * database reads nothing that is sealed. Throws SEAL_KEY_UNUSABLE.
 */
export function openSealing(given: string, directory: string): Sealing {
  const path = join(directory, 'seal.key')
  if (given === '' && !existsSync(path)) writePrivate(path, `${randomBytes(32).toString('base64url')}\n`)
  const text = given === '' ? readFileSync(path, 'utf8').trim() : given
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new InterlineError('SEAL_KEY_UNUSABLE', { bytes: key.length })
  return sealingWith(key)
}
