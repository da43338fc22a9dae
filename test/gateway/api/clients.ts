import { describe, expect, test } from 'vitest'
import { assertion, formType, partnerKeys, tokenIn, withAssertion } from '../../access/token-client.ts'
import type { HubAnswer } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about clients that get tokens. */
export function describeClients(hub: ApiUnderTest): void {
  const keys = partnerKeys()
  const create = (json: object): Promise<HubAnswer> => hub.ask('POST', '/v1/clients', { json })
  const token = (body: string, headers = {}): Promise<HubAnswer> =>
    hub.ask('POST', '/oauth/token', { body, headers: { ...formType, ...headers } })
  const signed = async (id: string, more: Record<string, string> = {}, key = keys.privateKey): Promise<HubAnswer> =>
    token(withAssertion(await assertion({ id, audience: `${hub.asked.hub.url}/oauth/token`, key }), more))
  const withToken = (text: string) => ({ headers: { authorization: `Bearer ${text}` } })

  describe('clients', () => {
    test('find out by the standard where they get tokens and how', async () => {
      const about = (await hub.ask('GET', '/.well-known/oauth-authorization-server')).json()
      const { url } = hub.asked.hub
      expect(about).toMatchObject({ issuer: url, token_endpoint: `${url}/oauth/token`, jwks_uri: `${url}/oauth/jwks` })
      expect(
        (about as { token_endpoint_auth_signing_alg_values_supported: string[] })
          .token_endpoint_auth_signing_alg_values_supported,
      ).not.toContain('HS256')
      const { keys: published } = (await hub.ask('GET', '/oauth/jwks')).json() as { keys: object[] }
      expect(published).toEqual([expect.objectContaining({ alg: 'ES256', use: 'sig' })])
      expect(published[0]).not.toHaveProperty('d')
    })

    test('sign for a token, which opens what its scopes name and nothing else', async () => {
      const made = await create({
        name: 'Warehouse North',
        method: 'private_key_jwt',
        publicKey: keys.publicPem,
        scopes: ['shipments:read', 'inbound:write:ware*'],
      })
      const { id, ...rest } = made.json() as { id: string }
      expect(rest).toEqual({ tokenEndpoint: `${hub.asked.hub.url}/oauth/token` })
      const answer = await signed(id)
      expect(answer.json()).toMatchObject({
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'shipments:read inbound:write:ware*',
      })
      expect(answer.headers['cache-control']).toBe('no-store')
      const text = tokenIn(answer)
      expect((await hub.ask('GET', '/v1/shipments', withToken(text))).status).toBe(200)
      expect((await hub.ask('POST', '/v1/inbound/warehouse', { json: {}, ...withToken(text) })).status).toBe(202)
      const missing = await expectProblem(hub.ask('GET', '/v1/effects', withToken(text)), 403, 'SCOPE_MISSING')
      expect(missing.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="effects:read"')
      await expectProblem(hub.ask('POST', '/v1/inbound/erp', { json: {}, ...withToken(text) }), 403, 'SCOPE_MISSING')
      const less = tokenIn(await signed(id, { scope: 'inbound:write:warehouse' }))
      await expectProblem(hub.ask('GET', '/v1/shipments', withToken(less)), 403, 'SCOPE_MISSING')
      expect((await signed(id, { scope: 'effects:read' })).json()).toMatchObject({
        error: 'invalid_scope',
        scope: 'effects:read',
      })
      expect((await signed(id, { resource: 'https://other.example/' })).json()).toMatchObject({
        error: 'invalid_target',
      })
    })

    test('are listed without secrets, and lose everything at once when they are revoked', async () => {
      const { id } = (
        await create({ name: 'Gone', method: 'private_key_jwt', publicKey: keys.publicPem, scopes: ['shipments:read'] })
      ).json() as { id: string }
      const text = tokenIn(await signed(id))
      expect((await hub.ask('GET', '/v1/shipments', withToken(text))).status).toBe(200)
      expect((await hub.ask('DELETE', `/v1/clients/${id}`)).status).toBe(204)
      const ended = await expectProblem(
        hub.ask('GET', '/v1/shipments', withToken(text)),
        401,
        'AUTHENTICATION_REQUIRED',
      )
      expect(ended.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
      expect((await signed(id)).status).toBe(401)
      const { data } = (await hub.ask('GET', '/v1/clients')).json() as { data: Record<string, unknown>[] }
      expect(data.find((one) => one['id'] === id)).toMatchObject({
        method: 'private_key_jwt',
        revokedAt: expect.any(String),
      })
      await expectProblem(hub.ask('DELETE', `/v1/clients/${id}`), 404, 'NOT_FOUND')
      const audit = (await hub.ask('GET', `/v1/audit?name=${id}`)).json() as {
        data: { change: string; kind: string }[]
      }
      expect(audit.data.map(({ change, kind }) => `${kind} ${change}`)).toEqual(['client remove', 'client create'])
    })

    test('have a secret only where they ask for one; two count during a rotation, and none of the old when it ends at once', async () => {
      const made = (
        await create({ name: 'Old system', method: 'client_secret_basic', scopes: ['shipments:read'] })
      ).json() as { id: string; secret: string }
      expect(made.secret).toMatch(/^interline_secret_[0-9a-z]{40}$/)
      const ask = (secret: string) =>
        token('grant_type=client_credentials', {
          authorization: `Basic ${Buffer.from(`${made.id}:${secret}`).toString('base64')}`,
        })
      const rotate = async (json: object) =>
        ((await hub.ask('POST', `/v1/clients/${made.id}/credentials`, { json })).json() as { secret: string }).secret
      const text = tokenIn(await ask(made.secret))
      expect((await hub.ask('GET', '/v1/shipments', withToken(text))).status).toBe(200)
      const second = await rotate({})
      for (const secret of [made.secret, second]) expect((await ask(secret)).status).toBe(200)
      for (const wrong of ['wrong', made.secret.toUpperCase(), `${made.secret}x`])
        expect((await ask(wrong)).status).toBe(401)
      const third = await rotate({ overlapHours: 0 })
      await expectProblem(hub.ask('GET', '/v1/shipments', withToken(text)), 401, 'AUTHENTICATION_REQUIRED')
      for (const secret of [made.secret, second]) expect((await ask(secret)).status).toBe(401)
      const fresh = tokenIn(await ask(third))
      expect((await hub.ask('GET', '/v1/shipments', withToken(fresh))).status).toBe(200)
    })

    test('cannot be made of what proves nothing', async () => {
      const base = { name: 'x', scopes: ['shipments:read'] }
      const weak = partnerKeys().privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
      for (const json of [
        { ...base, method: 'private_key_jwt' },
        { ...base, method: 'private_key_jwt', publicKey: 'no key' },
        { ...base, method: 'private_key_jwt', publicKey: weak },
        { ...base, method: 'private_key_jwt', publicKey: keys.publicPem, certificate: 'x' },
        { ...base, method: 'self_signed_tls_client_auth', certificate: 'no certificate' },
        { ...base, method: 'tls_client_auth' },
        { ...base, method: 'private_key_jwt', publicKey: keys.publicPem, partner: 'nobody' },
      ])
        await expectProblem(create(json), 422, 'CLIENT_INVALID')
      await expectProblem(create({ ...base, method: 'none' }), 422, 'REQUEST_INVALID')
      const reader = (
        await hub.ask('POST', '/v1/keys', { json: { name: 'maker', scopes: ['clients:write'] } })
      ).json() as { key: string }
      const beyond = {
        json: { ...base, method: 'private_key_jwt', publicKey: keys.publicPem },
        ...withToken(reader.key),
      }
      await expectProblem(hub.ask('POST', '/v1/clients', beyond), 403, 'SCOPE_MISSING')
    })

    test('get no new secret from somebody who may do less than they', async () => {
      const { id } = (await create({ name: 'Strong', method: 'client_secret_basic', scopes: ['*'] })).json() as {
        id: string
      }
      const { key } = (
        await hub.ask('POST', '/v1/keys', { json: { name: 'weak', scopes: ['clients:write', 'shipments:read'] } })
      ).json() as { key: string }
      const rotate = (client: string) =>
        hub.ask('POST', `/v1/clients/${client}/credentials`, { json: {}, ...withToken(key) })
      await expectProblem(rotate(id), 403, 'SCOPE_MISSING')
      const equal = { name: 'Equal', method: 'client_secret_basic', scopes: ['shipments:read'] }
      expect((await rotate(((await create(equal)).json() as { id: string }).id)).status).toBe(201)
    })
  })
}
