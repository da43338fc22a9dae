import { Argument, type Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, recordOf, recordsOf, textOf } from '../answer.ts'
import type { HubClient } from '../client.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Invocation, Perform } from '../invocation.ts'
import type { Output } from '../output.ts'

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
    .addArgument(new Argument('<kind>', 'what to list').choices(kinds))
    .description('orders, deliveries, invoices …: how far the work is beside how it stands in the books')
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
    .action(perform(list))
}

const filters = ['reference', 'status', 'posting', 'party', 'location', 'carrier'] as const
const columns = ['id', 'number', 'status', 'posting', 'parties', 'placedAt', 'dueAt', 'late', 'openTasks'] as const

async function list(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const query = {
    ...Object.fromEntries(filters.map((name) => [name, options.text(name)])),
    placedFrom: options.text('since'),
    placedTo: options.text('until'),
    late: options.flag('late') ? 'true' : undefined,
    task: options.flag('task') ? 'true' : undefined,
  }
  const rows = await invocation.hub().list(`/v1/${args[0]}`, query, rowsMax)
  output.rows(rows.map(flat), columnsOf(columns), 'Nothing fits.')
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
    output.rows(rows, columnsOf(['kind', 'id', 'number', 'status', 'posting', 'parties']), '')
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
  const pairs = members.map((member): Answer => ({ member, value: textOf(about, member) }))
  const said = pairs.filter((one) => !['', '[]'].includes(textOf(one, 'value')))
  output.rows(said, columnsOf(['member', 'value']), '')
  const told = ['command', 'target', 'state', 'documentReference', 'at', 'reason']
  part(output, 'What systems were told', recordsOf(posting['told']), told)
  part(output, 'What it waits for', recordsOf(page['explain']), ['condition', 'owner', 'since'])
  const expected = recordsOf(page['nextExpected'])
  part(output, 'What should happen next', expected, ['process', 'branch', 'state', 'since', 'by', 'instance'])
  part(output, 'What people have to decide', recordsOf(page['openTasks']), ['id', 'role', 'question', 'dueAt'])
  const exceptions = recordsOf(page['exceptions'])
  part(output, 'What is wrong with its documents', exceptions, ['category', 'since', 'connection', 'reason'])
}

function part(output: Output, title: string, rows: readonly Answer[], names: readonly string[]): void {
  if (rows.length === 0) return
  output.say(`\n${title}`)
  output.rows(rows, columnsOf(names), '')
}

function columnsOf(names: readonly string[]): readonly { readonly key: string }[] {
  return names.map((key) => ({ key }))
}
