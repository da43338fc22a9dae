import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline task list`, `show`, `assign`, `decide`, `note`: what people have to decide. */
export function taskCommand(program: Command, perform: Perform): void {
  const task = program.command('task').description('what people have to decide')
  task
    .command('list', { isDefault: true })
    .alias('ls')
    .description('open tasks, the first that is due first')
    .option('--role <role>', 'only of this role, such as master-data')
    .option('--assignee <person>', 'only what this person has taken')
    .option('--overdue', 'only what was not decided in time')
    .option('--object <id>', 'only about this object')
    .option('--name <name>', 'only of this kind, such as map-code')
    .option('--state <state>', 'open, completed, obsolete or all')
    .action(perform(list))
  task
    .command('show <task>')
    .description('question, evidence, possible decisions, and what was done')
    .action(perform(show))
  const by = ['--by <person>', 'who acts, where several people use the key'] as const
  task
    .command('assign <task> [person]')
    .description('give it to somebody; without a person it is given back')
    .option(...by)
    .action(perform(assign))
  task
    .command('decide <task> <decision>')
    .description('decide with one of its decisions')
    .option('--reason <text>', 'why, for the audit')
    .option('--data <json>', 'what belongs to the decision, as a JSON object')
    .option(...by)
    .action(perform(decide))
  task
    .command('note <task> <text>')
    .description('write something down')
    .option(...by)
    .action(perform(note))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = {
    ...Object.fromEntries(['role', 'assignee', 'object', 'name', 'state'].map((name) => [name, options.text(name)])),
    overdue: options.flag('overdue') ? 'true' : undefined,
  }
  const rows = await invocation.hub().list('/v1/tasks', query, rowsMax)
  const columns = ['id', 'role', 'name', 'dueAt', 'overdue', 'assignee', 'question']
  output.rows(rows, columns, 'Nobody has to decide anything.')
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const task = await invocation.hub().call('GET', pathOf(invocation))
  output.record(task)
  if (output.json) return exitCodes.ok
  const about = ['question', 'state', 'role', 'assignee', 'dueAt', 'overdue', 'origin', 'objects', 'decision']
  output.members(task, ['id', 'name', ...about])
  const evidence = recordOf(task['evidence'])
  if (Object.keys(evidence).length > 0) output.say('\nEvidence')
  for (const [name, value] of Object.entries(evidence))
    if (!isTable(value)) output.say(`  ${name}: ${textOf({ value }, 'value')}`)
  for (const [name, value] of Object.entries(evidence)) {
    const rows = isTable(value) ? recordsOf(value) : []
    output.below(rows, [...new Set(rows.flatMap((row) => Object.keys(row)))], name)
  }
  const decisions = recordsOf(task['decisions']).map((one) => ({
    ...one,
    data: recordsOf(one['fields']).map(written).join(', '),
  }))
  output.below(decisions, ['name', 'label', 'consequence', 'data', 'fourEyes', 'reasonRequired'])
  output.below(recordsOf(task['history']), ['at', 'by', 'did', 'text'])
  return exitCodes.ok
}

/** Rows stand below each other, as what could be done with the stock of each. */
function isTable(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null)
}

/** How a member of the data of a decision is written. */
function written({ name, kind, values, isOptional }: Answer): string {
  const form = Array.isArray(values) ? values.join(' | ') : String(kind)
  return `${String(name)}: ${form}${isOptional === true ? ' (or left out)' : ''}`
}

function assign(invocation: Invocation): Promise<ExitCode> {
  const [, assignee] = invocation.args
  return act(invocation, 'assign', { assignee })
}

function decide(invocation: Invocation): Promise<ExitCode> {
  const { args, options } = invocation
  return act(invocation, 'decide', {
    decision: args[1],
    reason: options.text('reason'),
    data: dataOf(options.text('data')),
  })
}

function note(invocation: Invocation): Promise<ExitCode> {
  return act(invocation, 'note', { text: invocation.args[1] })
}

async function act(invocation: Invocation, action: string, json: Answer): Promise<ExitCode> {
  const answer = await invocation
    .hub()
    .call('POST', `${pathOf(invocation)}/${action}`, { json: { ...json, by: invocation.options.text('by') } })
  const columns = ['id', 'message', 'outcome']
  invocation.output.rows([answer], columns, '')
  return exitCodes.ok
}

function pathOf({ args }: Invocation): string {
  return `/v1/tasks/${encodeURIComponent(args[0] ?? '')}`
}

function dataOf(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new InterlineError('USAGE_INVALID', { problem: '--data is no JSON.' }, error)
  }
}
