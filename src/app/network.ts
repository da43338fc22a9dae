import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InterlineError } from '../base/errors.ts'
import { connectors } from '../connectors/all.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../flow/connection.ts'
import type { PostingRoute } from '../processes/postings.ts'
import { type As2Partner, readAs2Partner } from './as2/as2-partner.ts'
import { type ConnectionFiles, withFiles } from './connection-files.ts'
import { type DeclaredDrop, readDrop } from './files/drop-declaration.ts'
import { type DeclaredMailbox, readMailbox } from './files/mailbox-declaration.ts'
import { type DeclaredPickUp, readPickUp } from './files/pick-up-declaration.ts'
import { readRoute } from './posting-route.ts'

/** Which systems the hub is connected to, and which command goes where. */
export interface Network {
  readonly connections: ReadonlyMap<string, Connection>
  readonly routes: readonly PostingRoute[]
  readonly pickUps: readonly DeclaredPickUp[]
  readonly mailboxes: readonly DeclaredMailbox[]
  readonly drops: readonly DeclaredDrop[]
  readonly as2Partners: readonly As2Partner[]
}

/** A request must have ended well before the claim of its queue does, or it could never start. */
const claimMarginSeconds = 10

interface NetworkFile {
  readonly connections?: readonly (ConnectionDeclaration & ConnectionFiles)[]
  readonly routes?: readonly unknown[]
  readonly pickUps?: readonly unknown[]
  readonly mailboxes?: readonly unknown[]
  readonly drops?: readonly unknown[]
  readonly as2Partners?: readonly unknown[]
}

/**
 * Reads `network.json` of the data directory: `{connections, routes, pickUps, mailboxes, drops, as2Partners}`, each a list. No file is
 * an empty network. Throws NETWORK_INVALID that lists every problem.
 */
export function loadNetwork(
  directory: string,
  { partitions, claimSeconds }: { readonly partitions: number; readonly claimSeconds: number },
): Network {
  const path = join(directory, 'network.json')
  const file = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as NetworkFile) : {}
  const problems: string[] = []
  const connections = new Map<string, Connection>()
  for (const declared of file.connections ?? []) {
    try {
      connections.set(
        declared.id,
        openConnection(withFiles(declared), {
          connectors,
          partitions,
          timeoutSecondsMax: claimSeconds - claimMarginSeconds,
        }),
      )
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  const routes = collected(problems, file.routes, (one) => readRoute(one, connections))
  const pickUps = collected(problems, file.pickUps, (one) => readPickUp(one, connections))
  const mailboxes = collected(problems, file.mailboxes, (one) => readMailbox(one, connections))
  const drops = collected(problems, file.drops, (one) => readDrop(one, connections))
  const as2Partners = collected(problems, file.as2Partners, (one) => readAs2Partner(one, connections))
  problems.push(...twice(as2Partners))
  const users = mailboxes.map(({ user }) => user)
  for (const user of users.filter((one, at) => users.indexOf(one) < at))
    problems.push(`mailbox: user ${user} comes twice`)
  for (const { connection, place } of drops)
    if ('mailbox' in place && !users.includes(place.mailbox))
      problems.push(`drop of ${connection.id}: there is no mailbox of ${place.mailbox}`)
  if (problems.length > 0) throw new InterlineError('NETWORK_INVALID', { path, problems: problems.join('\n') })
  return { connections, routes, pickUps, mailboxes, drops, as2Partners }
}

/** A pair of names leads to one partner, and a connection to one. */
function twice(partners: readonly As2Partner[]): readonly string[] {
  const pairs = partners.map(({ ourName, partnerName }) => JSON.stringify([ourName, partnerName]))
  const ids = partners.map(({ connection }) => connection.id)
  return [...pairs, ...ids]
    .filter((one, at, all) => all.indexOf(one) < at)
    .map((one) => `AS2 partner: ${one} comes twice`)
}

/** Reads each; what cannot be read is a problem. */
function collected<T>(
  problems: string[],
  declared: readonly unknown[] | undefined,
  read: (one: unknown) => T,
): readonly T[] {
  return (declared ?? []).flatMap((one) => {
    try {
      return [read(one)]
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
      return []
    }
  })
}
