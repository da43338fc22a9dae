import type { Role } from '../access/roles.ts'

/** How the hub proves to an issuer who it is. */
export type IssuerAuthentication =
  | { readonly method: 'none' }
  | { readonly method: 'client_secret_basic' | 'client_secret_post'; readonly secret: string }
  /** PEM of a private key whose public half the issuer knows. */
  | { readonly method: 'private_key_jwt'; readonly key: string }

/** An issuer that vouches for the people of a tenant, as it was declared. */
export interface IdentityProvider {
  /** Of the whole hub, in addresses: `/v1/sign-in/NAME`. */
  readonly name: string
  readonly tenant: string
  /** What people call it. */
  readonly title: string
  /** Whether the sign-in screen offers it to everybody; otherwise who knows its address. */
  readonly isListed: boolean
  readonly issuer: string
  readonly clientId: string
  readonly authentication: IssuerAuthentication
  /** Separated by spaces; `openid` among them. */
  readonly scopes: string
  /** Only addresses of these domains; all where there is none. */
  readonly domains: readonly string[]
  /** Whether somebody whom nobody has invited becomes a person. */
  readonly admitsAnybody: boolean
  /** The claim that says that the address was proven. */
  readonly verifiedClaim: string
  /** The claim with roles or groups: its name, or a path with dots. */
  readonly rolesClaim: string
  /** From roles and groups there to ours. Without any, roles are given here. */
  readonly roles: ReadonlyMap<string, readonly Role[]>
  /** Whoever has none of these roles and groups: gets the least, or does not come in. */
  readonly refusesUnmapped: boolean
  /** Values of `amr` that stand for a second factor. */
  readonly strongMethods: readonly string[]
  /** Values of `acr` that stand for one; they are asked for. */
  readonly strongContexts: readonly string[]
  /** Whether people of the tenant may come in by password, too. */
  readonly allowsPasswords: boolean
  /** Addresses of those who may even so. */
  readonly breakGlass: readonly string[]
}

/** The least that somebody can be. */
export const leastRole: Role = 'viewer'

/** Whether a person may come in by password: always, unless a provider of the tenant says otherwise; then those for emergencies. */
export function passwordStanding(
  providers: Iterable<IdentityProvider>,
  { tenant, email }: { readonly tenant: string; readonly email: string },
): 'allowed' | 'break-glass' | 'off' {
  const own = [...providers].filter((one) => one.tenant === tenant)
  if (own.every(({ allowsPasswords }) => allowsPasswords)) return 'allowed'
  return own.some(({ breakGlass }) => breakGlass.includes(email.toLowerCase())) ? 'break-glass' : 'off'
}
