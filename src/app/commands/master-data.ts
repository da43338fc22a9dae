import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { crossReferenceKey } from '../../registry/cross-reference.ts'
import { cellsOfRow, columnsOf } from '../../registry/master-cells.ts'
import { type MasterKindName, masterKindNames } from '../../registry/master-kinds.ts'
import { type Answer, numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { ProblemAnswer } from '../terminal/client.ts'
import { type ExitCode, exitCodeOf, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { masterRows } from '../terminal/master-file.ts'

const rowsAtOnce = 1000
const listMax = 10_000

/** `interline master-data import`, `export`, `list`, `show`, `map`: items, places, parties, carriers, and what others call them. */
export function masterDataCommand(program: Command, perform: Perform): void {
  const kinds = masterKindNames.join(', ')
  const data = program.command('master-data').description('items, places, parties, carriers, and what others call them')
  data
    .command('list <kind>')
    .alias('ls')
    .description(`rows of one kind: ${kinds}`)
    .option('--search <text>', 'only keys that begin so')
    .action(perform(list))
  data.command('show <kind> <key>').description('one row with all its versions').action(perform(show))
  data
    .command('import <kind> <file>')
    .description('create or replace the rows of a file (.csv, .json, .jsonl); again changes nothing')
    .action(perform(importFile))
  data
    .command('export <kind>')
    .description('all rows of one kind as CSV, or with --json as JSON lines; both can be imported')
    .action(perform(exportRows))
  data
    .command('map <what> <system> <code> <ours>')
    .description('say what a code means: item, uom, location, party, carrier or service; what waits for it goes on')
    .option('--qualifier <code>', 'what the code depends on: the carrier of a service')
    .option('--from <instant>', 'valid from; without it since ever')
    .option('--to <instant>', 'first moment when it is not valid')
    .action(perform(map))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const rows = await invocation.hub().list(pathOf(invocation), { search: options.text('search') }, listMax)
  const columns = ['key', 'version', 'changedAt', 'changedBy', 'body']
  output.rows(rows, columns, 'There are none.')
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const path = `${pathOf(invocation)}/${encodeURIComponent(invocation.args[1] ?? '')}/versions`
  const versions = recordsOf((await invocation.hub().call('GET', path))['data'])
  const columns = ['version', 'changedAt', 'changedBy', 'source', 'body']
  invocation.output.rows(versions, columns, '')
  return exitCodes.ok
}

/** Piece by piece: neither side holds the file. Rows that are refused are told with their line. */
async function importFile(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const path = `${pathOf(invocation)}/import`
  const hub = invocation.hub()
  const sums = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  const send = async (batch: readonly { readonly line: number; readonly row: unknown }[]): Promise<void> => {
    const answer = await hub.call('POST', path, { json: { rows: batch.map(({ row }) => row) } })
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += numberOf(answer, name)
    recordsOf(answer['rows']).forEach((one, index) => {
      if (textOf(one, 'outcome') !== 'refused') return
      const line = batch[index]?.line ?? 0
      output.record({ line, ...one })
      output.say(`line ${line}: ${textOf(one, 'problem')}`)
    })
    output.progress(`${sums.created + sums.changed + sums.unchanged + sums.refused} rows`)
  }
  let batch: { line: number; row: unknown }[] = []
  for await (const one of masterRows(kindOf(invocation), args[1] ?? '')) {
    batch.push(one)
    if (batch.length < rowsAtOnce) continue
    await send(batch)
    batch = []
  }
  if (batch.length > 0) await send(batch)
  output.progress('')
  output.record(sums)
  output.say(`${sums.created} created, ${sums.changed} changed, ${sums.unchanged} unchanged, ${sums.refused} refused.`)
  return exitCodeOf({ done: sums.created + sums.changed + sums.unchanged, failed: sums.refused })
}

async function exportRows(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const kind = kindOf(invocation)
  const header = columnsOf(kind)
  output.say(header.join(','))
  let cursor: string | undefined
  do {
    const answer = await invocation.hub().call('GET', pathOf(invocation), { query: { limit: '200', cursor } })
    for (const { body } of recordsOf(answer['data'])) {
      const row = recordOf(body)
      output.record(plain(row))
      if (!output.json) output.terminal.out(`${cellsOfRow(row, header).map(quoted).join(',')}\n`)
    }
    const next = recordOf(answer['page'])['next']
    cursor = typeof next === 'string' ? next : undefined
  } while (cursor !== undefined)
  return exitCodes.ok
}

/** Without what only the hub may say. */
function plain(row: Answer): Answer {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !ofTheHub.has(name)))
}

const ofTheHub: ReadonlySet<string> = new Set(['approvedBy', 'endings', 'endedBy'])

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

async function map(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const [entity = '', system = '', externalValue = '', canonicalId = ''] = args
  const optional = {
    qualifier: options.text('qualifier'),
    validFrom: options.text('from'),
    validTo: options.text('to'),
  }
  const said = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
  const row = { entity, system, externalValue, canonicalId, status: 'active', ...said }
  const key = crossReferenceKey(row as unknown as Parameters<typeof crossReferenceKey>[0])
  const path = `/v1/master-data/cross-references/${encodeURIComponent(key)}`
  const hub = invocation.hub()
  const version = await hub.call('GET', path).then((found) => numberOf(found, 'version'), absent)
  output.rows([await hub.call('PUT', path, { json: row, version })], ['key', 'outcome', 'version'], '')
  return exitCodes.ok
}

function absent(error: unknown): number {
  if (error instanceof ProblemAnswer && error.status === 404) return 0
  throw error
}

function kindOf({ args }: Invocation): MasterKindName {
  const kind = masterKindNames.find((name) => name === args[0])
  if (kind === undefined)
    throw new InterlineError('USAGE_INVALID', { problem: `${args[0] ?? ''} is none of ${masterKindNames.join(', ')}.` })
  return kind
}

function pathOf(invocation: Invocation): string {
  return `/v1/master-data/${kindOf(invocation)}`
}
