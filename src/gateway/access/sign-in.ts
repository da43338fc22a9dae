import { InterlineError } from '../../base/errors.ts'
import type { Person } from '../../registry/people.ts'
import type { Gateway } from '../gateway.ts'
import { passwordStanding } from '../oidc/provider.ts'
import { stepOf } from './one-time-code.ts'
import { hashKey } from './principal.ts'
import { networkOf } from './visitor-network.ts'

/** Attempts are counted for an account seen from one network, and for a network: nobody can lock out somebody else. */
const ofAccount = { capacity: 5, refillPerSecond: 1 / 30 }
const ofAddress = { capacity: 30, refillPerSecond: 1 / 2 }
/** Codes of one account, wherever they come from. Only who knows the password comes that far; to guess one takes years. */
const ofCodes = { capacity: 20, refillPerSecond: 1 / 300 }
/** Many systems and people may share an address; each system needs a token every 15 minutes. */
const ofTokens = { capacity: 120, refillPerSecond: 2 }

interface Attempt {
  readonly email: string
  readonly password: string
  /** Of the app, or a recovery code. */
  readonly code?: string | undefined
  /** Where it comes from, and the trace of the request. */
  readonly address: string
  readonly trace: string
}

/**
 * The person that this is. Unknown people are refused in the same words after the same time. Throws SIGN_IN_REFUSED, SIGN_IN_TOO_OFTEN,
 * PEOPLE_BUSY, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_REFUSED.
 */
export async function signIn(gateway: Gateway, attempt: Attempt): Promise<Person> {
  const person = await checkPassword(gateway, attempt)
  await checkCode(gateway, person, attempt)
  return person
}

/** The person whose password this is, where passwords count. Throws SIGN_IN_REFUSED, SIGN_IN_TOO_OFTEN, PEOPLE_BUSY, PASSWORDS_OFF. */
export async function checkPassword(gateway: Gateway, { email, password, address, trace }: Attempt): Promise<Person> {
  await countAttempt(gateway, ['sign-in', address], ofAddress)
  await countAttempt(gateway, ['sign-in', address, email.toLowerCase()], ofAccount)
  const { people, passwords } = gateway.entrance
  const person = await people.byEmail(email)
  const fits = await passwords.fits(password, person?.password)
  if (fits && person !== undefined && person.disabledAt === undefined) {
    demandPasswords(gateway, person)
    return person
  }
  if (person !== undefined)
    await people.tellRefused(person.id, { actor: 'somebody', address, trace, after: { by: 'password' } })
  throw new InterlineError('SIGN_IN_REFUSED')
}

/** Only who knows the password learns that it does not count. Throws PASSWORDS_OFF. */
export function demandPasswords({ entrance, signals }: Pick<Gateway, 'entrance' | 'signals'>, person: Person): void {
  const standing = passwordStanding(entrance.providers().values(), person)
  if (standing === 'off') throw new InterlineError('PASSWORDS_OFF')
  if (standing === 'break-glass') signals.breakGlassUsed({ person: person.id })
}

/**
 * Asks whoever has a second factor for its code. Each counts once. Wrong ones are counted for the account whoever asks: six digits are
 * few. Throws SECOND_FACTOR_REQUIRED, SECOND_FACTOR_REFUSED, SIGN_IN_TOO_OFTEN.
 */
export async function checkCode(
  gateway: Gateway,
  { id, secondFactorAt }: Person,
  { code, address, trace }: Pick<Attempt, 'code' | 'address' | 'trace'>,
): Promise<void> {
  if (secondFactorAt === undefined) return
  if (code === undefined) throw new InterlineError('SECOND_FACTOR_REQUIRED')
  await countAttempt(gateway, ['code', address, id], ofAccount)
  await countAttempt(gateway, ['code', '', id], ofCodes)
  if (await isCodeOf(gateway, id, code)) return
  await gateway.entrance.people.tellRefused(id, { actor: 'somebody', address, trace, after: { by: 'code' } })
  throw new InterlineError('SECOND_FACTOR_REFUSED')
}

/** Whether this is a code of the person that was not used before, or a recovery code that is left. */
export async function isCodeOf({ entrance, now }: Gateway, person: string, code: string): Promise<boolean> {
  const { secondFactors } = entrance
  const plain = code.replaceAll(/[\s-]/g, '')
  if (!/^\d{6}$/.test(plain)) return secondFactors.useRecovery(person, hashKey(plain.toLowerCase()))
  const secret = await secondFactors.secret(person)
  const step = secret === undefined ? undefined : stepOf(plain, secret, now())
  return step !== undefined && secondFactors.useStep(person, step)
}

/** Takes one attempt of the address that follows links. Throws SIGN_IN_TOO_OFTEN. */
export function countLink(gateway: Gateway, address: string): Promise<void> {
  return countAttempt(gateway, ['welcome', address], ofAddress)
}

/** Takes one step of a sign-in by an identity provider: nothing can be guessed there, but it is work, and offices share an address. Throws SIGN_IN_TOO_OFTEN. */
export function countIdentity(gateway: Gateway, address: string): Promise<void> {
  return countAttempt(gateway, ['identity', address], ofTokens)
}

/** Takes one request for a token of the address that asks. Throws SIGN_IN_TOO_OFTEN. */
export function countToken(gateway: Gateway, address: string): Promise<void> {
  return countAttempt(gateway, ['token', address], ofTokens)
}

/** Names are kept as hashes: they say who tried to come in where. An address counts as its network. */
async function countAttempt(
  gateway: Gateway,
  [kind, address, account = '']: readonly [kind: string, address: string, account?: string],
  budget: typeof ofAccount,
): Promise<void> {
  const about = hashKey(`${networkOf(address)} ${account}`).slice(0, 32)
  const { granted, waitMs } = await gateway.backbone.stores.budgets.take(`${kind} ${about}`, budget, 1)
  if (granted === 0) throw new InterlineError('SIGN_IN_TOO_OFTEN', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}
