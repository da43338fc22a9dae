import type { Command } from 'commander'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline process list`, `show`, `definitions`, `cancel`, `skip`, `migrate`: what is carried through over many systems. */
export function processCommand(program: Command, perform: Perform): void {
  const process = program.command('process').description('what is carried through over many systems')
  process
    .command('list', { isDefault: true })
    .alias('ls')
    .description('processes under way: those that are stuck first, then those of which something is due first')
    .option('--process <id>', 'only of this process, such as order-to-ship')
    .option('--key <key>', 'only about this, such as the number of an order')
    .option('--state <state>', 'only with the branch main in this state')
    .option('--stuck', 'only those that do not go on by themselves')
    .option('--over <which>', 'false, true or all; without it those under way')
    .action(perform(list))
  process.command('definitions').description('all processes, and how many are under way').action(perform(definitions))
  process
    .command('show <instance>')
    .description('where it is, what should happen next, and its course so far')
    .action(perform(show))
  const by = ['--by <person>', 'who acts, where several people use the key'] as const
  process
    .command('cancel <instance>')
    .description('call it off; what was done is taken back where that is possible')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option(...by)
    .action(perform((invocation) => decide(invocation, { action: 'cancel' })))
  process
    .command('skip <instance> <state>')
    .description('send it to another state by hand, where the process allows it')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option('--branch <branch>', 'which branch; main without it')
    .option(...by)
    .action(perform(skip))
  process
    .command('migrate <instance>')
    .description('let it go on by the newest version of its definition, where somebody has written how')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option(...by)
    .action(perform((invocation) => decide(invocation, { action: 'migrate' })))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = Object.fromEntries(['process', 'key', 'state', 'over'].map((name) => [name, options.text(name)]))
  const wanted = { ...query, ...(options.flag('stuck') ? { stuck: 'true' } : {}) }
  const all = await invocation.hub().list('/v1/processes/instances', wanted, rowsMax)
  const rows = all.map((one) => ({ ...one, stuck: textOf(recordOf(one['stuck']), 'by') }))
  const columns = ['id', 'process', 'key', 'state', 'stuck', 'openTasks', 'nextDue', 'updatedAt']
  output.rows(rows, columns, 'Nothing is under way.')
  return exitCodes.ok
}

async function definitions(invocation: Invocation): Promise<ExitCode> {
  const answer = await invocation.hub().call('GET', '/v1/processes')
  const rows = recordsOf(answer['data']).map((one) => ({
    ...one,
    underWay: Object.entries(recordOf(one['underWay']))
      .map(([state, count]) => `${state} ${textOf({ count }, 'count')}`)
      .join(', '),
  }))
  const columns = ['id', 'version', 'title', 'underWay']
  invocation.output.rows(rows, columns, 'There is no process.')
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const instance = await invocation.hub().call('GET', pathOf(invocation))
  const timeline = await invocation.hub().call('GET', `${pathOf(invocation)}/timeline`)
  output.record({ ...instance, timeline: timeline['data'] })
  if (output.json) return exitCodes.ok
  const about = ['id', 'process', 'version', 'key', 'startedAt', 'endedAt']
  output.members(instance, about)
  output.say('')
  const expected = recordsOf(instance['nextExpected']).map((one) => ({ ...one, awaits: shortened(one['awaits']) }))
  output.rows(expected, ['branch', 'state', 'since', 'by', 'awaits'], 'It is over.')
  output.below(recordsOf(instance['effects']), ['command', 'businessKey', 'status', 'document', 'reason'])
  const timers = recordsOf(instance['timers']).map((one) => ({ ...one, late: one['isMissed'] === true ? 'late' : '' }))
  output.below(timers, ['branch', 'name', 'due', 'late', 'about'])
  output.below(recordsOf(instance['tasks']), ['id', 'name', 'status'])
  const course = recordsOf(timeline['data']).map((one) => ({ ...one, what: whatOf(one) }))
  output.below(course, ['at', 'type', 'what'])
  return exitCodes.ok
}

/** What people can do something about first; many facts can move a process, and they do not fit a line. */
function shortened(awaits: unknown): string {
  const all = Array.isArray(awaits) ? awaits.map(String) : []
  const first = all.toSorted((a, b) => Number(b.includes(' ')) - Number(a.includes(' '))).slice(0, awaitedMost)
  const more = all.length - first.length
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const awaitedMost = 4

/** The most telling members of a fact. */
function whatOf(one: Answer): string {
  const data = recordOf(one['data'])
  if (textOf(one, 'type') === 'process.moved')
    return `${textOf(data, 'branch')}: ${textOf(data, 'from') || '–'} → ${textOf(data, 'to')} (${textOf(data, 'because')})`
  return ['type', 'command', 'businessKey', 'timer', 'decision', 'outcome', 'action', 'reason', 'state']
    .map((name) => textOf(data, name))
    .filter((text) => text !== '')
    .join(' ')
}

function skip(invocation: Invocation): Promise<ExitCode> {
  return decide(invocation, { action: 'skip', to: invocation.args[1], branch: invocation.options.text('branch') })
}

async function decide(invocation: Invocation, json: Answer): Promise<ExitCode> {
  const { options, output } = invocation
  const said = { ...json, reason: options.text('reason'), by: options.text('by') }
  const answer = await invocation.hub().call('POST', `${pathOf(invocation)}/decide`, { json: said })
  output.rows([answer], ['id', 'message'], '')
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/processes/instances/${encodeURIComponent(args[0] ?? '')}`
}
