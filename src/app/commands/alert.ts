import type { Command } from 'commander'
import { recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline alert list`, `rules`, `add`, `test`, `mute`, `unmute`, `remove`: who is told when the business stands badly. */
export function alertCommand(program: Command, perform: Perform): void {
  const alert = program.command('alert').description('who is told when the business stands badly')
  alert
    .command('list', { isDefault: true })
    .alias('ls')
    .description('what fired, the newest first')
    .option('--state <state>', 'firing or resolved')
    .option('--rule <rule>', 'only of this rule')
    .action(perform(list))
  alert.command('rules').description('every rule: check, condition, patience, who is told').action(perform(rules))
  declared(alert.command('add <name> <check>').description('a new rule')).action(perform(add))
  declared(
    alert
      .command('test <name> <check>')
      .description('what a rule would have done in the last seven days; nothing is kept'),
  ).action(perform(test))
  alert
    .command('mute <rule>')
    .description('tell nobody of it until a time')
    .requiredOption('--until <time>', 'RFC 3339')
    .requiredOption('--reason <text>', 'why, for the audit')
    .action(perform(mute))
  alert.command('unmute <rule>').description('tell of it again').action(perform(unmute))
  alert.command('remove <rule>').description('remove it').action(perform(remove))
}

function declared(command: Command): Command {
  return command
    .option('--condition <cel>', 'when it is bad, such as value > 10; state == "red" without it')
    .option('--severity <severity>', 'critical, warning (without it) or info')
    .option('--hold-minutes <minutes>', 'bad for so long before it fires; 5 without it')
    .option('--clear-minutes <minutes>', 'good for so long before it is over; 10 without it')
    .option('--repeat-hours <hours>', 'told again so often while it fires')
    .option('--route <names>', 'names of notification declarations, with commas between; all without it')
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = { state: options.text('state'), rule: options.text('rule') }
  const found = await invocation.hub().list('/v1/alerts', query, rowsMax)
  output.rows(
    found,
    ['state', 'severity', 'name', 'firedAt', 'resolvedAt', 'value', 'told', 'rule'],
    'Nothing has fired.',
  )
  return exitCodes.ok
}

async function rules(invocation: Invocation): Promise<ExitCode> {
  const { data } = await invocation.hub().call('GET', '/v1/alert-rules')
  const found = recordsOf(data)
  const shown = found.map((row) => ({ ...row, mutedUntil: textOf(recordOf(row['muted']), 'until') }))
  const columns = ['id', 'severity', 'name', 'check', 'condition', 'holdMinutes', 'clearMinutes', 'mutedUntil']
  invocation.output.rows(invocation.output.json ? found : shown, columns, 'There is no rule.')
  return exitCodes.ok
}

async function add(invocation: Invocation): Promise<ExitCode> {
  const made = await invocation.hub().call('POST', '/v1/alert-rules', { json: wishOf(invocation) })
  invocation.output.rows([made], ['id', 'name', 'tells'], '')
  return exitCodes.ok
}

async function test(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const tested = await invocation.hub().call('POST', '/v1/alert-rules/back-test', { json: wishOf(invocation) })
  if (output.json) output.record(tested)
  else output.rows(recordsOf(tested['firings']), ['from', 'until', 'seconds', 'value'], 'It would not have fired.')
  return exitCodes.ok
}

async function mute(invocation: Invocation): Promise<ExitCode> {
  const { options } = invocation
  const json = { until: options.text('until'), reason: options.text('reason') }
  const muted = await invocation.hub().call('POST', `${pathOf(invocation)}/mute`, { json })
  invocation.output.rows([{ id: muted['id'], ...recordOf(muted['muted']) }], ['id', 'until', 'reason'], '')
  return exitCodes.ok
}

async function unmute(invocation: Invocation): Promise<ExitCode> {
  await invocation.hub().call('DELETE', `${pathOf(invocation)}/mute`)
  return exitCodes.ok
}

async function remove(invocation: Invocation): Promise<ExitCode> {
  await invocation.hub().call('DELETE', pathOf(invocation))
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/alert-rules/${encodeURIComponent(args[0] ?? '')}`
}

function wishOf({ args, options }: Invocation): Readonly<Record<string, unknown>> {
  const route = options.text('route')
  return {
    name: args[0],
    check: args[1],
    condition: options.text('condition'),
    severity: options.text('severity'),
    holdMinutes: options.integer('holdMinutes', 0),
    clearMinutes: options.integer('clearMinutes', 0),
    repeatHours: options.integer('repeatHours', 0),
    ...(route === undefined ? {} : { route: route.split(',').map((name) => name.trim()) }),
  }
}
