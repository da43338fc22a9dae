import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { CookieJar } from './cookie-jar.ts'
import { IdentityHub, refusedWith } from './identity-hub.ts'
import { RealIssuer } from './real-issuer.ts'

let issuer: RealIssuer
let people: IdentityHub
let second: HubProcess
let providers: readonly object[] = []

const clientSecret = 'a secret of the tests, long enough'
const partner = { id: 'harbor', name: 'Harbor Fulfilment', role: '3pl' }
const environment = { INTERLINE_SECRET_CLIENT: clientSecret }

beforeAll(async () => {
  people = await IdentityHub.start(
    async (url) => {
      issuer = await RealIssuer.start({
        ...{ client_id: 'interline', client_secret: clientSecret, grant_types: ['authorization_code'] },
        redirect_uris: [`${url}/v1/sign-in/staff/callback`],
      })
      const own = { issuer: issuer.url, clientId: 'interline', clientSecret: { env: 'CLIENT' } }
      const scopes = ['email', 'profile', 'groups']
      providers = [
        { ...own, name: 'staff', title: 'Example ID', scopes, roles: ['logistics=operations', 'boss=administrator'] },
      ]
      return providers
    },
    environment,
    { partner },
  )
  // Before there is another hub: each makes a link of its own until there is somebody.
  await people.firstAdministrator('ada@example.com')
  second = await HubProcess.start({ environment, databaseUrl: people.hub.databaseUrl, key: people.hub.key })
}, 240_000)
afterAll(async () => {
  await second.stop()
  await people.stop()
  await issuer.stop()
})

/** Everything that the hub was started with, with these providers. */
async function declare(identityProviders: readonly object[]): Promise<void> {
  const content = Buffer.from(JSON.stringify({ partner, identityProviders })).toString('base64')
  const json = { source: 'network', files: [{ path: 'network.json', content }] }
  const applied = await people.hub.call('POST', '/v1/network', { json })
  expect({ status: applied.status, text: applied.text }).toMatchObject({ status: 200 })
}

test('whoever is of a partner stays what they are, whatever their groups stand for elsewhere', async () => {
  const email = 'ana@harbor.example'
  issuer.accounts.set('ana', { email, email_verified: true, name: 'Ana Lopes', groups: ['logistics', 'boss'] })
  const json = { email, name: 'Ana Lopes', roles: ['partner'], partner: 'harbor' }
  expect((await people.hub.call('POST', '/v1/people', { json })).status).toBe(201)
  for (let times = 0; times < 2; times++) {
    const { jar } = await people.signIn('staff', 'ana')
    expect(await people.who(jar)).toMatchObject({ email, roles: ['partner'], partner: 'harbor' })
    expect((await people.as(jar, 'GET', '/v1/people')).json()).toMatchObject({ status: 403 })
    const seen = (await people.as(jar, 'GET', '/v1/partner-standings')).json() as { data: { id: string }[] }
    expect(seen.data.map(({ id }) => id)).toEqual(['harbor'])
  }
})

test('who came by a provider that is taken out of the network is nobody on any hub, and stays nobody when it comes back', async () => {
  issuer.accounts.set('cy', { email: 'cy@example.com', email_verified: true, name: 'Cy Dahl', groups: ['logistics'] })
  const id = await people.invite('cy@example.com')
  const { jar } = await people.signIn('staff', 'cy')
  const atHome = await people.hub.call('POST', '/v1/session', {
    json: { email: 'ada@example.com', password: 'four green trams at dawn' },
    headers: { authorization: '' },
  })
  const cookie = /__Host-interline=([^;]+)/.exec(String(atHome.headers['set-cookie']))?.[1] ?? ''
  expect({ status: atHome.status, text: atHome.text }).toMatchObject({ status: 200 })
  const ada = new CookieJar()
  ada.keep(people.hub.url, '__Host-interline', cookie)
  const elsewhere = () =>
    second.call('GET', '/v1/session', {
      headers: { authorization: '', cookie: `__Host-interline=${jar.cookie(people.hub.url, '__Host-interline')}` },
    })
  expect((await people.who(jar))?.['id']).toBe(id)
  expect((await elsewhere()).status).toBe(200)
  expect(await people.who(ada)).toMatchObject({ email: 'ada@example.com' })
  await declare([])
  expect(await people.who(jar)).toBeUndefined()
  await eventually(
    async () => (await elsewhere()).status,
    (status) => status === 401,
    5000,
  ).then((status) => expect(status).toBe(401))
  expect(await people.who(ada)).toMatchObject({ email: 'ada@example.com' })
  await eventually(
    async () => (await people.hub.call('GET', '/v1/audit?kind=session&limit=200')).json() as { data: object[] },
    ({ data }) => data.some((one) => (one as { actor: string }).actor === 'the hub'),
  ).then(({ data }) =>
    expect(data).toContainEqual(expect.objectContaining({ change: 'remove', name: id, actor: 'the hub' })),
  )
  await declare(providers)
  expect(await people.who(jar)).toBeUndefined()
  const again = await people.signIn('staff', 'cy')
  expect(refusedWith(again.landed)).toBeUndefined()
  expect((await people.who(again.jar))?.['id']).toBe(id)
})
