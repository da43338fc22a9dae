import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { connectors } from '../src/connectors/all.ts'
import type { Connector } from '../src/connectors/kit/connector.ts'
import { type GoldenCase, type GoldenOutcome, playGolden } from '../src/connectors/kit/golden.ts'
import { listTree, root } from './source-tree.ts'

/** A golden case with the files that hold its two halves, relative to the root. */
export interface GoldenFile extends GoldenCase {
  readonly inPath: string
  readonly outPath: string
}

/** The golden files of a connector: `golden/<operation>/<case>.in.json` (or `.in.csv`, `.in.txt`, `.in.edi`), and `<case>.settings.json` where it matters. */
export function goldenFiles(connector: string): GoldenFile[] {
  const folder = `src/connectors/${connector}/golden`
  return listTree([folder]).flatMap((inPath) => {
    const match = /\/golden\/([^/]+)\/([^/]+)\.in\.(json|csv|txt|edi)$/.exec(inPath)
    if (match === null) return []
    const [, operation = '', name = '', ending] = match
    const settingsPath = join(root, `${folder}/${operation}/${name}.settings.json`)
    return {
      operation,
      name,
      format: ending === 'csv' || ending === 'txt' || ending === 'edi' ? ending : 'json',
      ...(existsSync(settingsPath)
        ? { settings: JSON.parse(readFileSync(settingsPath, 'utf8')) as Record<string, unknown> }
        : {}),
      text: readFileSync(join(root, inPath), 'utf8'),
      inPath,
      outPath: `${folder}/${operation}/${name}.out.json`,
    } as const
  })
}

/** The text of an `.out.json`: the same outcome is always the same bytes. */
export function goldenText(outcome: GoldenOutcome): string {
  return `${JSON.stringify(outcome, null, 2)}\n`
}

/** Writes every `.out.json` anew and returns those that changed. The author reads the diff: it is the change of meaning. */
export function rewriteGoldens(all: readonly Connector[]): string[] {
  return all.flatMap((connector) =>
    goldenFiles(connector.id).flatMap((golden) => {
      const text = goldenText(playGolden(connector, golden))
      const path = join(root, golden.outPath)
      if (existsSync(path) && readFileSync(path, 'utf8') === text) return []
      writeFileSync(path, text)
      return [golden.outPath]
    }),
  )
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === 'golden.ts')
  for (const path of rewriteGoldens(connectors)) process.stdout.write(`${path}\n`)
