import { Type } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import type { Person } from '../../registry/people.ts'
import type { Gateway } from '../gateway.ts'
import { demandStrong } from '../password.ts'
import { roles } from '../roles.ts'
import { type Answer, type Call, defineRoute } from '../route.ts'
import { beginSession, endOfSession, mustEnroll, personActor, scopesNow } from '../session.ts'
import { checkPassword, signIn } from '../sign-in.ts'

/** What a page has to know of whoever looks at it. */
export const whoSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  tenant: Type.String(),
  email: Type.Optional(Type.String()),
  roles: Type.Array(Type.String({ enum: Object.keys(roles) })),
  scopes: Type.Array(Type.String(), { description: '`*` is every scope.' }),
  secondFactor: Type.Optional(
    Type.Union([Type.Literal('absent'), Type.Literal('wanted'), Type.Literal('present')], {
      description: 'wanted: the roles want one, and nothing else may be done before.',
    }),
  ),
})

/** A person as whoSchema says it. */
export function who(gateway: Pick<Gateway, 'entrance'>, person: Person): Record<string, unknown> {
  const { id, name, tenant, email, roles: names, secondFactorAt } = person
  const absent = mustEnroll(gateway, person) ? 'wanted' : 'absent'
  const secondFactor = secondFactorAt === undefined ? absent : 'present'
  return { id, name, tenant, email, roles: names, scopes: scopesNow(gateway, person), secondFactor }
}

const password = Type.String({ minLength: 1, maxLength: 1000 })
/** What an app shows, or a recovery code. */
export const codeSchema = Type.String({ minLength: 6, maxLength: 40, description: 'Of the app, or a recovery code.' })

export const createSession = defineRoute({
  method: 'POST',
  path: '/v1/session',
  scope: 'public',
  operationId: 'createSession',
  summary: 'Sign in with address and password; the answer sets the cookie of the session',
  tag: 'people',
  body: Type.Object(
    {
      email: Type.String({ minLength: 3, maxLength: 254 }),
      password,
      code: Type.Optional(codeSchema),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: whoSchema },
  handle: async ({ gateway, body, address }) => {
    const person = await signIn(gateway, { ...body, address })
    const by = person.secondFactorAt === undefined ? 'password' : 'password and code'
    return { headers: await beginSession(gateway, person, { by, address }), body: who(gateway, person) }
  },
})

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
    const { key, name, tenant, scopes } = call.principal
    const person = await personOf(call)
    return { body: person === undefined ? { id: key, name, tenant, roles: [], scopes } : who(call.gateway, person) }
  },
})

export const endSession = defineRoute({
  method: 'DELETE',
  path: '/v1/session',
  scope: 'signed-in',
  operationId: 'endSession',
  summary: 'Sign out',
  tag: 'people',
  answer: { status: 204 },
  handle: async ({ gateway, principal }): Promise<Answer> => {
    if (principal.session !== undefined) await gateway.entrance.sessions.end(principal.session)
    return { headers: endOfSession }
  },
})

export const changePassword = defineRoute({
  method: 'PUT',
  path: '/v1/session/password',
  scope: 'signed-in',
  operationId: 'changePassword',
  summary: 'Change the own password; all other sessions of the person end',
  tag: 'people',
  body: Type.Object({ old: password, new: password }, { additionalProperties: false }),
  answer: { status: 204 },
  handle: async (call): Promise<Answer> => {
    const { gateway, principal, body, address } = call
    const { people, passwords, sessions } = gateway.entrance
    const person = await personOf(call)
    if (person === undefined) throw new InterlineError('NOT_FOUND', { what: 'password of a key' })
    demandStrong(body.new, person)
    await checkPassword(gateway, { email: person.email, password: body.old, address })
    const changed = await people.change(person.id, person.version, {
      password: await passwords.hash(body.new),
      note: { actor: personActor(person), after: { password: 'changed' } },
    })
    if (typeof changed !== 'object') throw new InterlineError('VERSION_STALE', { version: person.version + 1 })
    await sessions.endAll(person.id, principal.session)
    gateway.signals.personChanged({ person: person.id, by: person.id, change: 'password' })
    return {}
  },
})

/** The person who calls; undefined with a key. */
async function personOf({ gateway, principal }: Call): Promise<Person | undefined> {
  return principal.session === undefined ? undefined : gateway.entrance.people.get(principal.key)
}
