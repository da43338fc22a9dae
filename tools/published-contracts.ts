import { createHash } from 'node:crypto'
import type { Contract } from '../src/registry/contracts/contract.ts'
import { type JsonSchema, withoutWords } from '../src/registry/contracts/json-schema.ts'
import { generatedHead } from './generated-head.ts'

/** Contracts as they were published last: nothing may break them. */
export const publishedPath = 'schemas/published/contracts.json'

/** All contracts as one file, a line for each and one for each schema: many share one. */
export function publishedText(contracts: readonly Contract[]): string {
  const schemas = new Map<string, JsonSchema>()
  const lines = contracts.map(({ id, kind, name, owner, parts }) => {
    const named = parts.map(({ name: part, direction, schema }) => {
      const bare = withoutWords(schema)
      const text = JSON.stringify(bare)
      if (text.length < 80) return { name: part, direction, schema: bare }
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
      schemas.set(hash, bare)
      return { name: part, direction, schema: { $ref: `#/schemas/${hash}` } }
    })
    return JSON.stringify({ id, kind, name, about: '', owner, parts: named })
  })
  const shared = [...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{"x-generated":${JSON.stringify(generatedHead)},\n"contracts":[\n${lines.join(',\n')}\n],\n"schemas":{\n${shared
    .map(([hash, schema]) => `"${hash}":${JSON.stringify(schema)}`)
    .join(',\n')}\n}}\n`
}
