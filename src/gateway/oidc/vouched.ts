import type { IdentityProvider } from './provider.ts'

/** What an issuer has said of somebody, proven to come from it. */
export interface Vouched {
  readonly subject: string
  /** In lower case. */
  readonly email?: string
  /** Whether the issuer says that the address is theirs. */
  readonly isEmailProven: boolean
  readonly name?: string
  /** Roles and groups there. */
  readonly groups: readonly string[]
  /** Whether a second factor was shown there. */
  readonly isStrong: boolean
  /** The session there. */
  readonly session?: string
  /** As it came: says who it is when they sign out. */
  readonly idToken: string
}

type Claims = Readonly<Record<string, unknown>>

/** Reads what was proven. What is missing, too long or of another form is not there. */
export function readVouched(provider: IdentityProvider, claims: Claims, idToken: string): Vouched {
  const email = text(claims['email'], 254)?.toLowerCase()
  const name = text(claims['name'], 100) ?? text(claims['preferred_username'], 100)
  const session = text(claims['sid'], 255)
  const proven = claims[provider.verifiedClaim]
  return {
    subject: String(claims['sub']),
    ...(email === undefined || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(email) ? {} : { email }),
    // Some issuers write it as text.
    isEmailProven: proven === true || proven === 'true',
    ...(name === undefined ? {} : { name }),
    groups: groupsIn(claims, provider.rolesClaim),
    isStrong: isStrong(provider, claims),
    ...(session === undefined ? {} : { session }),
    idToken,
  }
}

/** Most groups that are looked at. */
const groupsMax = 1000

/** The texts at a claim, or at a path of claims; none where something else stands. */
export function groupsIn(claims: Claims, path: string): readonly string[] {
  const found = Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce<unknown>(member, claims)
  if (typeof found === 'string') return [found]
  return Array.isArray(found) ? found.slice(0, groupsMax).filter((one) => typeof one === 'string') : []
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Claims)[name]
}

function isStrong({ strongMethods, strongContexts }: IdentityProvider, { amr, acr }: Claims): boolean {
  const methods = Array.isArray(amr) ? amr : []
  return (
    methods.some((one) => strongMethods.includes(String(one))) ||
    (typeof acr === 'string' && strongContexts.includes(acr))
  )
}

function text(value: unknown, charactersMax: number): string | undefined {
  const isText = typeof value === 'string' && value.trim() !== '' && value.length <= charactersMax
  return isText && !/\p{Cc}/u.test(value) ? value.trim() : undefined
}
