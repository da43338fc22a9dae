import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { textIn } from '../../flow/translate/corrected-text.ts'
import { type Answer, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodeOf, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline parked list`, `show`, `release`, `skip`, `edit`: what waits for a person. */
export function parkedCommand(program: Command, perform: Perform): void {
  const parked = program
    .command('parked')
    .alias('dlq')
    .description('messages that wait for a person, a parent, or behind another one')
  const filtered = (command: Command): Command =>
    command
      .option('--connection <name>', 'only of this connection')
      .option('--code <code>', 'only with this cause, such as MAP_FAILED')
  filtered(
    parked
      .command('list', { isDefault: true })
      .alias('ls')
      .description('by cause and connection')
      .option('--state <state>', 'parked, waiting or released'),
  ).action(perform(list))
  parked.command('show <message>').description('one message, why it waits and what to do').action(perform(show))
  filtered(
    decision(
      parked.command('release [message...]').description('translate again; without --yes only says what it would do'),
    ),
  ).action(perform(release))
  filtered(
    decision(parked.command('skip [message...]').description('refuse for good; what waited behind goes on')),
  ).action(perform(skip))
  parked
    .command('edit <message> <file>')
    .description('replace by corrected bytes; the original is kept')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option('--type <content-type>', 'content type; without it that of the original')
    .option(
      '--charset <charset>',
      'characters in which it is written, such as iso-8859-1; without it those of the original',
    )
    .action(perform(edit))
}

function decision(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why, for the audit').option('--yes', 'really do it')
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const columns = ['message', 'connection', 'code', 'state', 'since', 'detail']
  const { output } = invocation
  const rows = await find(invocation)
  output.rows(rows, columns, 'Nothing is parked.')
  // Once for each cause: the same sentence in each row would leave no room for the rows.
  const actions = new Map(rows.map((row) => [textOf(row, 'code'), textOf(row, 'nextAction')]))
  output.below(
    [...actions].map(([code, nextAction]) => ({ code, nextAction })),
    ['code', 'nextAction'],
  )
  return exitCodes.ok
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const message = args[0] ?? ''
  const row = (await find(invocation)).find((one) => textOf(one, 'message') === message)
  if (row === undefined) throw new InterlineError('NOT_FOUND', { what: `parked message ${message}` })
  output.record(row)
  output.members(row, Object.keys(row))
  return exitCodes.ok
}

function release(invocation: Invocation): Promise<ExitCode> {
  return decide(invocation, 'release')
}

function skip(invocation: Invocation): Promise<ExitCode> {
  return decide(invocation, 'skip')
}

/** Named messages, or all that fit the filter; never all there are by accident. */
async function decide(invocation: Invocation, action: 'release' | 'skip'): Promise<ExitCode> {
  const { args, options, output } = invocation
  const filtered = options.text('connection') !== undefined || options.text('code') !== undefined
  if (args.length === 0 && !filtered)
    throw new InterlineError('USAGE_INVALID', { problem: 'Name messages, --connection or --code.' })
  const messages = args.length > 0 ? args : (await find(invocation, 'parked')).map((row) => textOf(row, 'message'))
  if (!options.flag('yes')) {
    output.rows(
      messages.map((message) => ({ message, would: action })),
      ['message', 'would'],
      'Nothing fits.',
    )
    if (messages.length > 0) output.say(`\nWould ${action} ${messages.length}; add --yes to do it.`)
    return exitCodes.ok
  }
  const hub = invocation.hub()
  const rows: Answer[] = []
  let failed = 0
  for (const message of messages) {
    try {
      rows.push(
        await hub.call('POST', `/v1/parked/${encodeURIComponent(message)}/${action}`, {
          json: { reason: options.text('reason') },
        }),
      )
    } catch (error) {
      failed++
      output.terminal.error(`${message}: `)
      output.failure(error)
    }
  }
  output.rows(rows, ['message', 'outcome'], 'Nothing was done.')
  return exitCodeOf({ done: rows.length, failed })
}

async function edit(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const [message = '', file = ''] = args
  const contentType = options.text('type')
  const charset = options.text('charset')
  // Standard input and files alike; the hub judges size and content.
  const bytes = readFileSync(file === '-' ? 0 : file)
  // Editors save as UTF-8 what was something else: the hub writes it as the original is written.
  const body = isUtf8(bytes) ? bytes.toString('utf8') : textIn(bytes, charset ?? (await charsetOfMessage(invocation)))
  const said = Object.entries({ contentType, charset }).filter(([, value]) => value !== undefined)
  const json = { reason: options.text('reason'), body, ...Object.fromEntries(said) }
  const answer = await invocation.hub().call('POST', `/v1/parked/${encodeURIComponent(message)}/edit`, { json })
  output.rows([answer], ['message', 'correctedBy', 'charset'], '')
  return exitCodes.ok
}

async function charsetOfMessage(invocation: Invocation): Promise<string> {
  const [message = ''] = invocation.args
  return textOf(await invocation.hub().call('GET', `/v1/messages/${encodeURIComponent(message)}`), 'charset')
}

function find(invocation: Invocation, state = invocation.options.text('state')): Promise<readonly Answer[]> {
  const { options } = invocation
  return invocation
    .hub()
    .list('/v1/parked', { connection: options.text('connection'), code: options.text('code'), state }, rowsMax)
}
