import { createPrivateKey } from 'node:crypto'
import { choice, type Fields, flag, list, secret, text } from '../../base/fields.ts'
import { roles as known, type Role } from '../../gateway/access/roles.ts'
import type { IdentityProvider, IssuerAuthentication } from '../../gateway/oidc/provider.ts'
import { parsed } from './partner.ts'
import { type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'

/** Keys of an entry of `identityProviders`. */
export const identityProviderFields = {
  name: text('Short name in addresses: its callback is /v1/sign-in/NAME/callback.', { example: 'example-id' }),
  title: text('What people call it, on the sign-in screen.', { example: 'Example ID' }),
  issuer: text('Address of the issuer, to the letter as it writes it.', { example: 'https://id.example.com' }),
  clientId: text('What the issuer knows this hub as.', { example: 'interline' }),
  clientSecret: secret('Secret of the client, where there is one.', { default: '' }),
  clientKey: secret('Private key in PEM, where the client proves itself by private_key_jwt.', { default: '' }),
  sendSecret: choice('How the secret is sent.', ['basic', 'post'], { default: 'basic' }),
  scopes: list('What is asked for; openid always is.', { default: ['openid', 'email', 'profile'] }),
  domains: list('Domains of addresses that come in; every one without it.', { default: [] }),
  admit: choice(
    'Who becomes a person here: only who was invited, or anybody whom it vouches for.',
    ['invited', 'anybody'],
    {
      default: 'invited',
    },
  ),
  verifiedClaim: text('Claim that says that the address was proven.', { default: 'email_verified' }),
  rolesClaim: text('Claim with groups or roles: its name, or a path like realm_access.roles.', { default: 'groups' }),
  roles: list(
    'What groups and roles there stand for here, each as "theirs=ours". Then every sign-in sets the roles; without any they are given here.',
    { default: [] },
  ),
  unmapped: choice('Whoever has none of these: comes in with the least role, or is refused.', ['viewer', 'refuse'], {
    default: 'viewer',
  }),
  strongMethods: list('Values of amr that stand for a second factor.', { default: ['mfa'] }),
  strongContexts: list('Values of acr that stand for one; the issuer is asked for them.', { default: [] }),
  listed: flag('Whether the sign-in screen offers it to everybody; otherwise who knows /v1/sign-in/NAME.', {
    default: true,
  }),
  passwords: flag('Whether people of the tenant may sign in with a password, too.', { default: true }),
  breakGlass: list('Addresses of those who may sign in with a password even so, when the issuer does not answer.', {
    default: [],
  }),
  tenant: text('Whose people it vouches for; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** Identity providers by name. Only who may do everything declares them: they say who may do what. */
export function readIdentityProviders(
  reading: Reading,
  entries: readonly Entry[],
): ReadonlyMap<string, IdentityProvider> {
  const found = entries.flatMap((entry) => readIdentityProvider(reading, entry) ?? [])
  return new Map(found.map((one) => [one.name, one]))
}

function readIdentityProvider(reading: Reading, { place, values, source }: Entry): IdentityProvider | undefined {
  const read = readFields(reading, identityProviderFields, values, place)
  if (read === undefined) return undefined
  const own = parsed(identityProviderFields, read)
  const mapped = own.roles.map(mappingOf)
  const emails = own.breakGlass.map((one) => one.toLowerCase())
  const faults: readonly (readonly [key: string, isWrong: boolean, problem: string])[] = [
    ['name', !source.mayDeclareAny, 'only who may do everything declares identity providers.'],
    ['name', !/^[a-z0-9][a-z0-9-]{0,39}$/.test(own.name), 'expected 1 to 40 lower-case letters, digits and -.'],
    [
      'issuer',
      !isIssuer(own.issuer),
      'expected https://, without query and fragment; http:// only on the own machine.',
    ],
    [
      'clientKey',
      own.clientKey !== '' && !isPrivateKey(own.clientKey),
      'expected a private key in PEM: RSA, P-256 or Ed25519.',
    ],
    ['clientKey', own.clientKey !== '' && own.clientSecret !== '', 'there is a secret, too; one proof is enough.'],
    ['roles', mapped.includes(undefined), `expected theirs=ours, and ours is one of ${ours.join(', ')}.`],
    ['breakGlass', !own.passwords && emails.length === 0, 'somebody must come in when the issuer does not answer.'],
  ]
  const wrong = faults.filter(([, isWrong]) => isWrong)
  for (const [key, , problem] of wrong) reading.problems.add('MANIFEST_VALUE_INVALID', place.at(key), { key, problem })
  if (wrong.length > 0) return undefined
  const { name, title, issuer, clientId, verifiedClaim, rolesClaim, strongMethods, strongContexts } = own
  return {
    name,
    title,
    issuer,
    clientId,
    verifiedClaim,
    rolesClaim,
    strongMethods,
    strongContexts,
    tenant: own.tenant === '' ? source.tenant : own.tenant,
    isListed: own.listed,
    authentication: authenticationOf(own),
    scopes: [...new Set(['openid', ...own.scopes])].join(' '),
    domains: own.domains.map((one) => one.toLowerCase()),
    admitsAnybody: own.admit === 'anybody',
    roles: rolesByGroup(mapped.filter((one) => one !== undefined)),
    refusesUnmapped: own.unmapped === 'refuse',
    allowsPasswords: own.passwords,
    breakGlass: emails,
  }
}

function authenticationOf({
  clientSecret,
  clientKey,
  sendSecret,
}: {
  readonly clientSecret: string
  readonly clientKey: string
  readonly sendSecret: 'basic' | 'post'
}): IssuerAuthentication {
  if (clientKey !== '') return { method: 'private_key_jwt', key: clientKey }
  if (clientSecret === '') return { method: 'none' }
  return { method: `client_secret_${sendSecret}`, secret: clientSecret }
}

/** Roles of our own people: that of a partner goes with one, whom a group does not name. */
const ours = Object.keys(known).filter((role) => role !== 'partner')

interface Mapping {
  readonly group: string
  readonly role: Role
}

/** Groups may hold `=`; roles of ours do not. */
function mappingOf(line: string): Mapping | undefined {
  const [, group = '', role = ''] = /^(.{1,200})=([a-z]+)$/.exec(line.trim()) ?? []
  return ours.includes(role) ? { group: group.trim(), role: role as Role } : undefined
}

function rolesByGroup(mappings: readonly Mapping[]): ReadonlyMap<string, readonly Role[]> {
  const found = new Map<string, readonly Role[]>()
  for (const { group, role } of mappings) found.set(group, [...(found.get(group) ?? []), role])
  return found
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || /[?#]/.test(text) || url.username !== '') return false
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  )
}

function isPrivateKey(pem: string): boolean {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = createPrivateKey(pem)
    if (type === 'rsa') return (details.modulusLength ?? 0) >= 2048
    return type === 'ed25519' || (type === 'ec' && details.namedCurve === 'prime256v1')
  } catch {
    // Told as a value that does not fit.
    return false
  }
}
