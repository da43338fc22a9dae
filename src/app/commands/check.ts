import type { Command } from 'commander'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline checks`: every business question with its answer, and what is behind one of them. */
export function checkCommand(program: Command, perform: Perform): void {
  const check = program.command('checks').description('business questions, each with its answer')
  check
    .command('list', { isDefault: true })
    .alias('ls')
    .description('all of them: how many, how bad, since when')
    .option('--area <area>', 'only of this part of the business, such as transport')
    .option('--bad', 'only those that are amber, red or could not be answered; exit code 3 when there is one')
    .action(perform(list))
  check.command('show <check>').description('one of them with its breakdown and what to do').action(perform(show))
  check
    .command('rows <check>')
    .description('what is behind the figure, the oldest first')
    .option('--label <name=value>', 'only with this value of a label, such as carrier=DHL')
    .action(perform(rows))
  check
    .command('history <check>')
    .description('what it answered before')
    .option('--hours <number>', 'how far back; 168 without it')
    .action(perform(history))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const area = options.text('area')
  const path = area === undefined ? '/v1/checks' : `/v1/checks?area=${encodeURIComponent(area)}`
  const all = recordsOf((await invocation.hub().call('GET', path))['data'])
  const isBad = (one: Answer): boolean => ['amber', 'red', 'failed', 'silent'].includes(textOf(one, 'state'))
  const wanted = options.flag('bad') ? all.filter(isBad) : all
  const columns = ['state', 'value', 'asked', 'unit', 'id', 'since', 'owner']
  output.rows(wanted, columns, 'All is well.')
  return options.flag('bad') && wanted.length > 0 ? exitCodes.partial : exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const one = await invocation.hub().call('GET', pathOf(invocation))
  output.record(one)
  if (output.json) return exitCodes.ok
  const names = ['question', 'state', 'value', 'asked', 'unit', 'at', 'since', 'amber', 'red', 'graceMinutes']
  const members = [...names, 'meaning', 'owner', 'nextAction', 'metric']
  output.members(one, members)
  const breakdown = recordsOf(one['breakdown']).map((row) => ({ value: row['value'], ...recordOf(row['labels']) }))
  const keys = ['value', ...Object.keys(recordOf(recordsOf(one['breakdown'])[0]?.['labels']))]
  output.below(breakdown, keys)
  return exitCodes.ok
}

async function rows(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const found = await invocation.hub().list(`${pathOf(invocation)}/rows`, { label: options.text('label') }, rowsMax)
  const columns = ['since', 'object', 'number', 'detail']
  output.rows(found, columns, 'Nothing is found.')
  return exitCodes.ok
}

async function history(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const hours = options.integer('hours', 1) ?? 168
  const past = await invocation.hub().call('GET', `${pathOf(invocation)}/history?hours=${hours}`)
  const columns = ['at', 'value', 'asked', 'state']
  output.rows(recordsOf(past['data']), columns, 'It was not asked in that time.')
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/checks/${encodeURIComponent(args[0] ?? '')}`
}
