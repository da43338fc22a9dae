import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { Person } from '../../../registry/people.ts'
import { newId } from '../../access/key.ts'
import { demandStrong } from '../../access/password.ts'
import { hashKey } from '../../access/principal.ts'
import { beginSession, personActor } from '../../access/session.ts'
import { checkCode, countLink, demandPasswords } from '../../access/sign-in.ts'
import type { Gateway } from '../../gateway.ts'
import { defineRoute } from '../../route.ts'
import { codeSchema, who, whoSchema } from './session.ts'

/** An address that can be written to; the proof is that somebody reads there. */
export const emailSchema = Type.String({ maxLength: 254, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$' })
/** A name for people to read. */
export const nameSchema = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })

export const followWelcome = defineRoute({
  method: 'POST',
  path: '/v1/welcome',
  scope: 'public',
  operationId: 'followWelcome',
  summary: 'Follow a link that may be followed once: set the password and sign in',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object(
    {
      token: Type.String({ minLength: 20, maxLength: 100, description: 'What stands behind # in the link.' }),
      password: Type.String({ minLength: 1, maxLength: 1000 }),
      email: Type.Optional(emailSchema),
      name: Type.Optional(nameSchema),
      code: Type.Optional(codeSchema),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: whoSchema },
  handle: async ({ gateway, body, address, trace, exchange }) => {
    await countLink(gateway, address)
    const hash = hashKey(body.token)
    const leads = await gateway.entrance.welcomes.find(hash)
    if (leads === undefined) throw new InterlineError('WELCOME_INVALID')
    const person =
      leads.person === undefined
        ? await first(gateway, hash, { ...body, address, trace })
        : await again(gateway, hash, { ...body, address, trace, id: leads.person })
    gateway.signals.personChanged({ person: person.id, by: person.id, change: 'welcomed' })
    const proof = { by: 'link', address, trace, cookie: exchange.request.headers.cookie }
    const signedIn = { person, factor: 'own' } as const
    return { headers: await beginSession(gateway, signedIn, proof), body: who(gateway, signedIn) }
  },
})

interface Said {
  readonly password: string
  readonly email?: string
  readonly name?: string
  readonly code?: string
  readonly address: string
  readonly trace: string
}

/** The first administrator says who they are. */
async function first(gateway: Gateway, hash: string, { password, email, name, address, trace }: Said): Promise<Person> {
  if (email === undefined || name === undefined)
    throw new InterlineError('BODY_MALFORMED', { problem: 'the first administrator has to say email and name, too' })
  demandStrong(password, { email, name })
  const { people, passwords, welcomes } = gateway.entrance
  const stored = await passwords.hash(password)
  if (!(await welcomes.take(hash))) throw new InterlineError('WELCOME_INVALID')
  const id = newId('usr', gateway.randomBytes)
  const person = { id, tenant: 'main', email, name, roles: ['administrator'], password: stored }
  if (!(await people.add(person, { actor: personActor(person), address, trace, after: { name, roles: person.roles } })))
    throw new InterlineError('EMAIL_TAKEN', { email })
  return found(await people.get(id))
}

/** Somebody who was invited, or has forgotten the password: whoever was signed in as them is not any more. */
async function again(
  gateway: Gateway,
  hash: string,
  { password, id, code, address, trace }: Said & { readonly id: string },
): Promise<Person> {
  const { people, passwords, welcomes, sessions } = gateway.entrance
  const person = found(await people.get(id))
  if (person.disabledAt !== undefined) throw new InterlineError('WELCOME_INVALID')
  demandPasswords(gateway, person)
  demandStrong(password, person)
  // A link is for a forgotten password; it does not stand for the second factor.
  await checkCode(gateway, person, { code, address, trace })
  const stored = await passwords.hash(password)
  if (!(await welcomes.take(hash))) throw new InterlineError('WELCOME_INVALID')
  const changed = await people.change(id, person.version, {
    password: stored,
    note: { actor: personActor(person), address, trace, after: { password: 'set by a link' } },
  })
  if (typeof changed !== 'object') throw new InterlineError('VERSION_STALE', { version: person.version + 1 })
  await sessions.endAll(id)
  return changed
}

function found(person: Person | undefined): Person {
  if (person === undefined) throw new InterlineError('WELCOME_INVALID')
  return person
}
