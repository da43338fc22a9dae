import { describe, expect, test } from 'vitest'
import { makeCertificate } from './certificate.contract.ts'
import { ownMachine } from './own-machine.ts'
import { answering, ok, openClient, openPeer, requestTo } from './peer.contract.ts'
import type { HttpRequest } from './request.ts'

/** What a stranger may ask for: nothing private is allowed, and the scheme and the port are not what saves us. */
function stranger(url: string, port: number, changes: Partial<HttpRequest> = {}): HttpRequest {
  return requestTo(url, { allowedCidrs: [], allowedPorts: [port], timeoutMs: 2000, ...changes })
}

describe('a URL that somebody else wrote', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f000001',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.01',
    '017700000001',
    '2130706433',
    '0.0.0.0',
    '0',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127.0.0.1.',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fc00::1]',
  ])('never reaches the inside through http://%s', async (host) => {
    const canary = await openPeer(answering(ok), { host: '::' }).catch(() => openPeer(answering(ok)))
    const result = await openClient().send(stranger(`http://${host}:${canary.port}/`, canary.port))
    expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'ADDRESS_REFUSED' })
    expect(canary.sockets).toHaveLength(0)
  })

  test.each([
    ...['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.42.42', '100.100.100.200', '192.0.0.192'],
    // The only one that is a public address.
    '168.63.129.16',
    ...['[fd00:ec2::254]', '[fd00:ec2::23]', '[fd20:ce::254]', '[fd00:42::42]', '[::ffff:169.254.169.254]'],
  ])('never reaches a metadata service at %s, though all networks are allowed', async (host) => {
    const request = requestTo(`http://${host}/latest/meta-data/`, { allowedCidrs: ['0.0.0.0/0', '::/0'] })
    expect(await openClient().send(request)).toMatchObject({ wire: false, code: 'ADDRESS_REFUSED' })
  })

  test('reaches the same place when its range is allowed, so that the cases above prove something', async () => {
    const peer = await openPeer(answering(ok))
    const result = await openClient().send(requestTo(`http://127.1:${peer.port}/`))
    expect(result).toMatchObject({ outcome: 'answer', status: 200 })
  })

  test('cannot name the machine by the name of the machine', async () => {
    const canary = await openPeer(answering(ok))
    for (const host of ['localhost', 'localhost.', 'LOCALHOST']) {
      const result = await openClient().send(stranger(`http://${host}:${canary.port}/`, canary.port))
      expect(result).toMatchObject({ outcome: 'not_sent', wire: false })
    }
    expect(canary.sockets).toHaveLength(0)
  })
})

describe('a name', () => {
  test('that leads inside is refused', async () => {
    const canary = await openPeer(answering(ok))
    const client = openClient({ resolver: async () => ['127.0.0.1'] })
    const result = await client.send(stranger(`http://partner.example:${canary.port}/`, canary.port))
    expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'ADDRESS_REFUSED' })
    expect(canary.sockets).toHaveLength(0)
  })

  test.each([
    [['127.0.0.1', '10.9.9.9']],
    [['10.9.9.9', '127.0.0.1']],
    [['127.0.0.1', '::7f00:1']],
    [['127.0.0.1', 'nonsense']],
  ])('with one bad answer among good ones is refused: %j', async (addresses) => {
    const peer = await openPeer(answering(ok))
    const client = openClient({ resolver: async () => addresses })
    const result = await client.send(
      requestTo(`http://partner.example:${peer.port}/`, { allowedCidrs: ['127.0.0.1/32'] }),
    )
    expect(result).toMatchObject({ wire: false, code: 'ADDRESS_REFUSED' })
    expect(peer.sockets).toHaveLength(0)
  })

  test('is looked up once for each connection, and what was judged is what is dialled', async () => {
    const peer = await openPeer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    )
    const asked: string[] = []
    const client = openClient({
      resolver: async (hostname) => {
        asked.push(hostname)
        return asked.length === 1 ? ['127.0.0.1'] : ['169.254.169.254']
      },
    })
    const request = requestTo(`http://flips.example:${peer.port}/`)
    expect(await client.send(request)).toMatchObject({ outcome: 'answer', status: 200 })
    expect(asked).toEqual(['flips.example'])
    await peer.until(() => peer.sockets[0]?.destroyed === true)
    expect(await client.send(request)).toMatchObject({ wire: false, code: 'ADDRESS_REFUSED' })
    expect(peer.sockets).toHaveLength(1)
  })

  test('without an address, or one that cannot be looked up, sends nothing', async () => {
    const none = openClient({ resolver: async () => [] })
    expect(await none.send(requestTo('http://nowhere.example/'))).toMatchObject({ wire: false, code: 'NAME_UNKNOWN' })
    const failing = openClient({
      resolver: async () => {
        throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      },
    })
    expect(await failing.send(requestTo('http://nowhere.example/'))).toMatchObject({ wire: false, code: 'ENOTFOUND' })
  })

  test('with several addresses is reached under the next one when the first does not answer', async () => {
    const peer = await openPeer(answering(ok))
    const client = openClient({ resolver: async () => ['127.255.255.255', '127.0.0.1'] })
    expect(await client.send(requestTo(`http://erp.example:${peer.port}/`))).toMatchObject({ status: 200 })
  })

  test('on a port that is not open to it is refused after the look-up', async () => {
    const client = openClient({ resolver: async () => ['8.8.8.8'] })
    const result = await client.send(requestTo('https://partner.example:8443/', { allowedCidrs: [] }))
    expect(result).toMatchObject({ wire: false, code: 'PORT_REFUSED' })
  })
})

