import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { type Answer, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const pollMs = 250
/** Longer than a carrier takes; what takes longer goes on by itself. */
const patienceMs = 60_000

/** `interline webhook register CONNECTION`: the carrier is told to call the hub. Twice is once. */
export function webhookCommand(program: Command, perform: Perform): void {
  const webhook = program.command('webhook').description('what carriers are told to call')
  webhook
    .command('register <connection>')
    .description('have the carrier told to call the hub; asked for again, it says how it stands')
    .option('--at <url>', 'what to call; without it the inbound URL of the connection below INTERLINE_PUBLIC_URL')
    .option('--detach', 'do not wait for the carrier')
    .action(perform(register))
  webhook.command('list').alias('ls').description('registrations that were asked for').action(perform(list))
}

async function register(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const url = options.text('at')
  const json = { connection: args[0], ...(url === undefined ? {} : { url }) }
  const until = performance.now() + (options.flag('detach') ? 0 : patienceMs)
  const ask = (): Promise<Answer> => invocation.hub().call('POST', '/v1/webhook-registrations', { json })
  let answer = await ask()
  while (isOpen(answer) && performance.now() < until) {
    await sleep(pollMs)
    answer = await ask()
  }
  output.record(answer)
  const said = ['state', 'webhook', 'url', 'reason', 'effect'].map((member) => textOf(answer, member))
  if (!output.json) output.say(said.filter((one) => one !== '').join(' · '))
  return isOpen(answer) || textOf(answer, 'state') === 'applied' ? exitCodes.ok : exitCodes.failed
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation.hub().list('/v1/effects', { command: 'register_webhook' }, 1000)
  const columns = ['target', 'state', 'documentReference', 'naturalKey', 'reason']
  invocation.output.rows(recordsOf(rows), columns, 'No webhook was registered by this hub.')
  return exitCodes.ok
}

/** The hub goes on by itself. */
function isOpen(answer: Answer): boolean {
  return ['queued', 'sending', 'awaiting', 'unknown'].includes(textOf(answer, 'state'))
}
