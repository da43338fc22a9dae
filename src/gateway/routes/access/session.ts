import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { Person } from '../../../registry/people.ts'
import { idTokenPlace, type SignedIn } from '../../../registry/sessions.ts'
import { demandStrong } from '../../access/password.ts'
import { roles } from '../../access/roles.ts'
import {
  beginSession,
  endOfSession,
  missingFactor,
  personActor,
  proveSession,
  scopesNow,
} from '../../access/session.ts'
import { checkCode, checkPassword, signIn } from '../../access/sign-in.ts'
import type { Gateway } from '../../gateway.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

/** What a page has to know of whoever looks at it. */
export const whoSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  tenant: Type.String(),
  email: Type.Optional(Type.String()),
  partner: Type.Optional(Type.String({ description: 'Whose things alone they see; absent for our own.' })),
  roles: Type.Array(Type.String({ enum: Object.keys(roles) })),
  scopes: Type.Array(Type.String(), { description: '`*` is every scope.' }),
  secondFactor: Type.Optional(
    Type.Union([Type.Literal('absent'), Type.Literal('wanted'), Type.Literal('asked'), Type.Literal('present')], {
      description:
        'wanted: the roles want one, and nothing else may be done before. asked: so is a code of it, before anything else.',
    }),
  ),
})

/** A person as whoSchema says it. */
export function who(
  gateway: Pick<Gateway, 'entrance'>,
  signedIn: Pick<SignedIn, 'person' | 'factor'>,
): Record<string, unknown> {
  const { id, name, tenant, email, partner, roles: names, secondFactorAt } = signedIn.person
  const missing = missingFactor(gateway, signedIn)
  const standing = secondFactorAt === undefined ? 'absent' : 'present'
  const secondFactor = missing === undefined ? standing : { enrolment: 'wanted', code: 'asked' }[missing]
  return { id, name, tenant, email, partner, roles: names, scopes: scopesNow(gateway, signedIn), secondFactor }
}

const password = Type.String({ minLength: 1, maxLength: 1000 })
/** What an app shows, or a recovery code. */
export const codeSchema = Type.String({ minLength: 6, maxLength: 40, description: 'Of the app, or a recovery code.' })

