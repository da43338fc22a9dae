import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeOptions } from './spawned-hub.ts'

const root = join(import.meta.dirname, '..')

test('a hub runs with the same collector however it is started', async () => {
  const { collector } = (await import(join(root, 'bin/collector.mjs'))) as { readonly collector: readonly string[] }
  expect(collector.length).toBeGreaterThan(0)
  expect(nodeOptions).toEqual(collector)
  const [shebang] = readFileSync(join(root, 'bin/interline.mjs'), 'utf8').split('\n')
  expect(shebang).toBe(`#!/usr/bin/env -S node ${collector.join(' ')}`)
})
