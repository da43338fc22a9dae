import type { Command } from 'commander'
import { recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 10_000

/** `interline notification list`, `preview`, `events`, `suppressed`, `suppress`, `release`: what customers and colleagues are told. */
export function notificationCommand(program: Command, perform: Perform): void {
  const notification = program.command('notification').description('what customers and colleagues are told')
  notification
    .command('list', { isDefault: true })
    .alias('ls')
    .description('what was told to whom, when, and why not; newest first')
    .option('--number <number>', 'only about this order or return')
    .option('--object <id>', 'only about this object')
    .option('--recipient <id>', 'only to this recipient')
    .option('--channel <connection>', 'only by this connection')
    .option('--event <event>', 'only this kind of news, such as shipment_delivered')
    .option('--status <status>', 'waiting, sent, told, refused, unknown or held_back')
    .action(perform(list))
  notification
    .command('events')
    .description('every kind of news, and the values that its texts can use')
    .action(perform(events))
  notification
    .command('preview <event>')
    .description('what a reader would get; nothing is sent')
    .option('--locale <tag>', 'language of the reader, such as de')
    .option('--time-zone <zone>', 'time zone of the reader, such as Europe/Berlin')
    .option('--html', 'the HTML part instead of the text')
    .action(perform(preview))
  notification
    .command('suppressed')
    .description('recipients to whom nothing is sent, and why')
    .action(perform(suppressed))
  notification.command('suppress <recipient>').description('send nothing more to a recipient').action(perform(suppress))
  notification.command('release <recipient>').description('tell a recipient things again').action(perform(release))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const names = ['number', 'object', 'recipient', 'channel', 'event', 'status']
  const query = Object.fromEntries(names.map((name) => [name, options.text(name)]))
  const rows = await invocation.hub().list('/v1/notifications', query, rowsMax)
  const columns = ['at', 'event', 'number', 'status', 'reason', 'channel', 'recipient']
  output.rows(rows, columns, 'Nobody was to be told anything.')
  return exitCodes.ok
}

async function events(invocation: Invocation): Promise<ExitCode> {
  const { data } = await invocation.hub().call('GET', '/v1/notifications/events')
  const rows = recordsOf(data).map((one) => ({ ...one, values: Object.keys(recordOf(one['values'])).join(', ') }))
  const columns = ['name', 'audience', 'about', 'values']
  invocation.output.rows(rows, columns, '')
  return exitCodes.ok
}

async function preview(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const json = { event: args[0], locale: options.text('locale'), timeZone: options.text('timeZone') }
  const written = await invocation.hub().call('POST', '/v1/notifications/preview', { json })
  output.record(written)
  if (output.json) return exitCodes.ok
  output.say(`${textOf(written, 'subject')}\n\n${textOf(written, options.flag('html') ? 'html' : 'text')}`)
  return exitCodes.ok
}

async function suppressed(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation.hub().list('/v1/notifications/suppressions', {}, rowsMax)
  const columns = ['since', 'recipient', 'channel', 'reason', 'said', 'by']
  invocation.output.rows(rows, columns, 'Everybody is told what there is.')
  return exitCodes.ok
}

async function suppress(invocation: Invocation): Promise<ExitCode> {
  const json = { recipient: invocation.args[0] }
  return told(invocation, await invocation.hub().call('POST', '/v1/notifications/suppressions', { json }))
}

async function release(invocation: Invocation): Promise<ExitCode> {
  const path = `/v1/notifications/suppressions/${encodeURIComponent(invocation.args[0] ?? '')}`
  return told(invocation, await invocation.hub().call('DELETE', path))
}

function told(invocation: Invocation, answer: Readonly<Record<string, unknown>>): ExitCode {
  const columns = ['recipient', 'message']
  invocation.output.rows([answer], columns, '')
  return exitCodes.ok
}
