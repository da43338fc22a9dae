import { join } from 'node:path'
import { run } from './child.mjs'
import { isOlder } from './newest.mjs'

/** Builds the pages of the control tower when they are missing or older than what they are made of. Answers the exit code of the build. */
export async function buildTower(root, environment) {
  const web = join(root, 'web')
  const sources = ['index.html', 'vite.config.ts', 'package.json', 'src', 'public'].map((name) => join(web, name))
  if (!isOlder(join(web, 'dist', 'index.html'), sources)) return 0
  console.error('Building the control tower (some seconds, once) …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  return run('node', [vite, 'build', '--logLevel', 'warn'], { environment, directory: web })
}
