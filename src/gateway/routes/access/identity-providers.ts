import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { idTokenPlace, type SignedIn } from '../../../registry/sessions.ts'
import { hashKey } from '../../access/principal.ts'
import { beginSession, missingFactor } from '../../access/session.ts'
import { countIdentity, countToken } from '../../access/sign-in.ts'
import type { Gateway } from '../../gateway.ts'
import { admit, actorOf as providerActor } from '../../oidc/admission.ts'
import { beganSeconds, type CarriedSignIn, carried, carry, dropped, withinTower } from '../../oidc/began.ts'
import type { IdentityProvider } from '../../oidc/provider.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

/** What the sign-in screen offers. */
export const listWaysIn = defineRoute({
  method: 'GET',
  path: '/v1/sign-in',
  scope: 'public',
  operationId: 'listWaysIn',
  summary: 'How people sign in here: with which identity providers, and whether passwords count',
  tag: 'people',
  answer: {
    status: 200,
    schema: Type.Object({
      providers: Type.Array(
        Type.Object({
          name: Type.String(),
          title: Type.String({ description: 'What people call it.' }),
          url: Type.String({ description: 'Where the browser goes to sign in with it.' }),
        }),
      ),
      passwords: Type.Boolean({ description: 'False: by password come only those who are named for emergencies.' }),
    }),
  },
  handle: async ({ gateway }) => {
    const listed = [...gateway.entrance.providers().values()].filter(({ isListed }) => isListed)
    const providers = listed
      .map(({ name, title }) => ({ name, title, url: `/v1/sign-in/${name}` }))
      .toSorted((one, other) => (one.title < other.title ? -1 : 1))
    return { body: { providers, passwords: listed.every(({ allowsPasswords }) => allowsPasswords) } }
  },
})

/** The way out of the hub. */
export const beginSignIn = defineRoute({
  method: 'GET',
  path: '/v1/sign-in/{provider}',
  scope: 'public',
  operationId: 'beginSignIn',
  summary: 'Send the browser to an identity provider (OpenID Connect: authorization code, PKCE, state, nonce)',
  tag: 'people',
  query: Type.Object(
    { next: Type.Optional(Type.String({ maxLength: 500, description: 'Where to afterwards, within the tower.' })) },
    { additionalProperties: false },
  ),
  answer: { status: 303 },
  handle: (call) =>
    landed(call, async () => {
      const { gateway, address, query } = call
      await countIdentity(gateway, address)
      const provider = providerOf(call)
      const random = (): string => Buffer.from(gateway.randomBytes(32)).toString('base64url')
      const began: CarriedSignIn = {
        state: random(),
        nonce: random(),
        verifier: random(),
        next: withinTower(query.next),
        until: gateway.now() + beganSeconds * 1000,
      }
      const location = await gateway.entrance.issuers.doorOf(provider, began, landingOf(gateway, provider))
      return { headers: { location, 'set-cookie': await carry(gateway.sealing, provider, began) } }
    }),
})

const said = Type.Optional(Type.String({ maxLength: 4000 }))

/** The way back. */
export const finishSignIn = defineRoute({
  method: 'GET',
  path: '/v1/sign-in/{provider}/callback',
  scope: 'public',
  operationId: 'finishSignIn',
  summary: 'Where an identity provider sends the browser back to: begins the session and leads into the tower',
  tag: 'people',
  // RFC 6749 §4.1.2: what else an issuer says is to be ignored.
  query: Type.Object({ code: said, state: said, iss: said, error: said }, { additionalProperties: true }),
  answer: { status: 303 },
  handle: (call) =>
    landed(call, async () => {
      const { gateway, address, trace, exchange } = call
      await countIdentity(gateway, address)
      const provider = providerOf(call)
      const { issuers, once } = gateway.entrance
      const header = exchange.request.headers.cookie
      const began = await carried(gateway.sealing, provider, { header, now: gateway.now() })
      if (began === undefined || began.state !== call.query.state) throw new InterlineError('SIGN_IN_STALE')
      if (!(await once.use(hashKey(`sign-in ${began.state}`), began.until))) throw new InterlineError('SIGN_IN_STALE')
      const landing = new URL(landingOf(gateway, provider))
      landing.search = new URL(exchange.request.url ?? '', landing).search
      const vouched = await issuers.vouchedBy(provider, began, landing)
      const person = await admit(gateway, provider, vouched)
      const { subject, session, idToken, isStrong } = vouched
      const signedIn: SignedIn = {
        person,
        factor: isStrong ? 'provider' : 'none',
        since: gateway.now(),
        provided: {
          provider: provider.name,
          subject,
          sealedIdToken: await gateway.sealing.seal(idToken, idTokenPlace(person)),
          ...(session === undefined ? {} : { session }),
        },
      }
      const by = `${providerActor(provider)}${isStrong ? ' with a second factor' : ''}`
      const proof = { by, address, trace, cookie: header }
      const cookie = await beginSession(gateway, signedIn, proof)
      return { headers: { location: afterDoor(gateway, signedIn, began.next), ...cookie } }
    }),
})

