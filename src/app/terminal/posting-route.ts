import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../../flow/connection.ts'
import { operationFor } from '../../flow/dispatch/exchange.ts'
import { conditionMembers, type PostingRoute } from '../../processes/postings.ts'

/**
 * Reads `{command, target, tenant, when, referenceLength}`. A route that can never lead anywhere is a problem now and not a posting that
 * nobody misses: a target that has no such command, a condition on what the postings of the command do not say. Throws one Error.
 */
export function readRoute(declared: unknown, connections: ReadonlyMap<string, Connection>): PostingRoute {
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared))
    throw new Error('route: expected an object')
  const route = declared as PostingRoute
  const { command, target, tenant, when, referenceLength, ...others } = route
  const problems: string[] = []
  const connection = connections.get(target)
  if (typeof command !== 'string' || command === '') problems.push('command is missing')
  if (connection === undefined) problems.push(`there is no connection ${target}`)
  else {
    const problem = commandProblem(connection, command)
    if (problem !== undefined) problems.push(problem)
    if (connection.tenant !== tenant) problems.push(`tenant ${tenant} is not that of ${target} (${connection.tenant})`)
  }
  problems.push(...conditionProblems(command, when))
  if (
    referenceLength !== undefined &&
    !(Number.isInteger(referenceLength) && referenceLength >= 10 && referenceLength <= 100)
  )
    problems.push('referenceLength: expected a whole number from 10 to 100')
  for (const name of Object.keys(others)) problems.push(`there is no member ${name}`)
  if (problems.length > 0) throw new Error(problems.map((one) => `route ${command} to ${target}: ${one}`).join('\n'))
  const orders = ordersOf(route, connections)
  return orders === undefined ? route : { ...route, orders }
}

/** What is said of orders is said to the shop whose orders they are: by how it has their numbers begin in the hub. */
function ordersOf(
  { command, target, tenant }: PostingRoute,
  connections: ReadonlyMap<string, Connection>,
): PostingRoute['orders'] {
  if (!aboutChannelOrders.has(command)) return undefined
  const prefixOf = (one: Connection | undefined): unknown =>
    (one?.settings as { readonly orderPrefix?: unknown } | undefined)?.orderPrefix
  const prefix = prefixOf(connections.get(target))
  if (typeof prefix !== 'string') return undefined
  const others = [...connections.values()]
    .filter((one) => one.tenant === tenant)
    .map(prefixOf)
    .filter((one): one is string => typeof one === 'string' && one !== prefix && one.startsWith(prefix))
  return prefix === '' && others.length === 0 ? undefined : { prefix, others: [...new Set(others)].toSorted() }
}

const aboutChannelOrders: ReadonlySet<string> = new Set(['ship_channel_order', 'update_channel_order'])

/** Why the target can never carry the command out: neither as a document of its agreement nor as an operation. */
function commandProblem(connection: Connection, command: string): string | undefined {
  const { documents, id } = connection.connector
  if (documents?.commands.includes(command) === true) return documents.problem(command, connection.settings)
  try {
    operationFor(connection, command)
    return undefined
  } catch (error) {
    if (error instanceof InterlineError) return `${id} has no operation for it`
    throw error
  }
}

function conditionProblems(command: string, when: unknown): readonly string[] {
  if (when === undefined) return []
  if (typeof when !== 'object' || when === null || Array.isArray(when))
    return ['when: expected an object such as {"location": "DC1"}']
  const known = Object.hasOwn(conditionMembers, command) ? conditionMembers[command] : undefined
  const entries = Object.entries(when as Readonly<Record<string, unknown>>)
  if (entries.length === 0) return ['when: names nothing; leave it out to mean all postings']
  return entries.flatMap(([name, value]) => {
    if (known?.includes(name) === false)
      return [`when: its postings say nothing of ${name}; they say ${known.join(', ')}`]
    return typeof value === 'string' && value !== '' ? [] : [`when: ${name}: expected a text`]
  })
}
