import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../tools/source-tree.ts'

/** An invented file of the EDI connector's goldens. */
export function goldenFile(name: string): string {
  return readFileSync(join(root, `src/connectors/edi-partner/golden/inbound/${name}.in.edi`), 'utf8')
}

/** Settings of a partner that is told nothing: what is answered is another test's matter. */
export const unanswered = { ta1: 'never', group: 'none', contrl: 'none' } as const
