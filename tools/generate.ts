import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles } from './generated.ts'
import { generatedPlaces } from './generated-head.ts'
import { listTree, root } from './source-tree.ts'

// Made by something else: the first by the test of migrations, the second by tools/publish-contracts.ts.
const kept = ['schemas/catalogue.json', 'schemas/published/contracts.json']
// Writes every generated file and removes those that no declaration makes any more.
const files = await generatedFiles()
const wanted = new Set(files.map(({ path }) => path))
for (const { path, text } of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const stray = listTree(generatedPlaces).filter((path) => !wanted.has(path) && !kept.includes(path))
for (const path of stray) rmSync(join(root, path))
process.stdout.write(`${files.length} files generated, ${stray.length} removed\n`)
