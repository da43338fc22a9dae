import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { hashKey } from '../../gateway/access/principal.ts'
import { People } from '../../registry/people.ts'
import type { Queryable } from '../../registry/queryable.ts'
import { Welcomes } from '../../registry/welcomes.ts'
import { writePrivate } from './data-directory.ts'

/** A link may be followed for an hour. */
export const welcomeSeconds = 3600

/**
 * There is no password to begin with: as long as nobody can sign in, each start makes a link that whoever reads the terminal may follow
 * once. It lies in the data directory, too, for whoever does not see the terminal. Undefined when there are people.
 */
export async function firstWelcome(database: Queryable, directory: string): Promise<string | undefined> {
  if (!(await new People(database).isEmpty())) return undefined
  const token = randomBytes(24).toString('base64url')
  await new Welcomes(database).make({ hash: hashKey(token), seconds: welcomeSeconds })
  writePrivate(join(directory, 'welcome.link'), `/welcome#${token}\n`)
  return `/welcome#${token}`
}
