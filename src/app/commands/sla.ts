import type { Command } from 'commander'
import { recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000
const figures = ['state', 'attainment', 'met', 'missed', 'open', 'unknown', 'budgetUsed', 'burnRate', 'usedUpAt']

/** `interline sla`: what was promised about time, and how far it is kept. */
export function slaCommand(program: Command, perform: Perform): void {
  const sla = program.command('sla').description('service levels: what was promised about time, and how far it is kept')
  sla
    .command('list', { isDefault: true })
    .alias('ls')
    .description('all of them with the running period')
    .option('--bad', 'only those that will be or are missed; exit code 3 when there is one')
    .action(perform(list))
  sla.command('show <sla>').description('one of them, period by period').action(perform(show))
  sla
    .command('misses <sla>')
    .description('what missed it, the oldest first')
    .option('--period <instant>', 'of the period in which this day or instant lies; of the running one without it')
    .action(perform(misses))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const all = recordsOf((await invocation.hub().call('GET', '/v1/slas'))['data']).map((one) => {
    const current = recordOf(one['current'])
    const running = Object.fromEntries(figures.map((name) => [name, current[name]]))
    return output.json ? one : { ...one, ...running, state: textOf(current, 'state') || 'unknown' }
  })
  const isBad = (one: (typeof all)[number]): boolean =>
    ['at_risk', 'used_up'].includes(textOf(output.json ? recordOf(one['current']) : one, 'state'))
  const wanted = options.flag('bad') ? all.filter(isBad) : all
  const columns = ['state', 'attainment', 'percent', 'withinMinutes', 'budgetUsed', 'id', 'measure', 'period', 'owner']
  output.rows(wanted, columns, options.flag('bad') ? 'All are kept.' : 'No service level is declared.')
  return options.flag('bad') && wanted.length > 0 ? exitCodes.partial : exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const one = await invocation.hub().call('GET', pathOf(invocation))
  const periods = recordsOf((await invocation.hub().call('GET', `${pathOf(invocation)}/periods`))['data'])
  output.record({ ...one, periods })
  if (output.json) return exitCodes.ok
  const members = ['measure', 'percent', 'withinMinutes', 'period', 'timeZone', 'owner', 'carrier', 'connections']
  output.members(one, members)
  const columns = ['startsAt', ...figures]
  output.below(periods, columns)
  return exitCodes.ok
}

async function misses(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const found = await invocation.hub().list(`${pathOf(invocation)}/misses`, { period: options.text('period') }, rowsMax)
  const columns = ['since', 'object', 'number', 'detail']
  output.rows(found, columns, 'Nothing missed it.')
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/slas/${encodeURIComponent(args[0] ?? '')}`
}
