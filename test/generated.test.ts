import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectors } from '../src/connectors/all.ts'
import { definitions } from '../src/processes/all.ts'
import { generatedFiles } from '../tools/generated.ts'
import { generatedPlaces } from '../tools/generated-head.ts'
import { silentCommands } from '../tools/reference/carriers-out.ts'
import type { Schema } from '../tools/reference/schema.ts'
import { listTree, root } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'
import { meaningless } from './meaningless.ts'

/** Made by the test of migrations, and by tools/publish-contracts.ts. */
const apart = ['schemas/catalogue.json', 'schemas/published/contracts.json']
const files = await generatedFiles()

test('there is something that is generated', () => {
  const pages = ['codes', 'connectors', 'errors', 'facts', 'metrics', 'model', 'settings', 'signals'].map(
    (name) => `docs/reference/${name}.md`,
  )
  const made = new Set(files.map(({ path }) => path))
  expectNone([...pages, 'schemas/openapi.json', 'schemas/asyncapi.json'].filter((path) => !made.has(path)))
})

test('the committed files are what the declarations say', () => {
  const committed = (path: string): string | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
  expectNone(
    files
      .filter(({ path, text }) => committed(path) !== text)
      .map(({ path }) => `${path}: run "npm run generate" and read the diff`),
  )
})

test('every field of the model, and every code, says what it means', () => {
  const schemas = files.filter(({ path }) => /^schemas\/(objects|facts)\//.test(path))
  expect(schemas.length).toBeGreaterThan(200)
  expectNone(
    schemas.flatMap(({ path, text }) => {
      const schema = JSON.parse(text) as Schema
      const name = path.replace(/^.*\//, '').replace('.json', '')
      const whole = schema.description === undefined ? [`${name}: nothing is said about it`] : []
      return [...whole, ...meaningless(schema, name)]
    }),
  )
})

test('every command of a process is carried out by a connector, or it is said why not', () => {
  expect(definitions.flatMap(({ effects }) => Object.keys(effects)).length).toBeGreaterThan(30)
  expectNone(silentCommands(definitions, connectors))
})

test('no generated file outlives its declaration', () => {
  const made = new Set(files.map(({ path }) => path))
  // The catalogue of the database is written by its own test.
  expectNone(listTree(generatedPlaces).filter((path) => !made.has(path) && !apart.includes(path)))
})

test('the same declarations give the same bytes', async () => {
  expect(await generatedFiles()).toEqual(files)
})
