import { Argument, type Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import type { HubClient } from '../terminal/client.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import type { Output } from '../terminal/output.ts'
import { listMessages, messageFilters } from './message-list.ts'

const rowsMax = 10_000

/** What `list` lists: the last part of its address. */
const kinds = ['orders', 'deliveries', 'receipts', 'returns', 'invoices', 'freight-invoices', 'appointments'] as const

/** `interline show REFERENCE`, `interline list KIND`: orders, deliveries, receipts, returns, invoices and appointments. */
export function showCommand(program: Command, perform: Perform): void {
  program
    .command('show <reference>')
    .description('where an order, a delivery, an invoice … stands, by any of its numbers or its id')
    .action(perform(show))
  program
    .command('list')
    .addArgument(new Argument('<kind>', 'what to list').choices([...kinds, 'messages']))
    .description(
      'orders, deliveries, invoices …: how far the work is beside how it stands in the books; messages: what arrived',
    )
    .option('--reference <number>', 'only with this number: their own, or one that they name')
    .option('--status <status>', 'only in this status')
    .option('--posting <posting>', 'none, pending, blocked or posted')
    .option('--party <code>', 'only of this customer or supplier')
    .option('--location <code>', 'only there')
    .option('--carrier <code>', 'only with this carrier')
    .option('--late', 'only what should have been done by now')
    .option('--task', 'only where somebody has to decide')
    .option('--since <instant>', 'ordered, received or dated at or after')
    .option('--until <instant>', 'ordered, received or dated before')
    .option('--connection <name>', 'messages: only through this connection')
    .option('--partner <name>', 'messages: only through the connections of this partner')
    .option('--state <state>', 'messages: pending, applied, ignored or parked')
    .option('--type <content-type>', 'messages: only of this media type')
    .option('--identity <text>', 'messages: only with this identity')
    .action(perform((invocation) => (invocation.args[0] === 'messages' ? listMessages(invocation) : list(invocation))))
}

const filters = ['reference', 'status', 'posting', 'party', 'location', 'carrier'] as const
const columns = ['id', 'number', 'status', 'posting', 'parties', 'placedAt', 'dueAt', 'late', 'openTasks'] as const

async function list(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const query = {
    ...Object.fromEntries([...filters, ...messageFilters].map((name) => [name, options.text(name)])),
    placedFrom: options.text('since'),
    placedTo: options.text('until'),
    late: options.flag('late') ? 'true' : undefined,
    task: options.flag('task') ? 'true' : undefined,
  }
  const rows = await invocation.hub().list(`/v1/${args[0]}`, query, rowsMax)
  output.rows(rows.map(flat), columns, 'Nothing fits.')
  return exitCodes.ok
}

/** Machines get what the hub says; people one line. */
function flat(one: Answer): Answer {
  return { ...one, parties: Array.isArray(one['parties']) ? one['parties'].join(', ') : '' }
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const reference = args[0] ?? ''
  const hub = invocation.hub()
  const found = await find(hub, reference)
  const [own, ...others] = found.filter(({ row }) => [row['number'], row['id']].includes(reference))
  const one = own !== undefined && others.length === 0 ? own : found.length === 1 ? found[0] : undefined
  if (found.length === 0) throw new InterlineError('NOT_FOUND', { what: `document with the number ${reference}` })
  if (one === undefined) {
    const rows = found.map(({ kind, row }) => flat({ kind, ...row }))
    output.rows(rows, ['kind', 'id', 'number', 'status', 'posting', 'parties'], '')
    return exitCodes.ok
  }
  const page = await hub.call('GET', `/v1/${one.kind}/${encodeURIComponent(textOf(one.row, 'id'))}`)
  output.record({ kind: one.kind, ...page })
  if (!output.json) describe(output, one.kind, page)
  return exitCodes.ok
}

interface Found {
  readonly kind: string
  readonly row: Answer
}

async function find(hub: HubClient, reference: string): Promise<readonly Found[]> {
  const found = await Promise.all(
    kinds.map(async (kind) => (await hub.list(`/v1/${kind}`, { reference }, 20)).map((row): Found => ({ kind, row }))),
  )
  return found.flat()
}

function describe(output: Output, kind: string, page: Answer): void {
  const posting = recordOf(page['posting'])
  const about = { kind, ...page, posting: textOf(posting, 'status') }
  const members = ['kind', 'id', 'number', 'status', 'posting', 'placedAt', 'dueAt', 'late', 'parties', 'locations']
  const said = members.filter((member) => textOf(about, member) !== '[]')
  output.members(about, said)
  const told = ['command', 'target', 'state', 'documentReference', 'at', 'reason']
  output.below(recordsOf(posting['told']), told, 'What systems were told')
  output.below(recordsOf(page['explain']), ['condition', 'owner', 'since'], 'What it waits for')
  const expected = recordsOf(page['nextExpected'])
  output.below(expected, ['process', 'branch', 'state', 'since', 'by', 'instance'], 'What should happen next')
  output.below(recordsOf(page['openTasks']), ['id', 'role', 'question', 'dueAt'], 'What people have to decide')
  const exceptions = recordsOf(page['exceptions'])
  output.below(exceptions, ['category', 'since', 'connection', 'reason'], 'What is wrong with its documents')
}