/** First to what keeps them from everything else. */
function afterDoor(gateway: Gateway, signedIn: SignedIn, next: string): string {
  if (missingFactor(gateway, signedIn) === undefined) return next
  return `/account?next=${encodeURIComponent(next)}`
}

/** Told by the issuer itself, when somebody signs out there. */
export const endByProvider = defineRoute({
  method: 'POST',
  path: '/v1/sign-in/{provider}/logout',
  scope: 'public',
  operationId: 'endByProvider',
  summary:
    'End the sessions of somebody who has signed out at the identity provider (OpenID Connect Back-Channel Logout)',
  tag: 'people',
  repeatable: 'proves',
  form: {
    members: Type.Object({ logout_token: Type.String() }),
    refused: Type.Object({ error: Type.String(), error_description: Type.Optional(Type.String()) }),
  },
  answer: { status: 200 },
  handle: async (call): Promise<Answer> => {
    const { gateway, address, trace, exchange } = call
    await countToken(gateway, address)
    const provider = providerOf(call)
    const { issuers, once, sessions } = gateway.entrance
    const token = (await readForm(exchange.request)).get('logout_token') ?? ''
    const order = await issuers.logoutIn(provider, token)
    const isNew =
      order !== undefined && (await once.use(hashKey(`logout ${provider.name} ${order.id}`), order.expiresAt))
    const response = exchange.take()
    if (!isNew) {
      response.writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify({ error: 'invalid_request', error_description: 'the logout token proves nothing' }))
      return {}
    }
    const { subject, session } = order
    await sessions.endProvided(
      {
        provider: provider.name,
        ...(subject === undefined ? {} : { subject }),
        ...(session === undefined ? {} : { session }),
      },
      { actor: providerActor(provider), address, trace, after: { by: 'back-channel logout' } },
    )
    response.writeHead(200, { 'cache-control': 'no-store', 'content-length': '0' }).end()
    return {}
  },
})

const formBytesMax = 16_384

/** Throws BODY_TOO_LARGE, CONTENT_TYPE_UNSUPPORTED. */
async function readForm(request: Call['exchange']['request']): Promise<URLSearchParams> {
  const type = request.headers['content-type'] ?? ''
  const expected = 'application/x-www-form-urlencoded'
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== expected)
    throw new InterlineError('CONTENT_TYPE_UNSUPPORTED', { type: type.slice(0, 100), expected })
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > formBytesMax) throw new InterlineError('BODY_TOO_LARGE', { bytesMax: formBytesMax })
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

/** Throws IDENTITY_PROVIDER_UNKNOWN. */
function providerOf({ gateway, params }: Pick<Call, 'gateway' | 'params'>): IdentityProvider {
  const found = gateway.entrance.providers().get(params.provider ?? '')
  if (found === undefined) throw new InterlineError('IDENTITY_PROVIDER_UNKNOWN')
  return found
}

/** Each provider has an address of its own to come back to: what one says is never taken for what another has said. */
function landingOf({ oauth }: Pick<Gateway, 'oauth'>, { name }: IdentityProvider): string {
  return `${oauth.address()}/v1/sign-in/${name}/callback`
}

/** A person is told on the sign-in screen what is wrong; a program gets the problem. */
async function landed(
  { gateway, params, exchange }: Pick<Call, 'gateway' | 'params' | 'exchange'>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InterlineError)) throw error
    if (error.code.startsWith('IDENTITY_'))
      gateway.signals.identityRefused({ provider: params.provider?.slice(0, 40) ?? '', code: error.code })
    if (!String(exchange.request.headers.accept).includes('text/html')) throw error
    return { headers: { location: `/sign-in?refused=${error.code}`, 'set-cookie': dropped } }
  }
}
