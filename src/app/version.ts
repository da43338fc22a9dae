import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Version of this release, as its manifest names it. */
export const version: string = readVersion(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))

function readVersion(manifest: string): string {
  const content: unknown = JSON.parse(manifest)
  const found = typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined
  if (typeof found !== 'string') throw new Error('package.json has no version')
  return found
}
