import type { SealedPlace, Sealing } from '../../registry/sealing.ts'
import type { Began } from './issuers.ts'
import type { IdentityProvider } from './provider.ts'

/** A sign-in that was begun goes on in the same browser, or not at all. */
const cookieName = '__Host-interline-sign-in'
/** Somebody has to find their password and their device meanwhile. */
export const beganSeconds = 900

/** A sign-in as the browser that began it carries it: sealed, so that nobody reads or makes one. */
export interface CarriedSignIn extends Began {
  /** Where to afterwards, within the tower. */
  readonly next: string
  /** Ms since 1970. */
  readonly until: number
}

/** What the answer has to say so that the browser carries it. */
export async function carry(sealing: Sealing, provider: IdentityProvider, began: CarriedSignIn): Promise<string> {
  return cookie(await sealing.seal(JSON.stringify(began), placeOf(provider)), beganSeconds)
}

/** What the answer has to say so that the browser drops it. */
export const dropped = cookie('', 0)

/** The sign-in by this provider that the browser has begun; undefined without one, when it is too old, or when somebody else wrote it. */
export async function carried(
  sealing: Sealing,
  provider: IdentityProvider,
  { header, now }: { readonly header: string | undefined; readonly now: number },
): Promise<CarriedSignIn | undefined> {
  const sealed = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
  if (sealed === undefined || sealed.length > 4096) return undefined
  const text = await sealing.open(sealed, placeOf(provider))
  if (text === undefined) return undefined
  // Sealed by `carry`.
  const began = JSON.parse(text) as CarriedSignIn
  return began.until < now ? undefined : began
}

/** In no table: the browser keeps it. */
function placeOf({ tenant, name }: IdentityProvider): SealedPlace {
  return { tenant, table: 'cookie', column: cookieName, ids: [name] }
}

/** Only back into the tower: an address that somebody sent must not lead elsewhere after the door. */
export function withinTower(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(next) ? next : '/'
}

function cookie(value: string, seconds: number): string {
  return `${cookieName}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`
}
