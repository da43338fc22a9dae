import { join } from 'node:path'
import { run } from './child.mjs'
import { isOlder } from './newest.mjs'

/** Builds the documentation as a site when it is missing or older than its pages. Answers the exit code of the build. */
export async function buildSite(root, environment) {
  const docs = join(root, 'docs')
  const built = join(docs, '.vitepress', 'dist')
  const sources = ['tutorial', 'guides', 'explanation', 'reference', 'decisions', 'screens', 'index.md'].map((name) =>
    join(docs, name),
  )
  const shape = ['config', 'copies', 'literal', 'pages', 'sidebar'].map((name) =>
    join(docs, '.vitepress', `${name}.ts`),
  )
  if (!isOlder(join(built, 'llms.txt'), [...sources, ...shape])) return 0
  const vitepress = join(root, 'node_modules', 'vitepress', 'bin', 'vitepress.js')
  return run('node', [vitepress, 'build', 'docs'], { environment, directory: root, quiet: true })
}
