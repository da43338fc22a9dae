import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Parser } from '@asyncapi/parser'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { readTree, root } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'

const schemas = readTree(['schemas/facts', 'schemas/objects'], ['.json'])

test('every schema is one that the validators of others accept', () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
  addFormats.default(ajv)
  const broken = schemas.flatMap(({ path, text }) => {
    try {
      ajv.compile(JSON.parse(text) as object)
      return []
    } catch (error) {
      return [`${path}: ${String(error)}`]
    }
  })
  expect(schemas.length).toBeGreaterThan(100)
  expectNone(broken)
})

test('the API description is read without complaint', () => {
  const lint = spawnSync(
    join(root, 'node_modules/.bin/redocly'),
    // The next test says the same of answers, and knows those that lead elsewhere.
    [
      'lint',
      'schemas/openapi.json',
      '--format',
      'json',
      '--skip-rule',
      'tag-description',
      '--skip-rule',
      'operation-2xx-response',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  )
  const { totals, problems } = JSON.parse(lint.stdout) as {
    readonly totals: { readonly errors: number; readonly warnings: number }
    readonly problems: readonly { readonly message: string }[]
  }
  expectNone(problems.map(({ message }) => message))
  expect(totals).toMatchObject({ errors: 0, warnings: 0 })
})

test('every operation answers well in some way, or leads somewhere', () => {
  const { paths } = JSON.parse(readTree(['schemas/openapi.json'], ['.json'])[0]?.text ?? '') as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: object }>>>>
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses = {} }]) => ({ name: `${method} ${path}`, responses })),
  )
  expect(operations.length).toBeGreaterThan(100)
  const isWell = (status: string): boolean => /^(2\d\d|303)$/.test(status)
  expectNone(operations.filter(({ responses }) => !Object.keys(responses).some(isWell)).map(({ name }) => name))
})

test('the description of events is read without complaint', async () => {
  const { diagnostics } = await new Parser().parse(readTree(['schemas/asyncapi.json'], ['.json'])[0]?.text ?? '')
  expectNone(diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`))
})
