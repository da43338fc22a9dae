import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline secret list`, `rotate`. */
export function secretCommand(program: Command, perform: Perform): void {
  const secret = program.command('secret').description('keys by which secrets in the database are sealed')
  secret
    .command('list', { isDefault: true })
    .alias('ls')
    .description('the keys, and how many secrets each has sealed; never a secret')
    .action(perform(list))
  secret
    .command('rotate <key>')
    .description(
      'data: a new key of this tenant and all secrets sealed anew; master: a new master key. Says what it would do unless --yes',
    )
    .option('--reason <text>', 'why; it stands with the job and in the audit log')
    .option('--yes', 'really do it')
    .action(perform(rotate))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const standing = await invocation.hub().call('GET', '/v1/secrets')
  output.record(standing)
  if (output.json) return exitCodes.ok
  output.say(`Master key ${textOf(standing, 'masterKey')}, kept by the ${textOf(standing, 'masterKeptBy')}.`)
  output.rows(recordsOf(standing['dataKeys']), ['id', 'masterKey', 'createdAt', 'secrets'], 'Nothing is sealed yet.')
  const unsealed = numberOf(standing, 'unsealed')
  if (unsealed > 0) output.say(`${unsealed} secrets of an older release wait to be sealed.`)
  return exitCodes.ok
}

async function rotate(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const key = args[0] ?? ''
  if (key !== 'data' && key !== 'master')
    throw new InterlineError('USAGE_INVALID', { problem: 'say which key: data or master.' })
  if (!options.flag('yes')) {
    const standing = await invocation.hub().call('GET', '/v1/secrets')
    const keys = recordsOf(standing['dataKeys'])
    const secrets = keys.reduce((sum, one) => sum + numberOf(one, 'secrets'), 0)
    const work =
      key === 'data' ? `${secrets} secrets with a new data key` : 'the data keys of all tenants by a new master key'
    output.record({ key, rotated: false, secrets })
    output.say(`Would seal ${work}; add --yes to do it.`)
    return exitCodes.ok
  }
  const reason = options.text('reason')
  const made = await invocation
    .hub()
    .call('POST', '/v1/secrets/rotations', { json: { key, ...(reason === undefined ? {} : { reason }) } })
  output.record(made)
  output.say(`Job ${textOf(made, 'job')} does it; "interline job watch ${textOf(made, 'job')}" follows it.`)
  if (key === 'master')
    output.say('Back up the new master.key of the data directory: only it opens what the database holds.')
  return exitCodes.ok
}
