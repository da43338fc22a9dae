import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { recordsOf } from '../answer.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Invocation, Perform } from '../invocation.ts'

/** `interline privacy export`. */
export function privacyCommand(program: Command, perform: Perform): void {
  const privacy = program.command('privacy').description('what is kept about a person')
  person(privacy.command('export <file>').description('write everything about one person as one JSON document'))
    .option('--reason <text>', 'why, without names: it stands in the audit log')
    .action(perform(write))
}

/** How a person is found. */
function person(command: Command): Command {
  return command
    .option('--email <address>', 'by e-mail address')
    .option('--phone <number>', 'by phone number')
    .option('--name <name>', 'by name, with --postal-code')
    .option('--postal-code <code>', 'the postal code that belongs to the name')
    .option('--reference <number>', 'by an order, shipment or tracking number')
}

/** The question in the words of the API. Throws USAGE_INVALID. */
function asked({ options }: Invocation): Readonly<Record<string, string>> {
  const [email, phone, name] = [options.text('email'), options.text('phone'), options.text('name')]
  const [postalCode, reference] = [options.text('postalCode'), options.text('reference')]
  const ways = [
    ...(email === undefined ? [] : [{ email }]),
    ...(phone === undefined ? [] : [{ phone }]),
    ...(name === undefined || postalCode === undefined ? [] : [{ name, postalCode }]),
    ...(reference === undefined ? [] : [{ reference }]),
  ]
  const [way] = ways
  if (way === undefined || ways.length > 1 || (name === undefined) !== (postalCode === undefined))
    throw new InterlineError('USAGE_INVALID', {
      problem: 'say who in one way: --email, --phone, --name with --postal-code, or --reference.',
    })
  return way
}

async function write(invocation: Invocation): Promise<ExitCode> {
  const [path = ''] = invocation.args
  const reason = invocation.options.text('reason')
  const json = { person: asked(invocation), ...(reason === undefined ? {} : { reason }) }
  const found = await invocation.hub().call('POST', '/v1/privacy/exports', { json })
  writeFileSync(path, `${JSON.stringify(found, undefined, 2)}\n`, { mode: 0o600 })
  const count = (name: string): number => recordsOf(found[name]).length
  const [objects, facts, messages, records] = [count('objects'), count('facts'), count('messages'), count('records')]
  const isComplete = found['isComplete'] === true
  invocation.output.record({ file: path, objects, facts, messages, records, isComplete })
  invocation.output.say(
    `${path} holds ${objects} objects, ${facts} facts, ${messages} messages and ${records} other records${isComplete ? '' : '; there is more than one document holds'}.`,
  )
  return isComplete ? exitCodes.ok : exitCodes.partial
}
