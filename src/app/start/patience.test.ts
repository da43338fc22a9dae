import { expect, test } from 'vitest'
import { OutcomeUnknown } from '../../backbone/backbone.ts'
import { InterlineError } from '../../base/errors.ts'
import { type AwaitedEvent, whileDatabaseIsAway } from './patience.ts'

function patience() {
  const reported: AwaitedEvent[] = []
  let now = 0
  const clock = {
    mono: () => now,
    sleep: (ms: number) => {
      now += ms
      return Promise.resolve()
    },
  }
  return { clock, report: (event: AwaitedEvent) => reported.push(event), reported }
}

function failing(...errors: readonly unknown[]): () => Promise<string> {
  let next = 0
  return () => (next < errors.length ? Promise.reject(errors[next++] as Error) : Promise.resolve('open'))
}

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
})
const starting = Object.assign(new Error('the database system is starting up'), { code: '57P03', severity: 'FATAL' })
const away = [
  refused,
  starting,
  new Error('Connection terminated unexpectedly'),
  new Error('timeout expired'),
  new OutcomeUnknown('the connection was lost'),
  new InterlineError('DATABASE_UNAVAILABLE', { state: 'connect' }),
]

test('a hub that comes before its database waits for it, and says so', async () => {
  const waiting = patience()
  expect(await whileDatabaseIsAway(failing(...away), waiting)).toBe('open')
  expect(waiting.reported).toHaveLength(away.length)
  expect(waiting.reported[0]?.detail).toContain('does not answer')
})

test('one that stays away ends the start after a minute', async () => {
  const waiting = patience()
  await expect(whileDatabaseIsAway(() => Promise.reject(refused), waiting)).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  })
  expect(waiting.clock.mono()).toBeGreaterThan(60_000)
})

test('what waiting does not mend ends the start at once', async () => {
  const password = Object.assign(new Error('password authentication failed'), { code: '28P01', severity: 'FATAL' })
  const port = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen' })
  for (const error of [
    password,
    port,
    new TypeError('a bug'),
    new InterlineError('NETWORK_INVALID', { path: '', problems: '' }),
  ]) {
    const waiting = patience()
    await expect(whileDatabaseIsAway(failing(error), waiting)).rejects.toBe(error)
    expect(waiting.reported).toEqual([])
  }
})
