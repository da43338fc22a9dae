import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { declaredContracts } from '../src/app/contracts/declared.ts'
import { publishedPath, publishedText } from './published-contracts.ts'
import { root } from './source-tree.ts'

// What is declared now is what others may count on from now on: run for a release, and where something is broken on purpose.
const path = join(root, publishedPath)
mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, publishedText(declaredContracts()))
process.stdout.write(`${declaredContracts().length} contracts published in ${publishedPath}\n`)
