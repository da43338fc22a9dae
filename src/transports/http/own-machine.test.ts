import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { ownMachine } from './own-machine.ts'

const isOwn = ownMachine(() => [8080, 5432])

test('the doors of the hub are found under every address of the machine', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1'])
    expect(isOwn(address, 8080), address).toBe(true)
  for (const { address } of Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []))
    expect(isOwn(address, 5432), address).toBe(true)
})

test('other ports of the machine and other machines are not the hub', () => {
  expect(isOwn('127.0.0.1', 8081)).toBe(false)
  expect(isOwn('8.8.8.8', 8080)).toBe(false)
})
