import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt } from '../../src/gateway/access/one-time-code.ts'
import { type HubAnswer, HubProcess } from '../hub-process.ts'

const password = 'four green trams at dawn'
let hub: HubProcess

beforeAll(async () => {
  hub = await HubProcess.start({ environment: { INTERLINE_SECOND_FACTOR_ROLES: 'administrator' } })
})
afterAll(() => hub.stop())

const cookieOf = ({ headers }: HubAnswer): string => String(headers['set-cookie']).split(';')[0] ?? ''

test('who has a role that wants a second factor may do nothing before it is set up, and guesses no codes', async () => {
  const token = readFileSync(join(hub.directory, 'welcome.link'), 'utf8').trim().split('#')[1]
  const json = { token, email: 'ada@example.com', name: 'Ada Berg', password }
  const welcomed = await hub.call('POST', '/v1/welcome', { json, headers: { authorization: '' } })
  expect(welcomed.json()).toMatchObject({ roles: ['administrator'], scopes: [], secondFactor: 'wanted' })
  const headers = { authorization: '', cookie: cookieOf(welcomed), origin: hub.url, 'x-interline-page': '1' }
  const read = async (): Promise<number> => (await hub.call('GET', '/v1/people', { headers })).status
  expect(await read()).toBe(403)
  for (const [method, path] of [
    ['GET', '/v1/views?list=/shipments'],
    ['POST', '/v1/views'],
    ['DELETE', '/v1/views/any'],
  ] as const) {
    const view = method === 'POST' ? { json: { list: '/shipments', name: 'mine', search: '', shared: true } } : {}
    expect((await hub.call(method, path, { ...view, headers })).status).toBe(403)
  }
  const begun = await hub.call('POST', '/v1/session/second-factor', { json: { password }, headers })
  const { secret } = begun.json() as { secret: string }
  const code = codeAt(Math.floor(Date.now() / 30_000), secret)
  expect((await hub.call('POST', '/v1/session/second-factor/confirmation', { json: { code }, headers })).status).toBe(
    200,
  )
  expect(await read()).toBe(200)
  const signIn = (said: object) =>
    hub.call('POST', '/v1/session', {
      json: { email: 'ada@example.com', password, ...said },
      headers: { authorization: '' },
    })
  const statuses: number[] = []
  for (let attempt = 0; attempt < 6; attempt++) statuses.push((await signIn({ code: '000000' })).status)
  expect(statuses).toContain(429)
  expect(statuses).not.toContain(200)
})
