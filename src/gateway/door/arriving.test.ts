import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { InterlineError } from '../../base/errors.ts'
import { Arriving } from './arriving.ts'

/** A request of which so many bytes have come. */
function coming(): { readonly request: IncomingMessage; received: number } {
  const socket = new Socket()
  const state = { request: new IncomingMessage(socket), received: 0 }
  Object.defineProperty(socket, 'bytesRead', { get: () => state.received })
  return state
}

const second = 1000

test('bodies on their way take room together; what came to its end gives it back', () => {
  const arriving = new Arriving(100)
  arriving.take(60)
  arriving.take(40)
  expect(() => arriving.take(1)).toThrow('More is waiting')
  arriving.give(60)
  arriving.take(60)
  expect(() => arriving.take(1)).toThrow('More is waiting')
})

test('a body has ten seconds, and then must keep a kilobyte a second', () => {
  const arriving = new Arriving()
  const begun = performance.now()
  const refusals: string[] = []
  const watch = (name: string): ReturnType<typeof coming> => {
    const one = coming()
    arriving.watch(one.request, ({ code }: InterlineError) => refusals.push(`${name} ${code}`))
    return one
  }
  const steady = watch('steady')
  watch('silent')
  const done = watch('done')
  arriving.sweep(begun + 9 * second)
  expect(refusals).toEqual([])
  arriving.done(done.request)
  steady.received = 4 * 1024
  arriving.sweep(begun + 13 * second)
  expect(refusals).toEqual(['silent REQUEST_TOO_SLOW'])
  arriving.sweep(begun + 15 * second)
  expect(refusals).toEqual(['silent REQUEST_TOO_SLOW', 'steady REQUEST_TOO_SLOW'])
  arriving.sweep(begun + 60 * second)
  expect(refusals).toHaveLength(2)
})
