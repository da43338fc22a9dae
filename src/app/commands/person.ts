import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { sayLink } from './link.ts'

const rowsMax = 1000

/** `interline person invite`, `list`, `link`, `change`, `reset`, `unlink`, `disable`. */
export function personCommand(program: Command, perform: Perform): void {
  const person = program
    .command('person')
    .description('people: who signs in to the control tower, and what they may do')
  person
    .command('invite <email> <name>')
    .description('let somebody in; says the link by which they set their password')
    .requiredOption(
      '--role <role...>',
      'viewer, operations, finance, stewardship, integration, administrator, or partner with --partner',
    )
    .option('--partner <partner>', 'somebody of this partner, who sees only what is of it')
    .action(perform(invite))
  person.command('list').alias('ls').description('people and their roles').action(perform(list))
  person
    .command('link <email>')
    .description('a new link, for somebody who was invited or has forgotten the password')
    .action(perform(link))
  person
    .command('change <email>')
    .description('give somebody other roles')
    .requiredOption('--role <role...>', 'all that they have from now on')
    .action(perform(change))
  person
    .command('reset <email>')
    .description('ask somebody for no code any more, who has lost the device and the recovery codes')
    .option('--yes', 'really do it')
    .action(perform(reset))
  person
    .command('unlink <email>')
    .description('forget who somebody is at identity providers, whom these know by another account now')
    .option('--yes', 'really do it')
    .action(perform(unlink))
  person
    .command('disable <email>')
    .description('end the access of somebody; says what it would do unless --yes')
    .option('--yes', 'really do it')
    .action(perform(disable))
}

async function invite(invocation: Invocation): Promise<ExitCode> {
  const { args, options } = invocation
  const [email, name] = args
  const partner = options.text('partner')
  const json = { email, name, roles: options.texts('role'), ...(partner === undefined ? {} : { partner }) }
  return sayLink(invocation, await invocation.hub().call('POST', '/v1/people', { json }), aboutLink)
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation.hub().list('/v1/people', {}, rowsMax)
  const columns = ['email', 'name', 'partner', 'roles', 'state', 'createdAt']
  invocation.output.rows(rows, columns, 'Nobody can sign in yet: follow the link that the hub says when it starts.')
  return exitCodes.ok
}

async function link(invocation: Invocation): Promise<ExitCode> {
  const { id } = await find(invocation)
  return sayLink(invocation, await invocation.hub().call('POST', `/v1/people/${id}/link`), aboutLink)
}

async function change(invocation: Invocation): Promise<ExitCode> {
  const { id, version } = await find(invocation)
  const json = { roles: invocation.options.texts('role') }
  const changed = await invocation.hub().call('PATCH', `/v1/people/${id}`, { json, version })
  invocation.output.record(changed)
  invocation.output.say(`${textOf(changed, 'email')} has other roles now, and has to sign in again.`)
  return exitCodes.ok
}

async function reset(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const { id } = await find(invocation)
  const really = options.flag('yes')
  if (really) await invocation.hub().call('DELETE', `/v1/people/${id}/second-factor`)
  output.record({ id, reset: really })
  output.say(
    really
      ? `${args[0]} signs in without a code now, until they set it up again.`
      : `Would ask ${args[0]} for no code any more; add --yes to do it.`,
  )
  return exitCodes.ok
}

async function unlink(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const { id } = await find(invocation)
  const really = options.flag('yes')
  if (really) await invocation.hub().call('DELETE', `/v1/people/${id}/identity`)
  output.record({ id, unlinked: really })
  output.say(
    really
      ? `${args[0]} is linked anew with the next sign-in at an identity provider.`
      : `Would forget who ${args[0]} is at identity providers; add --yes to do it.`,
  )
  return exitCodes.ok
}

async function disable(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const { id, version } = await find(invocation)
  const really = options.flag('yes')
  if (really) await invocation.hub().call('PATCH', `/v1/people/${id}`, { json: { disabled: true }, version })
  output.record({ id, disabled: really })
  output.say(really ? `${args[0]} cannot sign in any more.` : `Would end the access of ${args[0]}; add --yes to do it.`)
  return exitCodes.ok
}

/** Throws NOT_FOUND. */
async function find(invocation: Invocation): Promise<{ readonly id: string; readonly version: number }> {
  const wanted = invocation.args[0]?.toLowerCase()
  const found = (await invocation.hub().list('/v1/people', {}, rowsMax)).find((one) => textOf(one, 'email') === wanted)
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: `person with the address ${wanted}` })
  return { id: textOf(found, 'id'), version: Number(found['version']) }
}

const aboutLink = 'For this person alone, once, within an hour.'
