import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { Person } from '../../../registry/people.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import { hashKey } from '../../access/principal.ts'
import { roles, scopesOf } from '../../access/roles.ts'
import { demandCovers } from '../../access/scope.ts'
import type { Gateway } from '../../gateway.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute, etag } from '../../route.ts'
import { emailSchema, nameSchema } from './welcome.ts'

const rolesSchema = Type.Array(Type.String({ enum: Object.keys(roles) }), {
  minItems: 1,
  maxItems: Object.keys(roles).length,
  description: Object.entries(roles)
    .map(([name, { about }]) => `${name}: ${about}`)
    .join('; '),
})

const personSchema = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  partner: Type.Optional(Type.String({ description: 'Whose things alone they see; absent for our own.' })),
  state: Type.String({
    description: 'invited: has no password yet, and came by no identity provider; active; disabled.',
  }),
  version: Type.Integer(),
  createdAt: Type.String({ description: 'RFC 3339.' }),
  secondFactor: Type.Boolean({ description: 'Whether a code is asked for besides the password.' }),
})

const linkSchema = Type.Object({
  id: Type.String(),
  link: Type.String({
    description: 'To be followed once, within an hour, by this person alone. It is not stored and never shown again.',
  }),
})

/** Lets somebody in who has the link of the answer. */
export const invitePerson = defineRoute({
  method: 'POST',
  path: '/v1/people',
  scope: 'people:write',
  operationId: 'invitePerson',
  summary: 'Let somebody in: the answer has the link by which they set their password',
  tag: 'people',
  idempotent: true,
  body: Type.Object(
    {
      email: emailSchema,
      name: nameSchema,
      roles: rolesSchema,
      partner: Type.Optional(
        Type.String({ maxLength: 64, description: 'For somebody of a partner, whose only role is `partner`.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 201, schema: linkSchema },
  handle: async (call) => {
    const { gateway, principal, body } = call
    demandFitting(gateway, principal.tenant, body)
    demandCovers(principal, scopesOf(body.roles))
    const id = newId('usr', call.randomBytes)
    const note = noteOf(call, { after: body })
    const { people } = gateway.entrance
    const isAdded = await people.add({ id, tenant: principal.tenant, ...body }, note)
    if (!isAdded && (await people.get(id)) === undefined) throw new InterlineError('EMAIL_TAKEN', { email: body.email })
    gateway.signals.personChanged({ person: id, by: principal.key, change: 'invited' })
    return { body: { id, link: await welcomeLink(call, id) } }
  },
})

/** Everybody of the tenant, also who was disabled. */
export const listPeople = defineRoute({
  method: 'GET',
  path: '/v1/people',
  scope: 'people:read',
  operationId: 'listPeople',
  summary: 'Who may sign in, and what they may do',
  tag: 'people',
  query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
  answer: { status: 200, schema: pageSchema(personSchema) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.entrance.people.list({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    return page(call, { rows: rows.map(shown), limit, query, position: ({ id }) => String(id) })
  },
})

/** Other roles, another name, or no access any more. */
export const changePerson = defineRoute({
  method: 'PATCH',
  path: '/v1/people/{id}',
  scope: 'people:write',
  operationId: 'changePerson',
  summary: 'Change name or roles of a person, or end their access; what they are signed in to ends with their rights',
  tag: 'people',
  repeatable: 'sets',
  conditional: true,
  body: Type.Object(
    {
      name: Type.Optional(nameSchema),
      roles: Type.Optional(rolesSchema),
      disabled: Type.Optional(Type.Boolean()),
      reason: Type.Optional(
        freeText(Type.String({ minLength: 3, maxLength: 500, description: 'Why; it stands in the audit log.' })),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: personSchema },
  handle: async (call) => {
    const { gateway, principal, body, ifMatch = 0 } = call
    const person = await personOf(call)
    const { disabled, reason, ...rest } = body
    const why = reason === undefined ? {} : { reason }
    if (body.roles !== undefined) demandFitting(gateway, person.tenant, { ...person, roles: body.roles })
    demandCovers(principal, scopesOf(body.roles ?? []))
    const changed = await gateway.entrance.people.change(person.id, ifMatch, {
      ...rest,
      ...(disabled === undefined ? {} : { isDisabled: disabled }),
      note: noteOf(call, {
        before: { name: person.name, roles: person.roles, disabled: person.disabledAt !== undefined },
        after: { ...rest, ...(disabled === undefined ? {} : { disabled }) },
        ...why,
      }),
    })
    if (changed === 'last') throw new InterlineError('LAST_ADMINISTRATOR')
    if (changed === undefined) throw new InterlineError('VERSION_STALE', { version: person.version })
    if (disabled === true || body.roles !== undefined)
      await gateway.entrance.sessions.endAll(person.id, principal.session, noteOf(call, why))
    gateway.signals.personChanged({
      person: person.id,
      by: principal.key,
      change: disabled === true ? 'disabled' : 'changed',
    })
    return { headers: { etag: etag(changed.version) }, body: shown(changed) }
  },
})

/** For a forgotten password. */
export const linkPerson = defineRoute({
  method: 'POST',
  path: '/v1/people/{id}/link',
  scope: 'people:write',
  operationId: 'linkPerson',
  summary: 'A new link for somebody who was invited or has forgotten the password; older ones end',
  tag: 'people',
  idempotent: true,
  answer: { status: 201, schema: linkSchema },
  handle: async (call) => {
    const person = await personOf(call)
    call.gateway.signals.personChanged({ person: person.id, by: call.principal.key, change: 'linked' })
    return { body: { id: person.id, link: await welcomeLink(call, person.id) } }
  },
})

/** Ends what somebody signed in to, wherever it is. */
export const endSessionsOfPerson = defineRoute({
  method: 'DELETE',
  path: '/v1/people/{id}/sessions',
  scope: 'people:write',
  operationId: 'endSessionsOfPerson',
  summary: 'Sign somebody out everywhere',
  tag: 'people',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const person = await personOf(call)
    const { gateway, principal } = call
    await gateway.entrance.sessions.endAll(person.id, principal.session, noteOf(call))
    return {}
  },
})

/** For somebody whom the issuer knows by another account now. */
export const unlinkPerson = defineRoute({
  method: 'DELETE',
  path: '/v1/people/{id}/identity',
  scope: 'people:write',
  operationId: 'unlinkPerson',
  summary: 'Forget who somebody is at identity providers, and sign them out; the next sign-in links them anew',
  tag: 'people',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const person = await personOf(call)
    const { gateway, principal } = call
    const note = noteOf(call)
    await gateway.entrance.people.unlink(person.id, note)
    await gateway.entrance.sessions.endAll(person.id, principal.session, note)
    gateway.signals.personChanged({ person: person.id, by: principal.key, change: 'unlinked' })
    return {}
  },
})

/** For somebody who has lost both the device and the recovery codes. */
export const resetSecondFactor = defineRoute({
  method: 'DELETE',
  path: '/v1/people/{id}/second-factor',
  scope: 'people:write',
  operationId: 'resetSecondFactor',
  summary: 'Ask somebody for no code any more, and sign them out everywhere',
  tag: 'people',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const person = await personOf(call)
    const { gateway, principal } = call
    const note = noteOf(call)
    await gateway.entrance.secondFactors.remove(person.id, note)
    await gateway.entrance.sessions.endAll(person.id, principal.session, note)
    gateway.signals.personChanged({ person: person.id, by: principal.key, change: 'second-factor-removed' })
    return {}
  },
})

/** The role `partner` is for people of a partner, and they have no other. Throws PERSON_INVALID. */
function demandFitting(
  { network }: Pick<Gateway, 'network'>,
  tenant: string,
  { partner, roles: names }: { readonly partner?: string; readonly roles: readonly string[] },
): void {
  const isFitting = partner === undefined ? !names.includes('partner') : names.every((name) => name === 'partner')
  if (!isFitting)
    throw new InterlineError('PERSON_INVALID', { problem: 'the role partner goes with a partner, and alone' })
  if (partner !== undefined && !network.partners(tenant).some(({ id }) => id === partner))
    throw new InterlineError('PERSON_INVALID', { problem: `there is no partner ${partner}` })
}

/** Of the caller's tenant, with no more rights than the caller. Throws NOT_FOUND, SCOPE_MISSING. */
async function personOf({ gateway, principal, params }: Call): Promise<Person> {
  const person = await gateway.entrance.people.get(params.id ?? '')
  if (person?.tenant !== principal.tenant) throw new InterlineError('NOT_FOUND', { what: 'person with this id' })
  demandCovers(principal, scopesOf(person.roles))
  return person
}

async function welcomeLink(
  { gateway, randomBytes }: Pick<Call, 'gateway' | 'randomBytes'>,
  person: string,
): Promise<string> {
  const token = Buffer.from(randomBytes(24)).toString('base64url')
  const { welcomes, welcomeSeconds } = gateway.entrance
  await welcomes.make({ hash: hashKey(token), person, seconds: welcomeSeconds })
  return `${gateway.publicUrl}/welcome#${token}`
}

function shown({
  id,
  email,
  name,
  roles: names,
  version,
  createdAt,
  disabledAt,
  partner,
  password,
  secondFactorAt,
  hasIdentity,
}: Person): Record<string, unknown> {
  const hasEntered = password !== undefined || hasIdentity === true
  const state = disabledAt !== undefined ? 'disabled' : hasEntered ? 'active' : 'invited'
  const secondFactor = secondFactorAt !== undefined
  const whose = partner === undefined ? {} : { partner }
  return {
    id,
    email,
    name,
    roles: names,
    ...whose,
    state,
    version,
    createdAt: new Date(createdAt).toISOString(),
    secondFactor,
  }
}
