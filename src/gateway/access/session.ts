import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AuditNote } from '../../backbone/audit.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Person } from '../../registry/people.ts'
import type { SignedIn } from '../../registry/sessions.ts'
import type { Gateway } from '../gateway.ts'
import { actorOf, hashKey, type Principal, tokenOf } from './principal.ts'
import { scopesOf } from './roles.ts'

/** `__Host-`: a browser takes it only over TLS or from its own machine, for this host alone, and no other host can set it. */
const cookieName = '__Host-interline'
/** What the pages of the hub send with a change; a form of another site cannot. */
const pageHeader = 'x-interline-page'

interface Visit {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly raw: IncomingMessage
}

/** Who sends a request: a key, or else a person by the cookie of their session. Throws AUTHENTICATION_REQUIRED, CROSS_SITE_REFUSED. */
export async function principalOf(gateway: Gateway, { method, headers, raw }: Visit): Promise<Principal> {
  const cookie = tokenOf(headers) === undefined ? sessionCookie(headers.cookie) : undefined
  if (cookie === undefined)
    return gateway.keys.principal(headers, gateway.now(), () => gateway.peers.certificateOf(raw)?.thumbprint)
  const session = hashKey(cookie)
  const signedIn = await gateway.entrance.sessions.find(session, gateway.entrance.idleSeconds)
  if (signedIn === undefined || !isVouched(gateway, signedIn))
    throw new InterlineError('AUTHENTICATION_REQUIRED', { given: 1 })
  if (method !== 'GET' && method !== 'HEAD') demandOwnPage(gateway, headers)
  const { id, tenant, name, partner } = signedIn.person
  const scopes = scopesNow(gateway, signedIn)
  return { key: id, tenant, name, scopes, session, ...(partner === undefined ? {} : { partner }) }
}

/** Who listened then, as they are now; undefined when they may not come in any more. Listening alone keeps no session alive. */
export async function stillAllowed(
  gateway: Gateway,
  request: IncomingMessage,
  { session, key }: Principal,
): Promise<Pick<Principal, 'tenant' | 'scopes'> | undefined> {
  if (session !== undefined) {
    const { sessions, idleSeconds } = gateway.entrance
    const found = await sessions.look(session, idleSeconds)
    return found === undefined || !isVouched(gateway, found)
      ? undefined
      : { tenant: found.person.tenant, scopes: scopesNow(gateway, found) }
  }
  try {
    const principal = await gateway.keys.principal(
      request.headers,
      gateway.now(),
      () => gateway.peers.certificateOf(request)?.thumbprint,
    )
    return principal.key === key ? principal : undefined
  } catch (error) {
    if (error instanceof InterlineError && error.code === 'AUTHENTICATION_REQUIRED') return undefined
    throw error
  }
}

/**
 * What somebody still has to do before they may do anything: set up the second factor that their roles want, or show a code of the one that
 * they have. Nothing of that where their identity provider has asked for one.
 */
export function missingFactor(
  { entrance }: Pick<Gateway, 'entrance'>,
  { person, factor }: Pick<SignedIn, 'person' | 'factor'>,
): 'enrolment' | 'code' | undefined {
  if (factor === 'provider') return undefined
  if (person.secondFactorAt !== undefined) return factor === 'none' ? 'code' : undefined
  return person.roles.some((role) => entrance.secondFactorRoles.includes(role)) ? 'enrolment' : undefined
}

/**
 * Whether whoever vouched for somebody is still declared. The session itself is ended where the change is seen; one that began at that moment,
 * on an instance that had not seen it yet, counts nowhere either.
 */
export function isVouched(
  { entrance }: Pick<Gateway, 'entrance'>,
  { person, provided }: Pick<SignedIn, 'person' | 'provided'>,
): boolean {
  return provided === undefined || entrance.providers().get(provided.provider)?.tenant === person.tenant
}

/** What somebody may do now. */
export function scopesNow(
  gateway: Pick<Gateway, 'entrance'>,
  signedIn: Pick<SignedIn, 'person' | 'factor'>,
): readonly string[] {
  return missingFactor(gateway, signedIn) === undefined ? scopesOf(signedIn.person.roles) : []
}

/** A change that comes with a cookie must come from a page of this hub. Throws CROSS_SITE_REFUSED. */
export function demandOwnPage(gateway: Pick<Gateway, 'publicUrl'>, headers: IncomingHttpHeaders): void {
  const { origin, host } = headers
  const known = [gateway.publicUrl, `http://${host}`, `https://${host}`]
  if (origin === undefined || !known.includes(origin) || headers[pageHeader] === undefined)
    throw new InterlineError('CROSS_SITE_REFUSED')
}

/** How somebody proved who they are, from where, in which trace, and with which cookies. */
export interface Proof {
  readonly by: string
  readonly address: string
  readonly trace: string
  readonly cookie: string | undefined
}

/**
 * Begins a session, always a new one, and ends the one that the browser came with: what the answer has to say so that the browser keeps
 * it.
 */
export async function beginSession(
  { entrance, randomBytes }: Pick<Gateway, 'entrance' | 'randomBytes'>,
  { person, factor, provided }: Pick<SignedIn, 'person' | 'factor' | 'provided'>,
  { by, address, trace, cookie }: Proof,
): Promise<{ readonly 'set-cookie': string }> {
  const { text, hash } = newSession(randomBytes)
  const note: AuditNote = { actor: personActor(person), address, trace, after: { by } }
  const left = sessionCookie(cookie)
  if (left !== undefined) await entrance.sessions.end(hashKey(left))
  await entrance.sessions.begin(
    {
      ...{ hash, person: person.id, seconds: entrance.sessionSeconds, factor },
      ...(provided === undefined ? {} : { provided }),
    },
    note,
  )
  return { 'set-cookie': cookieOf(text) }
}

/** A code was shown: the session goes on under a new name, with all that its person may do. */
export async function proveSession(
  { entrance, randomBytes }: Pick<Gateway, 'entrance' | 'randomBytes'>,
  session: string,
): Promise<{ readonly 'set-cookie': string }> {
  const { text, hash } = newSession(randomBytes)
  await entrance.sessions.prove(session, hash)
  return { 'set-cookie': cookieOf(text) }
}

function newSession(randomBytes: Gateway['randomBytes']): { readonly text: string; readonly hash: string } {
  const text = Buffer.from(randomBytes(32)).toString('base64url')
  return { text, hash: hashKey(text) }
}

function cookieOf(text: string): string {
  return `${cookieName}=${text}; Path=/; Secure; HttpOnly; SameSite=Lax`
}

/** How the audit log names a person. */
export function personActor({ id, name }: Pick<Person, 'id' | 'name'>): string {
  return actorOf({ key: id, name })
}

/** What the answer has to say so that the browser forgets its session. */
export const endOfSession = { 'set-cookie': `${cookieName}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0` }

function sessionCookie(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split('=', 2)
    if (name === cookieName && value !== '') return value
  }
  return undefined
}
