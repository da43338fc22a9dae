import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'

/** Installs the locked packages when they are missing or older than the lock. Answers npm's exit code, 0 when nothing was to do. */
export async function install(root, environment) {
  if (!isStale(join(root, 'package-lock.json'), join(root, 'node_modules', '.package-lock.json'))) return 0
  console.error('Installing what is missing (about a minute, once) …')
  const npm = environment.npm_execpath
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund']
  if (npm !== undefined) return run(process.execPath, [npm, ...args], { environment, directory: root })
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { environment, directory: root })
}

/** npm writes its own copy of the lock last: without it the install is missing or was interrupted. */
function isStale(lockPath, installedPath) {
  return !existsSync(installedPath) || statSync(installedPath).mtimeMs < statSync(lockPath).mtimeMs
}
