import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

/** Of the calling thread: what /proc says behind its name. */
const nice = `Number(readFileSync('/proc/thread-self/stat', 'latin1').replace(/^.*\\) /, '').split(' ')[16])`

test.runIf(platform() === 'linux')('a thread that steps back leaves the others as they are', async () => {
  const before = niceHere()
  const source = `
    import { readFileSync } from 'node:fs'
    import { parentPort } from 'node:worker_threads'
    import { stepBack } from ${JSON.stringify(new URL('./step-back.ts', import.meta.url).href)}
    stepBack()
    parentPort.postMessage(${nice})`
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`))
  const [told] = (await once(thread, 'message')) as [number]
  expect(told).toBe(Math.max(before, 10))
  expect(niceHere()).toBe(before)
})

function niceHere(): number {
  const fields = readFileSync('/proc/thread-self/stat', 'latin1')
    .replace(/^.*\) /, '')
    .split(' ')
  return Number(fields[16])
}
