import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StubHub } from './stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())

test('whoever has seen enough ends a list without a failure, as `| head` does', async () => {
  const row = { message: 'msg_0-1', detail: 'x'.repeat(1000) }
  hub.reply = () => ({ body: { data: Array.from({ length: 2000 }, () => row), page: { next: null } } })
  const main = new URL('../../src/app/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, '--json', 'parked'], {
    env: { ...process.env, INTERLINE_DATA_DIRECTORY: `${hub.folder}/data` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let error = ''
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = (await once(child, 'exit')) as [number | null]
  expect({ code, error }).toEqual({ code: 0, error: '' })
})
