import { describe, expect, test } from 'vitest'
import { isServerOf, judgeHolder, type Look, parseLockFile } from './lock-file.ts'

const text = '4242\n/data/postgres\n1790000000\n28938\n\n127.0.0.1\n  1234567    98\nready   \n'
const lock = parseLockFile(text)
const data = '/data/postgres'

const look = (found: ReturnType<Look['commandOf']>, attached: number | undefined): Look => ({
  commandOf: () => found,
  attachedTo: () => attached,
})
const server = { text: `/x/bin/postgres -D ${data} -p 1`, args: ['/x/bin/postgres', '-D', data, '-p', '1'] }
const stranger = { text: 'sleep 600', args: ['sleep', '600'] }

describe('the lock file of a server', () => {
  test('names process, port, shared memory and status', () => {
    expect(lock).toEqual({ pid: 4242, port: 28_938, sharedMemory: 98, status: 'ready' })
  })

  test('may be half written', () => {
    expect(parseLockFile('')).toBeUndefined()
    expect(parseLockFile('4242\n/data')).toEqual({ pid: 4242, port: undefined, sharedMemory: undefined, status: '' })
  })
})

describe('who holds the data', () => {
  test('nobody, without a lock', () => expect(judgeHolder(undefined, data, look(server, 5))).toBe('none'))
  test('our server, by its command line', () => expect(judgeHolder(lock, data, look(server, 5))).toBe('server'))
  test('a dead process that nobody reaped is waited for', () =>
    expect(judgeHolder(lock, data, look('zombie', 0))).toBe('ending'))
  test('children of a dead server are waited for, for they may still write', () => {
    expect(judgeHolder(lock, data, look(undefined, 3))).toBe('ending')
    expect(judgeHolder(lock, data, look(stranger, 1))).toBe('ending')
  })
  test('nobody, when the number belongs to another program and the memory is gone', () => {
    expect(judgeHolder(lock, data, look(stranger, 0))).toBe('stale')
    expect(judgeHolder(lock, data, look(undefined, 0))).toBe('stale')
  })
  test('where shared memory cannot be seen, a living stranger is never pushed aside', () => {
    expect(judgeHolder(lock, data, look(stranger, undefined))).toBe('ending')
    expect(judgeHolder(lock, data, look(undefined, undefined))).toBe('none')
  })
})

test('a server of other data is a stranger, even when its path begins alike', () => {
  expect(isServerOf(server, data)).toBe(true)
  expect(isServerOf({ text: `postgres -D ${data}2 -p 1`, args: ['postgres', '-D', `${data}2`] }, data)).toBe(false)
  expect(isServerOf({ text: `postgres -D ${data}2 -p 1` }, data)).toBe(false)
  expect(isServerOf({ text: `postgres -D ${data} -p 1` }, data)).toBe(true)
  expect(isServerOf({ text: `vim ${data}`, args: ['vim', data] }, data)).toBe(false)
})
