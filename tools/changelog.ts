import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listTree, root } from './source-tree.ts'
import { readJson } from './supply-chain.ts'

/** Kinds of change, in the order in which a reader wants them. */
const kinds = ['security', 'removed', 'changed', 'added', 'fixed'] as const

// Joins the fragments of changes/ into CHANGELOG.md under the version of package.json, and removes them.
const { version } = readJson('package.json') as { readonly version: string }
const fragments = listTree(['changes']).filter((path) => path !== 'changes/README.md')
const unknown = fragments.filter((path) => !kinds.some((kind) => path.endsWith(`.${kind}.md`)))
if (unknown.length > 0)
  throw new Error(`not a fragment: ${unknown.join(', ')}; expected <name>.<${kinds.join('|')}>.md`)

const sections = kinds.flatMap((kind) => {
  const lines = fragments
    .filter((path) => path.endsWith(`.${kind}.md`))
    .map((path) => `- ${readFileSync(join(root, path), 'utf8').trim()}`)
  return lines.length === 0 ? [] : [`### ${kind[0]?.toUpperCase()}${kind.slice(1)}\n\n${lines.join('\n')}`]
})
const file = join(root, 'CHANGELOG.md')
const earlier = existsSync(file) ? readFileSync(file, 'utf8').replace('# Changes\n\n', '') : ''
writeFileSync(file, `# Changes\n\n## ${version}\n\n${sections.join('\n\n')}\n\n${earlier}`)
for (const path of fragments) rmSync(join(root, path))
process.stdout.write(`${fragments.length} fragments joined into CHANGELOG.md\n`)
