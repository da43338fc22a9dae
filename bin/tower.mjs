import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'

/** Builds the pages of the control tower when they are missing or older than what they are made of. Answers the exit code of the build. */
export async function buildTower(root, environment) {
  const web = join(root, 'web')
  const page = join(web, 'dist', 'index.html')
  const sources = ['index.html', 'vite.config.ts', 'package.json', 'src', 'public']
    .map((name) => join(web, name))
    .filter((path) => existsSync(path))
  if (existsSync(page) && sources.every((path) => newest(path) < statSync(page).mtimeMs)) return 0
  console.error('Building the control tower (some seconds, once) …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  return run('node', [vite, 'build', '--logLevel', 'warn'], { environment, directory: web })
}

/** When a file, or anything in a folder, was changed last. */
function newest(path) {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
