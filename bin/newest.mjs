import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a file is missing, or older than one of these files or anything in these folders. */
export function isOlder(path, sources) {
  if (!existsSync(path)) return true
  const { mtimeMs } = statSync(path)
  return sources.filter((source) => existsSync(source)).some((source) => newest(source) >= mtimeMs)
}

/** When a file, or anything in a folder, was changed last. */
function newest(path) {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
