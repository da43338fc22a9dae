import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DialPolicy, judgeAddress, judgeUrl } from './judge.ts'

const open: DialPolicy = { allowHttp: true, allowedCidrs: [], allowedPorts: [80, 443] }

describe('addresses', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'the end of loopback'],
    ['0.0.0.0', 'unspecified'],
    ['10.20.30.40', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.7', 'private'],
    ['100.64.0.9', 'shared address space'],
    ['169.254.10.10', 'link local'],
    ['192.0.0.8', 'protocol assignments'],
    ['192.0.2.55', 'documentation'],
    ['198.19.0.1', 'benchmarks'],
    ['198.51.100.3', 'documentation'],
    ['203.0.113.3', 'documentation'],
    ['233.1.2.3', 'multicast'],
    ['250.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::ffff:192.168.0.7', 'mapped'],
    ['::7f00:1', 'IPv4-compatible'],
    ['::808:808', 'IPv4-compatible, of a public address'],
    ['64:ff9b::a00:1', 'NAT64'],
    ['64:ff9b:1::a00:1', 'NAT64 of a site'],
    ['2002:a00:1::', '6to4'],
    ['2001:0:a00:1::', 'Teredo'],
    ['2001:db8::7', 'documentation'],
    ['fc00::7', 'unique local'],
    ['fd12:3456::7', 'unique local'],
    ['fe80::7', 'link local'],
    ['fec0::7', 'site local'],
    ['ff05::7', 'multicast'],
    ['4000::1', 'not assigned'],
    ['not an address', 'no address at all'],
  ])('%s is refused: %s', (address) => {
    expect(judgeAddress(address, 443, open)).toBe('ADDRESS_REFUSED')
  })

  test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1946', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(judgeAddress(address, 443, open)).toBeUndefined()
  })

  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
  ])('the metadata service at %s is refused even where everything is allowed', (address) => {
    expect(judgeAddress(address, 80, { ...open, allowedCidrs: ['0.0.0.0/0', '::/0'] })).toBe('ADDRESS_REFUSED')
  })

  test('an allowed range opens exactly itself', () => {
    const policy = { ...open, allowedCidrs: ['10.1.0.0/16', 'fd12::/16'] }
    expect(judgeAddress('10.1.255.255', 443, policy)).toBeUndefined()
    expect(judgeAddress('10.2.0.0', 443, policy)).toBe('ADDRESS_REFUSED')
    expect(judgeAddress('fd12::1', 443, policy)).toBeUndefined()
    expect(judgeAddress('fd13::1', 443, policy)).toBe('ADDRESS_REFUSED')
  })

  test('a range that cannot be read allows nothing', () => {
    for (const cidr of ['10.1.0.0', '10.1.0.0/33', 'everything', ''])
      expect(judgeAddress('10.1.0.1', 443, { ...open, allowedCidrs: [cidr] })).toBe('ADDRESS_REFUSED')
  })

  test('outside 2000::/3 no IPv6 address is public', () => {
    const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(words, (parts) => {
        const [first = 0] = parts
        fc.pre((first & 0xe000) !== 0x2000)
        const mapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff
        fc.pre(!mapped)
        const address = parts.map((part) => part.toString(16)).join(':')
        expect(judgeAddress(address, 443, open)).toBe('ADDRESS_REFUSED')
      }),
    )
  })
})

describe('ports', () => {
  test('outside, only 443 unless something else is allowed', () => {
    const policy = { allowHttp: false, allowedCidrs: [] }
    expect(judgeAddress('8.8.8.8', 443, policy)).toBeUndefined()
    expect(judgeAddress('8.8.8.8', 80, policy)).toBe('PORT_REFUSED')
    expect(judgeAddress('8.8.8.8', 22, { ...policy, allowHttp: true })).toBe('PORT_REFUSED')
    expect(judgeAddress('8.8.8.8', 80, { ...policy, allowHttp: true })).toBeUndefined()
    expect(judgeAddress('8.8.8.8', 8443, { ...policy, allowedPorts: [8443] })).toBeUndefined()
  })

  test('inside an allowed range any port, unless ports are listed', () => {
    const policy = { allowHttp: false, allowedCidrs: ['10.0.0.0/8'] }
    expect(judgeAddress('10.0.0.1', 44_300, policy)).toBeUndefined()
    expect(judgeAddress('10.0.0.1', 22, { ...policy, allowedPorts: [44_300] })).toBe('PORT_REFUSED')
  })
})

describe('URLs', () => {
  test.each([
    ['ftp://files.example/', 'SCHEME_REFUSED'],
    ['file:///etc/hosts', 'SCHEME_REFUSED'],
    ['gopher://files.example/', 'SCHEME_REFUSED'],
    ['javascript:alert(1)', 'SCHEME_REFUSED'],
    ['https://name:word@erp.example/', 'USERINFO_REFUSED'],
    ['https://name@erp.example/', 'USERINFO_REFUSED'],
    ['https://erp.example:22/', 'PORT_REFUSED'],
    ['https://', 'URL_INVALID'],
    ['//erp.example/', 'URL_INVALID'],
    ['https://erp .example/', 'URL_INVALID'],
    [`https://erp.example/${'a'.repeat(2048)}`, 'URL_TOO_LONG'],
    ['https://127.1/', 'ADDRESS_REFUSED'],
    ['https://0x7f.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://2130706433/', 'ADDRESS_REFUSED'],
    ['https://0177.0.0.1/', 'ADDRESS_REFUSED'],
    ['https://１２７.０.０.１/', 'ADDRESS_REFUSED'],
    ['https://[::127.0.0.1]/', 'ADDRESS_REFUSED'],
  ])('%s is refused: %s', (url, refusal) => {
    expect(judgeUrl(url, open)).toBe(refusal)
  })

  test('plain HTTP needs to be allowed', () => {
    expect(judgeUrl('http://erp.example/', { ...open, allowHttp: false })).toBe('SCHEME_REFUSED')
    expect(judgeUrl('http://erp.example/', open)).toBeInstanceOf(URL)
  })

  test('any text is either a URL or refused, never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `https://${text}`),
        ),
        (text) => {
          const judged = judgeUrl(text, open)
          expect(judged instanceof URL || typeof judged === 'string').toBe(true)
        },
      ),
    )
  })
})
