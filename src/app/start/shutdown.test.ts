import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { onShutdown } from './shutdown.ts'

class FakeProcess extends EventEmitter {
  readonly exits: number[] = []
  readonly exited = Promise.withResolvers<number>()
  exit(code: number): void {
    this.exits.push(code)
    this.exited.resolve(code)
  }
}

function prepare(stop: (reason: string) => Promise<void>, graceMs = 10_000) {
  const target = new FakeProcess()
  const clock = { now: 0 }
  const lines: string[] = []
  onShutdown({ stop, graceMs, report: (line) => void lines.push(line), now: () => clock.now }, target)
  return { target, clock, lines }
}

describe('a running hub', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('drains on %s and ends well', async (signal) => {
    const reasons: string[] = []
    const { target } = prepare(async (reason) => void reasons.push(reason))
    target.emit(signal)
    expect(await target.exited.promise).toBe(0)
    expect(reasons).toEqual([signal])
  })

  test('drains once, though one Ctrl-C arrives from the terminal, npm and the bootstrap', async () => {
    let drains = 0
    const drained = Promise.withResolvers<void>()
    const { target, clock } = prepare(() => (drains++, drained.promise))
    target.emit('SIGINT')
    clock.now = 20
    target.emit('SIGINT')
    clock.now = 299
    target.emit('SIGTERM')
    expect(target.exits).toEqual([])
    drained.resolve()
    await target.exited.promise
    expect({ drains, exits: target.exits }).toEqual({ drains: 1, exits: [0] })
  })

  test('ends at once when somebody insists', () => {
    const { target, clock } = prepare(() => Promise.withResolvers<void>().promise)
    target.emit('SIGINT')
    clock.now = 301
    target.emit('SIGINT')
    expect(target.exits).toEqual([130])
  })

  test('ends when draining takes longer than its grace', async () => {
    const { target, lines } = prepare(() => Promise.withResolvers<void>().promise, 1)
    target.emit('SIGTERM')
    expect(await target.exited.promise).toBe(1)
    expect(lines.at(-1)).toContain('not drained')
  })

  test('says that a stop failed', async () => {
    const { target, lines } = prepare(() => Promise.reject(new Error('no database')))
    target.emit('SIGTERM')
    expect(await target.exited.promise).toBe(1)
    expect(lines.at(-1)).toBe('stop failed')
  })

  test('that could not start hears nothing any more, so that nothing keeps its process alive', () => {
    const target = new FakeProcess()
    onShutdown({ stop: async () => {}, graceMs: 1, report: () => {} }, target)()
    expect(target.eventNames()).toEqual([])
  })

  test('stops when the bootstrap that started it is gone', async () => {
    const { target } = prepare(async () => {})
    target.emit('disconnect')
    expect(await target.exited.promise).toBe(0)
  })
})
