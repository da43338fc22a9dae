import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { sayLink } from './link.ts'

/** `interline tracking link`, `list`, `revoke`: links by which recipients follow a shipment without signing in. */
export function trackingCommand(program: Command, perform: Perform): void {
  const tracking = program.command('tracking').description('links by which recipients follow a shipment')
  tracking
    .command('link <shipment>')
    .description('make a link, by the id or any number of the shipment; it is shown once')
    .option('--days <days>', 'how long it leads; 90 without it')
    .action(perform(link))
  tracking
    .command('list <shipment>')
    .alias('ls')
    .description('links to a shipment, without what they hold')
    .action(perform(list))
  tracking
    .command('revoke <shipment> <link>')
    .description('end a link; says what it would do unless --yes')
    .option('--yes', 'really do it')
    .action(perform(revoke))
}

async function link(invocation: Invocation): Promise<ExitCode> {
  const id = await shipmentOf(invocation)
  const days = invocation.options.integer('days', 1)
  const json = days === undefined ? {} : { days }
  const made = await invocation.hub().call('POST', `/v1/shipments/${id}/tracking-links`, { json })
  return sayLink(invocation, made, `Whoever has it sees the parcel until ${textOf(made, 'expiresAt')}.`)
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const id = await shipmentOf(invocation)
  const { data } = await invocation.hub().call('GET', `/v1/shipments/${id}/tracking-links`)
  const columns = ['id', 'state', 'madeBy', 'createdAt', 'expiresAt', 'seenAt']
  invocation.output.rows(recordsOf(data), columns, 'Nobody has made a link to this shipment.')
  return exitCodes.ok
}

async function revoke(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const id = await shipmentOf(invocation)
  const really = options.flag('yes')
  if (really)
    await invocation.hub().call('DELETE', `/v1/shipments/${id}/tracking-links/${encodeURIComponent(args[1] ?? '')}`)
  output.record({ link: args[1] ?? '', revoked: really })
  output.say(really ? `${args[1]} leads nowhere any more.` : `Would end ${args[1]}; add --yes to do it.`)
  return exitCodes.ok
}

/** The one with this id or number. Throws NOT_FOUND. */
async function shipmentOf(invocation: Invocation): Promise<string> {
  const reference = invocation.args[0] ?? ''
  if (reference.startsWith('shp_')) return encodeURIComponent(reference)
  const [found, ...more] = await invocation.hub().list('/v1/shipments', { reference }, 2)
  if (found === undefined || more.length > 0)
    throw new InterlineError('NOT_FOUND', { what: `single shipment with the number ${reference}` })
  return textOf(found, 'id')
}
