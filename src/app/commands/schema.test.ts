import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
const folder = mkdtempSync(join(tmpdir(), 'interline-schemas-'))
beforeAll(() => hub.start())
afterAll(() => {
  hub.stop()
  rmSync(folder, { recursive: true, force: true })
})

function schemas(name: string, files: Readonly<Record<string, unknown>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true })
    writeFileSync(join(folder, name, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return join(folder, name)
}

const lamp = { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] }
const old = schemas('old', { 'facts/lamp.lit.json': lamp, 'facts/lamp.out.json': lamp })

test('a folder that says the same passes, and says what it looked at', async () => {
  const { code, out } = await hub.run(['schema', 'check', old, '--baseline', old])
  expect([code, out]).toEqual([0, expect.stringContaining('2 contracts read, 0 different')])
})

test('what breaks is named with its place and its reason, and fails the build', async () => {
  const now = schemas('now', { 'facts/lamp.lit.json': { ...lamp, properties: { sku: { type: 'integer' } } } })
  const { code, out } = await hub.run(['schema', 'check', now, '--baseline', old])
  expect(code).toBe(1)
  expect(out).toMatch(/breaking +fact:lamp\.lit +data +\/sku +is integer and was string +both/)
})

test('a schema that is missing in a folder is removed, unless the folder holds only some', async () => {
  const one = schemas('one', { 'facts/lamp.lit.json': lamp, 'facts/lamp.new.json': lamp })
  const whole = await hub.run(['schema', 'check', one, '--baseline', old])
  expect([whole.code, whole.out]).toEqual([1, expect.stringMatching(/removed +fact:lamp\.out/)])
  expect((await hub.run(['schema', 'check', one, '--baseline', old, '--partial'])).code).toBe(0)
})

test('what cannot be read fails the build, and a folder without schemas is a mistake', async () => {
  const bad = schemas('bad', { 'facts/lamp.lit.json': '{' })
  expect((await hub.run(['schema', 'check', bad, '--baseline', old])).code).toBe(1)
  const none = schemas('none', { 'notes.json': { hello: 1 } })
  expect((await hub.run(['schema', 'check', none, '--baseline', old])).code).toBe(2)
  expect((await hub.run(['schema', 'check', join(folder, 'nowhere'), '--baseline', old])).code).toBe(2)
})

test('without a baseline the hub is asked, and says who is affected', async () => {
  const verdict = {
    ...{ id: 'fact:lamp.lit', verdict: 'breaking' },
    changes: [{ part: 'data', path: '/sku', reason: 'is gone', isBreaking: true, breaks: 'both' }],
    consumers: [{ kind: 'subscription', id: 'subscription:s', name: 'shop.example' }],
  }
  hub.reply = () => ({ body: { isCompatible: false, checked: 2, verdicts: [verdict], faults: [], passedOver: [] } })
  const { code, out } = await hub.run(['schema', 'check', old])
  expect([code, out]).toEqual([1, expect.stringContaining('fact:lamp.lit is used by shop.example')])
  expect(hub.json(0)).toMatchObject({ complete: ['fact'], files: [{ path: 'old/facts/lamp.lit.json' }, {}] })
})
