import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { SignedIn } from '../../../registry/sessions.ts'
import { noteOf } from '../../access/audit-note.ts'
import { provisioningUri, toBase32 } from '../../access/one-time-code.ts'
import { hashKey } from '../../access/principal.ts'
import { proveSession } from '../../access/session.ts'
import { checkPassword, isCodeOf } from '../../access/sign-in.ts'
import { qrPicture } from '../../qr/picture.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

/** As many as RFC 4226 wants of a secret. */
const secretBytes = 20
const recoveryCodes = 10
/** 80 bits each: nobody tries them all. */
const recoveryBytes = 10
/** Who signed in by an identity provider has no password here; they have just shown who they are. */
const freshMs = 600_000

/** The first half: a secret for the app, which asks nobody for anything yet. */
export const beginSecondFactor = defineRoute({
  method: 'POST',
  path: '/v1/session/second-factor',
  scope: 'signed-in',
  partners: true,
  operationId: 'beginSecondFactor',
  summary: 'A secret for an authenticator app; it counts once a first code of it was sent',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object(
    {
      password: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1000,
          description: 'Not needed within ten minutes after a sign-in by an identity provider.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 201,
    schema: Type.Object({
      secret: Type.String({ description: 'In base32, to be typed.' }),
      uri: Type.String({ description: 'The same as an app reads it.' }),
      picture: Type.Optional(
        Type.String({
          description: 'The same as a QR code, for a camera: an SVG. Absent where the address is too long for one.',
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { gateway, body, address, trace } = call
    const signedIn = await sessionOf(call)
    const { person } = signedIn
    if (body.password !== undefined)
      await checkPassword(gateway, { email: person.email, password: body.password, address, trace })
    else if (signedIn.provided === undefined || gateway.now() - signedIn.since > freshMs)
      throw new InterlineError('SIGN_IN_AGAIN')
    const secret = toBase32(gateway.randomBytes(secretBytes))
    if (!(await gateway.entrance.secondFactors.begin(person.id, secret)))
      throw new InterlineError('SECOND_FACTOR_PRESENT')
    const uri = provisioningUri(secret, { email: person.email, issuer: 'Interline' })
    const picture = qrPicture(uri)
    return { body: { secret, uri, ...(picture === undefined ? {} : { picture }) } }
  },
})

/** The second half: from now on codes are asked for. */
export const confirmSecondFactor = defineRoute({
  method: 'POST',
  path: '/v1/session/second-factor/confirmation',
  scope: 'signed-in',
  partners: true,
  operationId: 'confirmSecondFactor',
  summary: 'The first code of the app; the answer has recovery codes, once, and all other sessions end',
  tag: 'people',
  repeatable: 'proves',
  body: Type.Object({ code: Type.String({ pattern: '^\\d{6}$' }) }, { additionalProperties: false }),
  answer: {
    status: 200,
    schema: Type.Object({
      recoveryCodes: Type.Array(Type.String(), {
        description: 'Each stands for one code of the app. They are not stored and never shown again.',
      }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const { secondFactors, sessions } = gateway.entrance
    const { person, factor } = await sessionOf(call)
    if (person.secondFactorAt !== undefined) throw new InterlineError('SECOND_FACTOR_PRESENT')
    if (!(await isCodeOf(gateway, person.id, body.code))) throw new InterlineError('SECOND_FACTOR_REFUSED')
    const codes = Array.from({ length: recoveryCodes }, () =>
      toBase32(gateway.randomBytes(recoveryBytes)).toLowerCase(),
    )
    const note = noteOf(call)
    await secondFactors.confirm(person.id, codes.map(hashKey), note)
    await sessions.endAll(person.id, principal.session, note)
    gateway.signals.personChanged({ person: person.id, by: person.id, change: 'second-factor' })
    const isProven = factor !== 'none' || principal.session === undefined
    const headers = isProven ? {} : await proveSession(gateway, principal.session)
    return { headers, body: { recoveryCodes: codes.map((code) => code.match(/.{4}/g)?.join('-') ?? code) } }
  },
})

/** Where somebody is signed in. */
export const listSessions = defineRoute({
  method: 'GET',
  path: '/v1/sessions',
  scope: 'signed-in',
  partners: true,
  operationId: 'listSessions',
  summary: 'Where the caller is signed in, the newest first',
  tag: 'people',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          createdAt: Type.String(),
          seenAt: Type.String(),
          expiresAt: Type.String(),
          isThis: Type.Boolean(),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const rows = await gateway.entrance.sessions.list(principal.key, gateway.entrance.idleSeconds)
    const date = (at: number): string => new Date(at).toISOString()
    const data = rows.map(({ hash, createdAt, seenAt, expiresAt }) => ({
      createdAt: date(createdAt),
      seenAt: date(seenAt),
      expiresAt: date(expiresAt),
      isThis: hash === principal.session,
    }))
    return { body: { data } }
  },
})

/** For somebody who has left a door open somewhere. */
export const endOtherSessions = defineRoute({
  method: 'DELETE',
  path: '/v1/sessions',
  scope: 'signed-in',
  partners: true,
  operationId: 'endOtherSessions',
  summary: 'Sign out everywhere but here',
  tag: 'people',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call): Promise<Answer> => {
    const { person } = await sessionOf(call)
    const { gateway, principal } = call
    await gateway.entrance.sessions.endAll(person.id, principal.session, noteOf(call))
    return {}
  },
})

/** The session that calls. Throws NOT_FOUND with a key. */
async function sessionOf({ gateway, principal }: Call): Promise<SignedIn> {
  const { sessions, idleSeconds } = gateway.entrance
  const found = principal.session === undefined ? undefined : await sessions.look(principal.session, idleSeconds)
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'person behind a key' })
  return found
}
