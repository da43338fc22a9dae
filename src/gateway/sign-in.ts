import { InterlineError } from '../base/errors.ts'
import type { Person } from '../registry/people.ts'
import type { Gateway } from './gateway.ts'

/** Attempts are counted for an account seen from one address, and for an address: nobody can lock out somebody else. */
const ofAccount = { capacity: 5, refillPerSecond: 1 / 30 }
const ofAddress = { capacity: 30, refillPerSecond: 1 / 2 }
/** Many systems may share an address, and each needs a token every 15 minutes. */
const ofTokens = { capacity: 120, refillPerSecond: 2 }

interface Attempt {
  readonly email: string
  readonly password: string
  /** Where it comes from. */
  readonly address: string
}

/** The person that this is. Unknown people are refused in the same words after the same time. Throws SIGN_IN_REFUSED, SIGN_IN_TOO_OFTEN, PEOPLE_BUSY. */
export async function signIn(gateway: Gateway, { email, password, address }: Attempt): Promise<Person> {
  await countAttempt(gateway, `sign-in ${address}`, ofAddress)
  await countAttempt(gateway, `sign-in ${address} ${email.toLowerCase()}`, ofAccount)
  const { people, passwords } = gateway.entrance
  const person = await people.byEmail(email)
  const fits = await passwords.fits(password, person?.password)
  if (!fits || person === undefined || person.disabledAt !== undefined) throw new InterlineError('SIGN_IN_REFUSED')
  return person
}

/** Takes one attempt of the address that follows links. Throws SIGN_IN_TOO_OFTEN. */
export function countLink(gateway: Gateway, address: string): Promise<void> {
  return countAttempt(gateway, `welcome ${address}`, ofAddress)
}

/** Takes one request for a token of the address that asks. Throws SIGN_IN_TOO_OFTEN. */
export function countToken(gateway: Gateway, address: string): Promise<void> {
  return countAttempt(gateway, `token ${address}`, ofTokens)
}

async function countAttempt(gateway: Gateway, name: string, budget: typeof ofAccount): Promise<void> {
  const { granted, waitMs } = await gateway.backbone.stores.budgets.take(name, budget, 1)
  if (granted === 0) throw new InterlineError('SIGN_IN_TOO_OFTEN', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}
