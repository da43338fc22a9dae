import { expect, test } from 'vitest'
import { trustedProxies } from './trusted-proxies.ts'

test('addresses and ranges are known, also as IPv4 in IPv6', () => {
  const isTrusted = trustedProxies(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8::1'])
    expect(isTrusted(address)).toBe(true)
  for (const address of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '', 'proxy', '::ffff:11.0.0.1'])
    expect(isTrusted(address)).toBe(false)
})

test('without any nobody is trusted, not even this machine', () => {
  expect(trustedProxies([])('127.0.0.1')).toBe(false)
})

test('nonsense is refused', () => {
  expect(() => trustedProxies(['the proxy'])).toThrow('no address and no range')
})
