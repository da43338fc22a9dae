import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a process whose wires were cut while a side said goodbye ends by itself', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'goodbye.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = child.stdout.setEncoding('utf8').toArray()
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearTimeout(timer)
  expect((await said).join('')).toBe('all closed\n')
  expect(code).toBe(0)
})
