import { InterlineError } from '../../base/errors.ts'
import type { Identity, Person } from '../../registry/people.ts'
import { newId } from '../access/key.ts'
import type { Role } from '../access/roles.ts'
import type { Gateway } from '../gateway.ts'
import { type IdentityProvider, leastRole } from './provider.ts'
import type { Vouched } from './vouched.ts'

/**
 * The person that an identity is: known by its subject, else linked by a proven address, else made where the tenant wants that. Throws
 * IDENTITY_UNKNOWN, IDENTITY_EMAIL_UNPROVEN, IDENTITY_OTHER.
 */
export async function admit(gateway: Gateway, provider: IdentityProvider, vouched: Vouched): Promise<Person> {
  const { people } = gateway.entrance
  demandDomain(provider, vouched)
  const roles = rolesOf(provider, vouched)
  const identity = { tenant: provider.tenant, issuer: provider.issuer, subject: vouched.subject }
  const known = await people.byIdentity(identity)
  const person = known ?? (await linked(gateway, { provider, vouched, identity, roles: roles ?? [leastRole] }))
  if (person.disabledAt !== undefined) throw new InterlineError('IDENTITY_UNKNOWN', { provider: provider.title })
  // What they may do follows from whose they are.
  if (person.partner !== undefined) return person
  return roles === undefined ? person : withRoles(gateway, provider, person, roles)
}

interface Arrival {
  readonly provider: IdentityProvider
  readonly vouched: Vouched
  readonly identity: Identity
  readonly roles: readonly Role[]
}

/** Whoever has the address, which must be proven: otherwise anybody could take the account of anybody. */
async function linked(gateway: Gateway, arrival: Arrival): Promise<Person> {
  const { people } = gateway.entrance
  const { provider, vouched, identity } = arrival
  const { email, isEmailProven, subject } = vouched
  if (email === undefined || !isEmailProven)
    throw new InterlineError('IDENTITY_EMAIL_UNPROVEN', { provider: provider.title, claim: provider.verifiedClaim })
  const person = (await people.byEmail(email)) ?? (await made(gateway, arrival, email))
  // An address is one person in the whole hub; another tenant's is nobody here.
  if (person === undefined || person.tenant !== provider.tenant || person.disabledAt !== undefined)
    throw new InterlineError('IDENTITY_UNKNOWN', { provider: provider.title })
  const note = { actor: actorOf(provider), after: { issuer: identity.issuer, subject } }
  if (await people.link(person.id, identity, note)) return person
  const now = await people.byIdentity(identity)
  // Two came at once, and the other was faster; or it is another account there with the same address.
  if (now?.id !== person.id) throw new InterlineError('IDENTITY_OTHER', { provider: provider.title })
  return now
}

/** Somebody new, where the tenant wants that. */
async function made(
  gateway: Gateway,
  { provider, vouched, roles }: Arrival,
  email: string,
): Promise<Person | undefined> {
  if (!provider.admitsAnybody) return undefined
  const { people } = gateway.entrance
  const id = newId('usr', gateway.randomBytes)
  const person = { id, tenant: provider.tenant, email, name: vouched.name ?? email, roles }
  const note = { actor: actorOf(provider), after: { name: person.name, roles } }
  if (await people.add(person, note))
    gateway.signals.personChanged({ person: id, by: provider.name, change: 'admitted' })
  return people.byEmail(email)
}

/** Roles are what the issuer says now; the last administrator stays one. */
async function withRoles(
  gateway: Gateway,
  provider: IdentityProvider,
  person: Person,
  roles: readonly Role[],
): Promise<Person> {
  const { people, sessions } = gateway.entrance
  let current = person
  for (let tries = 0; tries < triesMost; tries++) {
    if (isSame(current.roles, roles)) return current
    const note = { actor: actorOf(provider), before: { roles: current.roles }, after: { roles } }
    const changed = await people.change(current.id, current.version, { roles, note })
    if (changed === 'last') return current
    if (changed !== undefined) {
      await sessions.endAll(changed.id, '', { actor: actorOf(provider) })
      gateway.signals.personChanged({ person: changed.id, by: provider.name, change: 'changed' })
      return changed
    }
    // Somebody changed the person meanwhile.
    current = (await people.get(current.id)) ?? current
  }
  throw new InterlineError('VERSION_STALE', { version: current.version })
}

const triesMost = 3

/** What the groups there stand for; undefined where roles are given here. Throws IDENTITY_UNKNOWN. */
function rolesOf(
  { roles, refusesUnmapped, title }: IdentityProvider,
  { groups }: Vouched,
): readonly Role[] | undefined {
  if (roles.size === 0) return undefined
  const mapped = [...new Set(groups.flatMap((group) => roles.get(group) ?? []))]
  if (mapped.length > 0) return mapped
  if (refusesUnmapped) throw new InterlineError('IDENTITY_UNKNOWN', { provider: title })
  return [leastRole]
}

function demandDomain({ domains, title }: IdentityProvider, { email }: Vouched): void {
  if (domains.length === 0) return
  const domain = email?.slice(email.lastIndexOf('@') + 1)
  if (domain === undefined || !domains.includes(domain))
    throw new InterlineError('IDENTITY_UNKNOWN', { provider: title })
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role))
}

/** How the audit log names an issuer that acts. */
export function actorOf({ name }: Pick<IdentityProvider, 'name'>): string {
  return `provider ${name}`
}