test('the hub does not call itself, though its network is allowed', async () => {
  const own = await openPeer(answering(ok))
  const client = openClient({ isOwn: ownMachine(() => [own.port]), resolver: async () => ['127.0.0.1'] })
  for (const host of ['127.0.0.1', 'hub.example'])
    expect(await client.send(requestTo(`http://${host}:${own.port}/`))).toMatchObject({ code: 'ADDRESS_REFUSED' })
  expect(own.sockets).toHaveLength(0)
})

test.each([301, 302, 303, 307, 308])('a redirect (%i) is an answer, not an order', async (status) => {
  const secret = await openPeer(answering(ok))
  const peer = await openPeer(
    answering(
      `HTTP/1.1 ${status} Elsewhere\r\nlocation: http://127.0.0.1:${secret.port}/\r\ncontent-length: 0\r\n\r\n`,
    ),
  )
  const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`))
  expect(result).toMatchObject({ outcome: 'answer', status, headers: { location: `http://127.0.0.1:${secret.port}/` } })
  expect(secret.sockets).toHaveLength(0)
})

test('proxies of the environment are not asked', async () => {
  const proxy = await openPeer(answering(ok))
  const peer = await openPeer(answering(ok))
  const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY']
  for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}`
  try {
    await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`))
  } finally {
    for (const name of names) delete process.env[name]
  }
  expect(peer.sockets).toHaveLength(1)
  expect(proxy.sockets).toHaveLength(0)
})

test.each(['host', 'Transfer-Encoding', 'content-length', 'Connection'])(
  'a request cannot bring its own %s header',
  async (name) => {
    const peer = await openPeer(answering(ok))
    const result = await openClient().send(requestTo(`http://127.0.0.1:${peer.port}/`, { headers: { [name]: 'x' } }))
    expect(result).toMatchObject({ wire: false, code: 'HEADER_REFUSED' })
    expect(peer.sockets).toHaveLength(0)
  },
)

test('a line break in a header or a path does not make a second request', async () => {
  const peer = await openPeer(answering(ok))
  const client = openClient()
  const smuggled = { headers: { 'x-reference': 'a\r\nGET /secret HTTP/1.1\r\n' } }
  expect(await client.send(requestTo(`http://127.0.0.1:${peer.port}/`, smuggled))).toMatchObject({ wire: false })
  expect(await client.send(requestTo(`http://127.0.0.1:${peer.port}/a\r\nb`))).toMatchObject({ outcome: 'answer' })
  expect(
    await client.send(requestTo(`http://127.0.0.1:${peer.port}/`, { method: 'GET /x HTTP/1.1\r\n' })),
  ).toMatchObject({
    wire: false,
  })
  expect(peer.received().match(/HTTP\/1\.1/g)).toHaveLength(1)
})

describe('over TLS', () => {
  test('a certificate of nobody known is refused before a byte of the request, whatever the environment says', async () => {
    const peer = await openPeer(answering(ok), { tls: makeCertificate('127.0.0.1') })
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      const result = await openClient().send(requestTo(`https://127.0.0.1:${peer.port}/`))
      expect(result).toEqual({ outcome: 'not_sent', wire: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    }
    expect(peer.received()).toBe('')
  })

  test('a certificate for another name is refused', async () => {
    const tls = makeCertificate('other.example')
    const peer = await openPeer(answering(ok), { tls })
    const client = openClient({ resolver: async () => ['127.0.0.1'] })
    const authorities = [tls.certificate]
    const wrong = await client.send(requestTo(`https://erp.example:${peer.port}/`, { authorities }))
    expect(wrong).toEqual({ outcome: 'not_sent', wire: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    expect(peer.received()).toBe('')
    const right = await client.send(requestTo(`https://other.example:${peer.port}/`, { authorities }))
    expect(right).toMatchObject({ outcome: 'answer', status: 200 })
  })

  test('a private authority counts for the connection that names it, and for no other', async () => {
    const tls = makeCertificate('127.0.0.1')
    const peer = await openPeer(answering(ok), { tls })
    const client = openClient()
    const url = `https://127.0.0.1:${peer.port}/`
    expect(await client.send(requestTo(url, { authorities: [tls.certificate] }))).toMatchObject({ status: 200 })
    expect(await client.send(requestTo(url))).toMatchObject({ wire: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  test('the certificate of the connection is shown to the other side', async () => {
    const tls = makeCertificate('127.0.0.1')
    const peer = await openPeer(answering(ok), { tls: { ...tls, requestCert: true } })
    const request = requestTo(`https://127.0.0.1:${peer.port}/`, {
      authorities: [tls.certificate],
      certificate: makeCertificate('hub.example'),
    })
    expect(await openClient().send(request)).toMatchObject({ status: 200 })
    const [socket] = peer.sockets
    expect(socket !== undefined && 'getPeerCertificate' in socket).toBe(true)
    if (socket !== undefined && 'getPeerCertificate' in socket && typeof socket.getPeerCertificate === 'function')
      expect(socket.getPeerCertificate()).toMatchObject({ subject: { CN: 'hub.example' } })
  })
})

test('when a range is taken away from a connection, its open line is not used any more', async () => {
  const peer = await openPeer(answering(ok))
  const client = openClient()
  const url = `http://127.0.0.1:${peer.port}/`
  expect(await client.send(requestTo(url))).toMatchObject({ status: 200 })
  expect(await client.send(requestTo(url, { allowedCidrs: [] }))).toMatchObject({ wire: false })
  const named = openClient({ resolver: async () => ['127.0.0.1'] })
  const byName = `http://erp.example:${peer.port}/`
  expect(await named.send(requestTo(byName))).toMatchObject({ status: 200 })
  expect(await named.send(requestTo(byName, { allowedCidrs: [] }))).toMatchObject({
    wire: false,
    code: 'ADDRESS_REFUSED',
  })
})
