import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline privacy export`, `erase`, `list`, `register`, `repeat`. */
export function privacyCommand(program: Command, perform: Perform): void {
  const privacy = program.command('privacy').description('what is kept about a person, and its end')
  person(privacy.command('export <file>').description('write everything about one person as one JSON document'))
    .option('--reason <text>', 'why, without names: it stands in the audit log')
    .action(perform(write))
  person(
    privacy
      .command('erase')
      .description('erase one person for good; says what would go, what stays and why unless --yes'),
  )
    .option('--reason <text>', 'why, without names: it stays')
    .option('--even-in-use', 'also where postings or processes still need to know them')
    .option('--yes', 'really do it')
    .action(perform(erase))
  privacy
    .command('list')
    .alias('ls')
    .description('erasures, the newest first; not who it was')
    .option('--limit <rows>', 'how many', '50')
    .action(perform(list))
  privacy
    .command('register <file>')
    .description('write what is needed to erase the same people in a restored backup')
    .action(perform(register))
  privacy
    .command('repeat <file>')
    .description('after a restore: erase again whom the backup brought back')
    .option('--reason <text>', 'why', 'A backup was restored.')
    .action(perform(repeat))
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

async function erase(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const who = asked(invocation)
  if (!options.flag('yes')) {
    const preview = await invocation.hub().call('POST', '/v1/privacy/previews', { json: { person: who } })
    output.record(preview)
    if (output.json) return exitCodes.ok
    const kinds = Object.entries(recordOf(preview['erased']))
    output.rows(
      kinds.map(([kind, rows]) => ({ kind, rows })),
      ['kind', 'rows'],
      'Nothing would be erased.',
    )
    for (const one of recordsOf(preview['stays']))
      output.say(`Stays: ${numberOf(one, 'count')} in ${textOf(one, 'what')}. ${textOf(one, 'why')}`)
    const inUse = recordOf(preview['inUse'])
    const [unsent, processes] = [numberOf(inUse, 'unsent'), numberOf(inUse, 'processes')]
    if (unsent + processes > 0)
      output.say(`Still needed by ${unsent} postings and ${processes} processes; --even-in-use erases all the same.`)
    output.say('Nothing was changed; add --yes and --reason to erase.')
    return exitCodes.ok
  }
  const reason = options.text('reason')
  if (reason === undefined) throw new InterlineError('USAGE_INVALID', { problem: '--yes needs --reason.' })
  const json = { person: who, reason, evenInUse: options.flag('evenInUse') }
  const made = await invocation.hub().call('POST', '/v1/privacy/erasures', { json })
  output.record(made)
  output.say(`Erasure ${textOf(made, 'id')} is under way; "interline job watch ${textOf(made, 'job')}" follows it.`)
  return exitCodes.ok
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const rows = await invocation.hub().list('/v1/privacy/erasures', {}, options.integer('limit', 1) ?? 50)
  if (output.json) for (const row of rows) output.record(row)
  else output.rows(rows, ['id', 'state', 'by', 'reason', 'objects', 'begunAt', 'doneAt'], 'Nobody was erased so far.')
  return exitCodes.ok
}

async function register(invocation: Invocation): Promise<ExitCode> {
  const [path = ''] = invocation.args
  const found = await invocation.hub().call('GET', '/v1/privacy/register')
  const entries = recordsOf(found['entries'])
  writeFileSync(path, `${JSON.stringify(found)}\n`, { mode: 0o600 })
  invocation.output.record({ file: path, entries: entries.length })
  invocation.output.say(`${path} holds ${entries.length} erasures. Keep it apart from the backups that it is for.`)
  return exitCodes.ok
}

const entriesAtOnce = 100

async function repeat(invocation: Invocation): Promise<ExitCode> {
  const [path = ''] = invocation.args
  if (!existsSync(path)) throw new InterlineError('FILE_MISSING', { path })
  const entries = recordsOf(recordOf(JSON.parse(readFileSync(path, 'utf8')))['entries'])
  const reason = invocation.options.text('reason')
  let begun = 0
  for (let at = 0; at < entries.length; at += entriesAtOnce) {
    const json = { entries: entries.slice(at, at + entriesAtOnce), reason }
    const answer = await invocation.hub().call('POST', '/v1/privacy/repetitions', { json })
    begun += Array.isArray(answer['begun']) ? answer['begun'].length : 0
  }
  invocation.output.record({ entries: entries.length, begun })
  invocation.output.say(
    `${begun} of ${entries.length} were there again and are erased once more; "interline privacy list" shows them.`,
  )
  return exitCodes.ok
}
