import type { Command } from 'commander'
import { postgresKeys } from '../../backbone/postgres/keys.ts'
import { systemClock } from '../ports.ts'
import { withLocalDatabase } from '../start/local-database.ts'
import { recoverKey } from '../start/recovered-key.ts'
import { textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const rowsMax = 1000

/** `interline key create`, `list`, `revoke`, `recover`. */
export function keyCommand(program: Command, perform: Perform): void {
  const key = program.command('key').description('API keys: who may do what')
  key
    .command('create <name>')
    .description('create a key; its text is shown once')
    .requiredOption('--scope <scope...>', 'what it may do, such as inbound:write or shipments:read')
    .option('--expires-days <days>', 'days until it expires')
    .option('--partner <partner>', 'it sees only what is of this partner')
    .action(perform(create))
  key.command('list').alias('ls').description('keys without their text').action(perform(list))
  key
    .command('revoke <id>')
    .description('end a key; says what it would do unless --yes')
    .option('--yes', 'really do it')
    .action(perform(revoke))
  key
    .command('recover')
    .description('where every key is lost: make one that may do everything, on the machine of the hub, running or not')
    .action(perform(recover))
}

async function create(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const expiresInDays = options.integer('expiresDays', 1)
  const partner = options.text('partner')
  const json = {
    name: args[0],
    scopes: options.texts('scope'),
    ...(expiresInDays === undefined ? {} : { expiresInDays }),
    ...(partner === undefined ? {} : { partner }),
  }
  const made = await invocation.hub().call('POST', '/v1/keys', { json })
  output.record(made)
  output.say(
    `${textOf(made, 'key')}\n\nKeep it: it is not stored and never shown again. Its id is ${textOf(made, 'id')}.`,
  )
  return exitCodes.ok
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation.hub().list('/v1/keys', {}, rowsMax)
  const columns = ['id', 'name', 'partner', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt']
  invocation.output.rows(rows, columns, 'There are no keys.')
  return exitCodes.ok
}

async function revoke(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const id = args[0] ?? ''
  const hub = invocation.hub()
  if (options.flag('yes')) await hub.call('DELETE', `/v1/keys/${encodeURIComponent(id)}`)
  output.record({ id, revoked: options.flag('yes') })
  output.say(options.flag('yes') ? `Key ${id} is revoked.` : `Would revoke key ${id}; add --yes to do it.`)
  return exitCodes.ok
}

async function recover(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const settings = invocation.settings()
  const recovery = await withLocalDatabase(settings, (database) =>
    recoverKey(postgresKeys(database), settings.dataDirectory, systemClock.wall()),
  )
  output.record(recovery)
  const { path } = recovery
  output.say(
    recovery.outcome === 'made'
      ? `${recovery.text}\n\nIt may do everything, and is in ${path} for the commands of this machine; the audit log says that it was made. Its id is ${recovery.id}.\nEnd the keys that were lost: "interline key list", then "interline key revoke".`
      : `The key in ${path} still counts and may do everything: nothing was made.`,
  )
  return exitCodes.ok
}
