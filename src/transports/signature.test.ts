import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SignatureScheme } from '../base/signature-scheme.ts'
import { type Signed, signWebhook, verifySignature, verifyWebhook, webhookKeys, webhookSecret } from './signature.ts'

const now = 1_767_225_600
const body = Buffer.from('{"type":"shipment.delivered","data":{"shipment":"shp_1"}}')
const random = (name: string): Uint8Array => createHash('sha256').update(name).digest()
const secret = webhookSecret(random('one'))
const keys = webhookKeys(random('two'))

function webhook(
  secrets: readonly string[],
  changes: Partial<{ id: string; timestampSeconds: number; body: Uint8Array }> = {},
) {
  const input = { id: 'evt_1', timestampSeconds: now, body, secrets, ...changes }
  return {
    headers: {
      'webhook-id': input.id,
      'webhook-timestamp': String(input.timestampSeconds),
      'webhook-signature': signWebhook(input),
    },
    body: input.body,
    nowSeconds: now,
  }
}

describe('webhooks we send', () => {
  // The reference library looks at the clock by itself.
  beforeEach(() => {
    vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('are verified by the reference library', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        fc.stringMatching(/^[\w.-]{1,64}$/),
        fc.string(),
        (bytes, id, text) => {
          const shared = webhookSecret(bytes)
          const { headers } = webhook([shared], { id, body: Buffer.from(text) })
          expect(() => new Webhook(shared).verify(Buffer.from(text), headers, { jsonParse: false })).not.toThrow()
        },
      ),
    )
  })

  test('are refused by the reference library when a byte was changed, so that the case above proves something', () => {
    const { headers } = webhook([secret])
    expect(() => new Webhook(secret).verify('{}', headers)).toThrow(WebhookVerificationError)
  })

  test('carry one signature per secret during a rotation, and each receiver finds its own', () => {
    const older = webhookSecret(random('older'))
    const sent = webhook([secret, older, keys.signing])
    expect(sent.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44} v1a,\S{88}$/)
    for (const known of [secret, older, keys.public]) expect(verifyWebhook(sent, known)).toBe('ok')
    expect(verifyWebhook(sent, webhookSecret(random('foreign')))).toBe('the signature differs')
    expect(verifyWebhook(sent, webhookKeys(random('foreign')).public)).toBe('the signature differs')
  })
})

test('keys are written as the standard says', () => {
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(keys.signing).toMatch(/^whsk_[A-Za-z0-9+/]{43}=$/)
  expect(keys.public).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(webhookKeys(random('two'))).toEqual(keys)
})

test('Ed25519 agrees with RFC 8032, test 1', () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
  expect(webhookKeys(seed).public).toBe(
    `whpk_${Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString('base64')}`,
  )
})

describe('webhooks we receive', () => {
  test.each([
    ['v1', [secret], secret],
    ['v1a', [keys.signing], keys.public],
  ])('with %s are refused when any byte of body, id, timestamp or signature was changed', (_, signing, verifying) => {
    const sent = webhook(signing)
    expect(verifyWebhook(sent, verifying)).toBe('ok')
    for (let at = 0; at < body.length; at++)
      expect(verifyWebhook({ ...sent, body: flipped(body, at) }, verifying), `body ${at}`).not.toBe('ok')
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const) {
      const value = Buffer.from(sent.headers[name])
      for (let at = 0; at < value.length; at++) {
        const headers = { ...sent.headers, [name]: flipped(value, at).toString('latin1') }
        expect(verifyWebhook({ ...sent, headers }, verifying), `${name} ${at}`).not.toBe('ok')
      }
    }
  })

  test('are accepted within five minutes and refused beyond, in both directions', () => {
    for (const [off, expected] of [
      [300, 'ok'],
      [-300, 'ok'],
      [301, 'the timestamp is more than five minutes off'],
      [-301, 'the timestamp is more than five minutes off'],
    ] as const)
      expect(verifyWebhook(webhook([secret], { timestampSeconds: now + off }), secret)).toBe(expected)
  })

  test.each(['', '1e9', '-1', ' 1767225600', '17672256001767225600', 'soon'])(
    'with the timestamp %j are refused',
    (text) => {
      const sent = webhook([secret])
      const headers = { ...sent.headers, 'webhook-timestamp': text }
      expect(verifyWebhook({ ...sent, headers }, secret)).toBe('the timestamp is more than five minutes off')
    },
  )

  test('without one of the three headers are refused', () => {
    const sent = webhook([secret])
    for (const name of Object.keys(sent.headers)) {
      const headers = Object.fromEntries(Object.entries(sent.headers).filter(([key]) => key !== name))
      expect(verifyWebhook({ ...sent, headers }, secret)).toBe('a webhook header is missing')
    }
  })

  test('fit when one of the signatures fits and the others are of unknown versions', () => {
    const sent = webhook([secret])
    const several = `v9,abc nonsense ${sent.headers['webhook-signature']}`
    expect(verifyWebhook({ ...sent, headers: { ...sent.headers, 'webhook-signature': several } }, secret)).toBe('ok')
  })

  test('with a flood of signatures are refused unread', () => {
    const sent = webhook([secret])
    const many = `${'v1,AAAA '.repeat(8)}${sent.headers['webhook-signature']}`
    expect(verifyWebhook({ ...sent, headers: { ...sent.headers, 'webhook-signature': many } }, secret)).toBe(
      'more than 8 signatures',
    )
  })

  test.each(['whsec_', 'whsec_!!!!', 'whpk_', 'whpk_AAAA', keys.signing])(
    'never fit the unusable secret %s',
    (unusable) => {
      const empty = createHmac('sha256', '').update(`evt_1.${now}.`).update(body).digest('base64')
      const sent = webhook([secret])
      const headers = { ...sent.headers, 'webhook-signature': `v1,${empty} v1a,` }
      expect(verifyWebhook({ ...sent, headers }, unusable)).toBe('the connection has no usable secret')
    },
  )
})

