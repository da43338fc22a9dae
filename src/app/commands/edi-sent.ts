import { type Command, Option } from 'commander'
import type { TransmissionStatus } from '../../model/transmission/state.ts'
import { type Answer, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { harmless } from '../terminal/output.ts'

const rowsMax = 10_000

/** A status of the model that is missing here does not compile. */
const statuses: Readonly<Record<TransmissionStatus, true>> = {
  sent: true,
  overdue: true,
  rejected: true,
  unwritable: true,
  numbering: true,
  acknowledged: true,
  closed: true,
}

/** `interline edi sent`, `resend`, `rewrite`, `close`: documents to partners, and what became of them. */
export function ediSentCommands(edi: Command, perform: Perform): void {
  edi
    .command('sent [id]')
    .description('documents to partners and what became of them; with an id: its bytes and every answer')
    .addOption(new Option('--status <status>', 'only in this status').choices(Object.keys(statuses)))
    .addOption(
      new Option('--response <state>', 'only with this answer of the partner’s business').choices([
        'awaited',
        'overdue',
        'answered',
      ]),
    )
    .option('--connection <name>', 'only to this partner')
    .option('--number <number>', 'only with this number of the business')
    .action(perform(sent))
  const decided = (name: string, description: string): Command =>
    edi.command(`${name} <id>`).description(description).requiredOption('--reason <text>', 'why, for the audit')
  decided('resend', 'the same bytes under the same numbers once more').action(perform(decide('send_again')))
  decided('rewrite', 'write a document that could not be written').action(perform(decide('write_again')))
  decided('close', 'nothing more is expected of this document').action(perform(decide('close')))
}

async function sent(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const [id] = args
  if (id !== undefined) return show(invocation, id)
  const query = Object.fromEntries(
    ['status', 'response', 'connection', 'number'].map((name) => [name, options.text(name)]),
  )
  const rows = await invocation.hub().list('/v1/transmissions', query, rowsMax)
  const keys = [
    'id',
    'connection',
    'set',
    'number',
    'interchange',
    'batch',
    'status',
    'sends',
    'dueAt',
    'response',
    'responseDueAt',
    'receipt',
    'updatedAt',
  ]
  const isAll = Object.values(query).every((value) => value === undefined)
  output.rows(rows, keys, isAll ? 'Nothing was sent.' : 'No document that was sent fits.')
  return exitCodes.ok
}

async function show(invocation: Invocation, id: string): Promise<ExitCode> {
  const { output } = invocation
  const answer = await invocation.hub().call('GET', `/v1/transmissions/${encodeURIComponent(id)}`)
  output.record(answer)
  if (output.json) return exitCodes.ok
  for (const line of linesOf(answer)) output.say(harmless(line))
  return exitCodes.ok
}

function linesOf(answer: Answer): string[] {
  const about = [
    'connection',
    'set',
    'number',
    'interchange',
    'status',
    'problem',
    'dueAt',
    'response',
    'responseDueAt',
    'receipt',
  ]
    .map((name) => [name, textOf(answer, name)])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
  const answers = recordsOf(answer['answers']).map(
    (one) => `${textOf(one, 'at')}  ${textOf(one, 'kind')} ${textOf(one, 'status')}`,
  )
  return [...about, ...answers, textOf(answer, 'text')].filter((line) => line !== '')
}

function decide(action: string): (invocation: Invocation) => Promise<ExitCode> {
  return async (invocation) => {
    const { args, options, output } = invocation
    const [id = ''] = args
    const json = { action, reason: options.text('reason') ?? '' }
    const answer = await invocation
      .hub()
      .call('POST', `/v1/transmissions/${encodeURIComponent(id)}/decisions`, { json })
    output.record(answer)
    if (!output.json) output.say(`${id}: ${action.replace('_', ' ')}, by message ${textOf(answer, 'message')}`)
    return exitCodes.ok
  }
}