/** By address and password; by an identity provider sessions begin elsewhere. */
export const createSession = defineRoute({
  method: 'POST',
  path: '/v1/session',
  scope: 'public',
  operationId: 'createSession',
  summary: 'Sign in with address and password; the answer sets the cookie of the session',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object(
    {
      email: Type.String({ minLength: 3, maxLength: 254 }),
      password,
      code: Type.Optional(codeSchema),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: whoSchema },
  handle: async ({ gateway, body, address, trace, exchange }) => {
    const person = await signIn(gateway, { ...body, address, trace })
    const by = person.secondFactorAt === undefined ? 'password' : 'password and code'
    const proof = { by, address, trace, cookie: exchange.request.headers.cookie }
    const signedIn = { person, factor: 'own' } as const
    return { headers: await beginSession(gateway, signedIn, proof), body: who(gateway, signedIn) }
  },
})

/** Whoever calls, also with a key. */
export const readSession = defineRoute({
  method: 'GET',
  path: '/v1/session',
  scope: 'signed-in',
  partners: true,
  operationId: 'readSession',
  summary: 'Who calls, and what they may do',
  tag: 'people',
  answer: { status: 200, schema: whoSchema },
  handle: async (call) => {
    const { key, name, tenant, scopes, partner } = call.principal
    const signedIn = await sessionOf(call)
    if (signedIn !== undefined) return { body: who(call.gateway, signedIn) }
    return { body: { id: key, name, tenant, roles: [], scopes, ...(partner === undefined ? {} : { partner }) } }
  },
})

/** Here, and at the identity provider where there was one. */
export const endSession = defineRoute({
  method: 'DELETE',
  path: '/v1/session',
  scope: 'signed-in',
  partners: true,
  operationId: 'endSession',
  summary: 'Sign out; who came by an identity provider is told where to sign out there',
  tag: 'people',
  repeatable: 'proves',
  answer: {
    status: 200,
    schema: Type.Object({ next: Type.String({ description: 'Where the browser goes now.' }) }),
  },
  handle: async (call): Promise<Answer> => {
    const { gateway, principal } = call
    const signedIn = await sessionOf(call)
    if (principal.session !== undefined) await gateway.entrance.sessions.end(principal.session)
    return { headers: endOfSession, body: { next: (await exitOf(gateway, signedIn)) ?? '/sign-in' } }
  },
})

/** Where somebody signs out of their identity provider, too; undefined for whoever came otherwise. */
async function exitOf(
  { entrance, oauth, sealing }: Pick<Gateway, 'entrance' | 'oauth' | 'sealing'>,
  signedIn: SignedIn | undefined,
): Promise<string | undefined> {
  const provider = entrance.providers().get(signedIn?.provided?.provider ?? '')
  if (signedIn === undefined || provider === undefined) return undefined
  const sealed = signedIn.provided?.sealedIdToken
  const idToken = sealed === undefined ? undefined : await sealing.open(sealed, idTokenPlace(signedIn.person))
  return entrance.issuers.exitOf(provider, idToken, `${oauth.address()}/sign-in`)
}

/** After a sign-in by an identity provider that did not ask for a second factor. */
export const showCode = defineRoute({
  method: 'POST',
  path: '/v1/session/code',
  scope: 'signed-in',
  partners: true,
  operationId: 'showCode',
  summary: 'Show the code that a session still lacks; the answer sets a new cookie',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object({ code: codeSchema }, { additionalProperties: false }),
  answer: { status: 200, schema: whoSchema },
  handle: async (call) => {
    const { gateway, principal, body, address, trace } = call
    const signedIn = await sessionOf(call)
    if (signedIn === undefined || principal.session === undefined)
      throw new InterlineError('NOT_FOUND', { what: 'session of a key' })
    // Who has no second factor has no code that could be right, and proves nothing with any.
    if (signedIn.person.secondFactorAt === undefined) throw new InterlineError('SECOND_FACTOR_REFUSED')
    await checkCode(gateway, signedIn.person, { code: body.code, address, trace })
    const headers = await proveSession(gateway, principal.session)
    return { headers, body: who(gateway, { ...signedIn, factor: 'own' }) }
  },
})

/** The own one. */
export const changePassword = defineRoute({
  method: 'PUT',
  path: '/v1/session/password',
  scope: 'signed-in',
  partners: true,
  operationId: 'changePassword',
  summary: 'Change the own password; all other sessions of the person end',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object({ old: password, new: password }, { additionalProperties: false }),
  answer: { status: 204 },
  handle: async (call): Promise<Answer> => {
    const { gateway, principal, body, address, trace } = call
    const { people, passwords, sessions } = gateway.entrance
    const person = await personOf(call)
    if (person === undefined) throw new InterlineError('NOT_FOUND', { what: 'password of a key' })
    demandStrong(body.new, person)
    await checkPassword(gateway, { email: person.email, password: body.old, address, trace })
    const changed = await people.change(person.id, person.version, {
      password: await passwords.hash(body.new),
      note: { actor: personActor(person), address, trace, after: { password: 'changed' } },
    })
    if (typeof changed !== 'object') throw new InterlineError('VERSION_STALE', { version: person.version + 1 })
    await sessions.endAll(person.id, principal.session)
    gateway.signals.personChanged({ person: person.id, by: person.id, change: 'password' })
    return {}
  },
})

/** The session that calls; undefined with a key. */
async function sessionOf({ gateway, principal }: Pick<Call, 'gateway' | 'principal'>): Promise<SignedIn | undefined> {
  const { sessions, idleSeconds } = gateway.entrance
  return principal.session === undefined ? undefined : sessions.look(principal.session, idleSeconds)
}

/** The person who calls; undefined with a key. */
async function personOf({ gateway, principal }: Call): Promise<Person | undefined> {
  return principal.session === undefined ? undefined : gateway.entrance.people.get(principal.key)
}
