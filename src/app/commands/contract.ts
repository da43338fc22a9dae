import type { Command } from 'commander'
import { recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 5000

/** `interline contracts`: what is agreed with whom, and how long it goes on. */
export function contractCommand(program: Command, perform: Perform): void {
  const contracts = program.command('contracts').description('what is agreed with others, and how long it goes on')
  contracts
    .command('list', { isDefault: true })
    .alias('ls')
    .description('contracts with owner, version, state and users')
    .option('--kind <kind>', 'object, fact, operation, event, edi, connector or flat_file')
    .option('--state <state>', 'draft, published, deprecated, sunset or retired')
    .option('--search <text>', 'a part of the id or of what it is about')
    .action(perform(list))
  contracts.command('show <contract>').description('one of them, and who uses it').action(perform(show))
  contracts
    .command('versions <contract>')
    .description('how it has changed, and whom that broke')
    .action(perform(versions))
  contracts
    .command('change <contract>')
    .description('deprecate it, take that back, or end it')
    .requiredOption('--state <state>', 'what it becomes')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--sunset <instant>', 'from then on it is refused, such as 2027-06-30T00:00:00Z')
    .option('--successor <contract>', 'what takes its place')
    .option('--yes', 'do it; without it only who uses it is shown')
    .action(perform(change))
  contracts
    .command('catalogue')
    .description('everything that can be called, subscribed to or run')
    .option('--kind <kind>', 'operation, event, process or connector_operation')
    .action(perform(catalogue))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = { kind: options.text('kind'), state: options.text('state'), search: options.text('search') }
  const rows = await invocation.hub().list('/v1/contracts', query, rowsMax)
  output.rows(rows, ['state', 'version', 'id', 'owner', 'compatibility', 'users', 'sunsetAt'], 'There is none.')
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const one = await invocation.hub().call('GET', pathOf(invocation))
  output.record(one)
  if (output.json) return exitCodes.ok
  const members = ['id', 'about', 'owner', 'version', 'state', 'compatibility', 'deprecatedAt', 'sunsetAt', 'successor']
  output.members(one, [...members, 'reason', 'next'])
  output.below(recordsOf(one['consumers']), ['kind', 'name', 'partner', 'uses', 'lastAt'], 'Used by')
  return exitCodes.ok
}

async function versions(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const answer = await invocation.hub().call('GET', `${pathOf(invocation)}/versions`)
  const rows = recordsOf(answer['data']).flatMap((one) => {
    const about = { version: textOf(one, 'version'), at: textOf(one, 'at') }
    const changes = recordsOf(one['changes'])
    return changes.length === 0 ? [about] : changes.map((change) => ({ ...about, ...recordOf(change) }))
  })
  output.rows(rows, ['version', 'at', 'part', 'path', 'reason', 'breaks'], 'There is none.')
  return exitCodes.ok
}

async function change(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const hub = invocation.hub()
  const before = await hub.call('GET', pathOf(invocation))
  const json = {
    state: options.text('state'),
    reason: options.text('reason'),
    ...(options.text('sunset') === undefined ? {} : { sunsetAt: options.text('sunset') }),
    ...(options.text('successor') === undefined ? {} : { successor: options.text('successor') }),
  }
  if (!options.flag('yes')) {
    output.rows(recordsOf(before['consumers']), ['kind', 'name', 'partner', 'uses', 'lastAt'], 'Nobody uses it.')
    output.say('Nothing was changed. Add --yes to do it.')
    return exitCodes.ok
  }
  const after = await hub.call('PATCH', pathOf(invocation), { json, version: Number(before['decision']) })
  output.record(after)
  output.members(after, ['id', 'state', 'deprecatedAt', 'sunsetAt', 'successor'])
  return exitCodes.ok
}

async function catalogue(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/catalogue', { query: { kind: options.text('kind') } })
  const columns = ['kind', 'name', 'state', 'sunsetAt', 'owner', 'tier', 'latency', 'criticality', 'about']
  output.rows(recordsOf(answer['data']), columns, 'There is nothing.')
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/contracts/${encodeURIComponent(args[0] ?? '')}`
}