describe('schemes of vendors', () => {
  const nothing = new URLSearchParams()
  const signed = (headers: Record<string, string>, query = nothing): Signed => ({
    headers,
    query,
    body,
    nowSeconds: now,
  })

  test.each([
    ['hex', 'sha256', undefined],
    ['base64', 'sha256', undefined],
    ['hex', 'sha256', 'hmac-sha256-hex='],
    ['hex', 'sha1', 'sha1='],
  ] as const)('%s of %s with the prefix %s fits exactly', (encoding, algorithm, prefix) => {
    const scheme: SignatureScheme = {
      scheme: 'hmac',
      algorithm,
      header: 'x-signature',
      encoding,
      secret: 'shared',
      ...(prefix === undefined ? {} : { prefix }),
    }
    const value = Buffer.from(`${prefix ?? ''}${createHmac(algorithm, 'shared').update(body).digest(encoding)}`)
    expect(verifySignature(scheme, signed({ 'x-signature': value.toString() }))).toBe('ok')
    for (let at = 0; at < value.length; at++)
      expect(
        verifySignature(scheme, signed({ 'x-signature': flipped(value, at).toString('latin1') })),
        `byte ${at}`,
      ).toBe('the signature differs')
    for (let at = 0; at < body.length; at++) {
      const changed = { ...signed({ 'x-signature': value.toString() }), body: flipped(body, at) }
      expect(verifySignature(scheme, changed), `body ${at}`).toBe('the signature differs')
    }
    expect(verifySignature(scheme, signed({}))).toBe('the header x-signature is missing')
    expect(verifySignature({ ...scheme, secret: 'other' }, signed({ 'x-signature': value.toString() }))).not.toBe('ok')
  })

  test('a secret is normalised where the vendor does so', () => {
    const typed = 'Schl\u00fcssel'
    const key = 'Schlu\u0308ssel'
    const scheme = {
      scheme: 'hmac',
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      secret: typed,
    } as const
    const headers = { 'x-signature': createHmac('sha256', key).update(body).digest('hex') }
    expect(verifySignature({ ...scheme, normalize: 'nfkd' }, signed(headers))).toBe('ok')
    expect(verifySignature(scheme, signed(headers))).toBe('the signature differs')
  })

  test('tokens fit exactly, in the header or in the query', () => {
    const header = { scheme: 'token', header: 'x-token', secret: 'shared' } as const
    expect(verifySignature(header, signed({ 'x-token': 'shared' }))).toBe('ok')
    const query = { scheme: 'query-token', parameter: 'token', secret: 'shared' } as const
    expect(verifySignature(query, signed({}, new URLSearchParams('token=shared')))).toBe('ok')
    for (const wrong of ['', 'share', 'sharee', 'shared ', 'SHARED']) {
      expect(verifySignature(header, signed({ 'x-token': wrong }))).toBe('the token differs')
      expect(verifySignature(query, signed({}, new URLSearchParams({ token: wrong })))).toBe('the token differs')
    }
    expect(verifySignature(header, signed({}))).toBe('the token differs')
  })

  test('an empty secret never fits, though the sender left its proof empty too', () => {
    const empty = createHmac('sha256', '').update(body).digest('hex')
    const schemes: SignatureScheme[] = [
      { scheme: 'token', header: 'x-token', secret: '' },
      { scheme: 'query-token', parameter: 'token', secret: '' },
      { scheme: 'hmac', algorithm: 'sha256', header: 'x-signature', encoding: 'hex', secret: '' },
      { scheme: 'standard-webhooks', secret: '' },
    ]
    for (const scheme of schemes)
      expect(
        verifySignature(scheme, signed({ 'x-signature': empty, 'x-token': '' }, new URLSearchParams('token='))),
      ).toBe('the connection has no secret')
  })

  test('an API key is not proved by a signature', () => {
    expect(verifySignature({ scheme: 'api-key' }, signed({}))).toBe('an API key is needed')
  })

  test('any headers are judged without an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const headers = { 'webhook-id': a, 'webhook-timestamp': String(now), 'webhook-signature': `v1a,${b} v1,${c}` }
        expect(verifyWebhook({ headers, body, nowSeconds: now }, keys.public)).toBe('the signature differs')
      }),
    )
  })
})

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
