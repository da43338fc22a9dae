import type { Command } from 'commander'
import { type Answer, numberOf, recordOf, recordsOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline quota list`, `set`, `remove`: how many requests clients may send. */
export function quotaCommand(program: Command, perform: Perform): void {
  const quota = program.command('quota').description('how many requests clients may send')
  quota
    .command('list', { isDefault: true })
    .alias('ls')
    .description('what everybody may send, and clients with a quota of their own')
    .action(perform(list))
  quota
    .command('set <client>')
    .description('say what one client may send: id of a key, a client or a person, or name of a connection')
    .requiredOption('--per-second <requests>', 'on average')
    .option('--burst <requests>', 'at once, after a pause; two seconds of them without it')
    .action(perform(set))
  quota.command('remove <client>').description('give it what everybody has').action(perform(remove))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/quotas')
  const everybody = { client: '(everybody)', ...recordOf(answer['everybody']) }
  output.rows([everybody, ...recordsOf(answer['data'])], ['client', 'perSecond', 'burst', 'changedAt'], '')
  return exitCodes.ok
}

async function set(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const burst = options.integer('burst', 1)
  const json = { perSecond: options.integer('perSecond', 1), ...(burst === undefined ? {} : { burst }) }
  const { path, version } = await known(invocation)
  const made = await invocation.hub().call('PUT', path, { json, version })
  output.record(made)
  output.members(made, ['client', 'perSecond', 'burst'])
  return exitCodes.ok
}

async function remove(invocation: Invocation): Promise<ExitCode> {
  const { path, version } = await known(invocation)
  await invocation.hub().call('DELETE', path, { version })
  const client = invocation.args[0] ?? ''
  invocation.output.record({ client, removed: true })
  invocation.output.say(`${client} has what everybody has.`)
  return exitCodes.ok
}

async function known(invocation: Invocation): Promise<{ readonly path: string; readonly version: number }> {
  const path = `/v1/quotas/${encodeURIComponent(invocation.args[0] ?? '')}`
  const now: Answer = await invocation.hub().call('GET', path)
  return { path, version: numberOf(now, 'version') }
}
