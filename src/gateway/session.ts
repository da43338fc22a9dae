import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AuditNote } from '../backbone/audit.ts'
import { InterlineError } from '../base/errors.ts'
import type { Person } from '../registry/people.ts'
import type { Gateway } from './gateway.ts'
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
  const person = await gateway.entrance.sessions.find(session, gateway.entrance.idleSeconds)
  if (person === undefined) throw new InterlineError('AUTHENTICATION_REQUIRED', { given: 1 })
  if (method !== 'GET' && method !== 'HEAD') demandOwnPage(gateway, headers)
  return { key: person.id, tenant: person.tenant, name: person.name, scopes: scopesNow(gateway, person), session }
}

/** Who listened then, as they are now; undefined when they may not come in any more. Listening alone keeps no session alive. */
export async function stillAllowed(
  gateway: Gateway,
  request: IncomingMessage,
  { session, key }: Principal,
): Promise<Pick<Principal, 'tenant' | 'scopes'> | undefined> {
  if (session !== undefined) {
    const { sessions, idleSeconds } = gateway.entrance
    const person = await sessions.look(session, idleSeconds)
    return person === undefined ? undefined : { tenant: person.tenant, scopes: scopesNow(gateway, person) }
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

/** Whether the roles of somebody want a second factor that they do not have yet. */
export function mustEnroll({ entrance }: Pick<Gateway, 'entrance'>, { roles, secondFactorAt }: Person): boolean {
  return secondFactorAt === undefined && roles.some((role) => entrance.secondFactorRoles.includes(role))
}

/** What somebody may do now: nothing but to set up the second factor that their roles want. */
export function scopesNow(gateway: Pick<Gateway, 'entrance'>, person: Person): readonly string[] {
  return mustEnroll(gateway, person) ? [] : scopesOf(person.roles)
}

/** A change that comes with a cookie must come from a page of this hub. Throws CROSS_SITE_REFUSED. */
export function demandOwnPage(gateway: Pick<Gateway, 'publicUrl'>, headers: IncomingHttpHeaders): void {
  const { origin, host } = headers
  const known = [gateway.publicUrl, `http://${host}`, `https://${host}`]
  if (origin === undefined || !known.includes(origin) || headers[pageHeader] === undefined)
    throw new InterlineError('CROSS_SITE_REFUSED')
}

/** Begins a session: what the answer has to say so that the browser keeps it. */
export async function beginSession(
  { entrance, randomBytes }: Pick<Gateway, 'entrance' | 'randomBytes'>,
  person: Person,
  /** How they proved who they are, and where they are. */
  proof: { readonly by: string; readonly address: string },
): Promise<Record<string, string>> {
  const text = Buffer.from(randomBytes(32)).toString('base64url')
  const note: AuditNote = { actor: personActor(person), after: proof }
  await entrance.sessions.begin({ hash: hashKey(text), person: person.id, seconds: entrance.sessionSeconds }, note)
  return { 'set-cookie': `${cookieName}=${text}; Path=/; Secure; HttpOnly; SameSite=Lax` }
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
