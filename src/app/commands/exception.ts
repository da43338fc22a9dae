import type { Command } from 'commander'
import { recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000
const filters = [
  'kind',
  'severity',
  'role',
  'partner',
  'connection',
  'carrier',
  'warehouse',
  'object',
  'taken',
] as const

/** `interline exception list`, `ages`, `show`, `take`, `release`, `acknowledge`: what is open and should not be. */
export function exceptionCommand(program: Command, perform: Perform): void {
  const exception = program.command('exception').description('what is open and should not be, whatever kind it is')
  filtered(
    exception
      .command('list', { isDefault: true })
      .alias('ls')
      .description('what is wrong, since when, who acts next, and who works on it'),
  )
    .option('--sort <order>', 'oldest (without it), newest or gravest')
    .action(perform(list))
  filtered(exception.command('ages').description('how many are open, by kind and age')).action(perform(ages))
  exception.command('show <exception>').description('one of them').action(perform(show))
  exception
    .command('take <exceptions...>')
    .description('work on them: colleagues see it')
    .option('--take-over', 'also what somebody else has')
    .action(perform(take))
  exception.command('release <exceptions...>').description('give them back').action(perform(release))
  exception
    .command('acknowledge <exceptions...>')
    .description('say that they are known')
    .requiredOption('--note <text>', 'why they may stay open')
    .action(perform(acknowledge))
}

function filtered(command: Command): Command {
  return command
    .option('--kind <kinds>', 'only of these kinds, with commas between, such as shipment,posting')
    .option('--severity <severities>', 'critical, warning or info, with commas between')
    .option('--role <role>', 'only where this role acts next')
    .option('--partner <partner>', 'only through the connections of this partner')
    .option('--connection <connection>', 'only of this connection')
    .option('--carrier <carrier>', 'only of this carrier')
    .option('--warehouse <warehouse>', 'only of this warehouse')
    .option('--object <number>', 'only about the thing with this number or hub id')
    .option('--taken <who>', 'me, nobody, or the id of a key or person')
    .option('--older-than-hours <hours>', 'only what is open for longer')
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation
    .hub()
    .list('/v1/exceptions', { ...queryOf(invocation), sort: invocation.options.text('sort') }, rowsMax)
  const shown = rows.map((row) => ({ ...row, taken: textOf(recordOf(row['taken']), 'name') }))
  const columns = ['since', 'severity', 'id', 'number', 'role', 'taken', 'wrong']
  invocation.output.rows(invocation.output.json ? rows : shown, columns, 'Nothing is open.')
  return exitCodes.ok
}

async function ages(invocation: Invocation): Promise<ExitCode> {
  const { data } = await invocation.hub().call('GET', '/v1/exceptions/ages', { query: queryOf(invocation) })
  const columns = ['kind', 'severity', 'age', 'open', 'free', 'acknowledged', 'oldest']
  invocation.output.rows(recordsOf(data), columns, 'Nothing is open.')
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output, args } = invocation
  const one = await invocation.hub().call('GET', `/v1/exceptions/${encodeURIComponent(args[0] ?? '')}`)
  output.record(one)
  if (output.json) return exitCodes.ok
  const about = ['wrong', 'severity', 'since', 'role', 'actor', 'nextAction', 'connection', 'carrier', 'warehouse']
  output.members(one, ['id', 'number', ...about])
  const { taken, acknowledged } = one
  const words = [
    { what: 'taken', ...recordOf(taken) },
    { what: 'acknowledged', ...recordOf(acknowledged) },
  ].filter((word) => 'at' in word)
  output.below(words, ['what', 'name', 'at', 'note'])
  return exitCodes.ok
}

function take(invocation: Invocation): Promise<ExitCode> {
  return say(invocation, 'take', { takeOver: invocation.options.flag('takeOver') })
}

function release(invocation: Invocation): Promise<ExitCode> {
  return say(invocation, 'release', {})
}

function acknowledge(invocation: Invocation): Promise<ExitCode> {
  return say(invocation, 'acknowledge', { note: invocation.options.text('note') })
}

async function say(invocation: Invocation, action: string, json: object): Promise<ExitCode> {
  const ids = [...new Set(invocation.args)]
  const { data } = await invocation.hub().call('POST', `/v1/exceptions/${action}`, { json: { ids, ...json } })
  const outcomes = recordsOf(data)
  invocation.output.rows(outcomes, ['outcome', 'id', 'by'], '')
  return outcomes.every((one) => textOf(one, 'outcome') === 'done') ? exitCodes.ok : exitCodes.partial
}

function queryOf({ options }: Invocation): Readonly<Record<string, string | undefined>> {
  return {
    ...Object.fromEntries(filters.map((name) => [name, options.text(name)])),
    olderThanHours: options.text('olderThanHours'),
  }
}
