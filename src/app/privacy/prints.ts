import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { cardsOf } from '../../model/personal/known.ts'
import { type Likeness, noLikeness, plainValue } from '../../model/personal/likeness.ts'

const kinds = ['sure', 'reached', 'names', 'streets', 'postcodes'] as const
const hashed = promisify<string, string, number, Buffer>(scrypt)
const printBytes = 16

/**
 * Prints of what somebody was known by: they tell whether a value was theirs, and not what it was. They are slow to make on purpose: whoever
 * has them would have to try every phone number there is.
 */
export async function printsOf(likeness: Likeness, salt: string): Promise<readonly string[]> {
  const prints: string[] = []
  for (const kind of kinds) for (const value of likeness[kind]) prints.push(`${kind}:${await printOf(value, salt)}`)
  return prints
}

/** What they were known by, found again among the values of these documents. */
export async function recognized(
  documents: readonly unknown[],
  { salt, prints }: { readonly salt: string; readonly prints: readonly string[] },
): Promise<Likeness> {
  const values = new Map<string, string>()
  for (const { values: found, postcode } of documents.flatMap((one) => cardsOf(one)))
    for (const value of [...found.map((one) => one.value), ...(postcode === undefined ? [] : [postcode])])
      if (value.length <= 200) values.set(plainValue(value), value)
  const known: Record<(typeof kinds)[number], string[]> = {
    sure: [],
    reached: [],
    names: [],
    streets: [],
    postcodes: [],
  }
  for (const value of values.values()) {
    const print = await printOf(value, salt)
    for (const kind of kinds) if (prints.includes(`${kind}:${print}`)) known[kind].push(value)
  }
  return { ...noLikeness, ...known }
}

async function printOf(value: string, salt: string): Promise<string> {
  return (await hashed(plainValue(value), salt, printBytes)).toString('hex')
}
