import type { Command } from 'commander'
import { type Answer, numberOf, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { harmless } from '../terminal/output.ts'

/** `interline partner list`, `show`, `test`. */
export function partnerCommand(program: Command, perform: Perform): void {
  const partner = program.command('partner').description('whom you exchange documents with')
  partner
    .command('list')
    .alias('ls')
    .description('partners, their connections, and the days their certificates last')
    .action(perform(list))
  partner.command('show <name>').description('what is declared of a partner').action(perform(show))
  partner
    .command('test <name>')
    .description(
      'look at files, certificates, addresses and sample documents of a partner; connects and logs in, sends and changes nothing',
    )
    .addHelpText('after', '\nExit codes: 0 nothing failed, 1 something failed.')
    .action(perform(test))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const answer = await invocation.hub().call('GET', '/v1/partners')
  const partners = recordsOf(answer['data'])
  if (invocation.output.json) {
    for (const one of partners) invocation.output.record(one)
    return exitCodes.ok
  }
  const rows = partners.map((one) => ({
    id: textOf(one, 'id'),
    name: textOf(one, 'name'),
    role: textOf(one, 'role'),
    connections: recordsOf(one['connections'])
      .map((connection) => textOf(connection, 'id'))
      .join(', '),
    certificates: daysOf(one),
  }))
  const columns = ['id', 'name', 'role', 'connections', 'certificates']
  invocation.output.rows(rows, columns, 'No partners are declared; interline apply FOLDER declares some.')
  return exitCodes.ok
}

/** The certificate that ends first among those that are used last. */
function daysOf(partner: Answer): string {
  const last = new Map<string, number>()
  for (const one of recordsOf(partner['certificates'])) {
    const key = `${textOf(one, 'connection')} ${textOf(one, 'use')}`
    last.set(key, Math.max(last.get(key) ?? 0, Date.parse(textOf(one, 'validTo'))))
  }
  if (last.size === 0) return ''
  const days = Math.floor((Math.min(...last.values()) - Date.now()) / 86_400_000)
  return days < 0 ? 'expired' : `${days} days`
}

async function show(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const partner = await invocation.hub().call('GET', pathOf(args))
  output.record(partner)
  if (output.json) return exitCodes.ok
  output.members(partner, ['id', 'name', 'role', 'contacts', 'notes', 'quietDays', 'declaredIn'])
  output.say('')
  const connections = recordsOf(partner['connections']).map((one) => ({
    connection: textOf(one, 'id'),
    connector: textOf(one, 'connector'),
    ways: textOf(one, 'ways'),
    overlays: textOf(one, 'overlays'),
  }))
  output.rows(connections, ['connection', 'connector', 'ways', 'overlays'], 'No connections.')
  const certificates = recordsOf(partner['certificates']).map((one) => ({
    connection: textOf(one, 'connection'),
    use: textOf(one, 'use'),
    subject: textOf(one, 'subject'),
    until: textOf(one, 'validTo').slice(0, 10),
    used: textOf(one, 'isUsed'),
  }))
  output.below(certificates, ['connection', 'use', 'subject', 'until', 'used'])
  return exitCodes.ok
}

const marks: Readonly<Record<string, string>> = { passed: 'ok', failed: 'FAILED', skipped: '–' }

async function test(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const answer = await invocation.hub().call('POST', `${pathOf(args)}/tests`)
  for (const one of recordsOf(answer['data'])) {
    output.record(recordOf(one))
    const action = textOf(one, 'nextAction')
    const mark = (marks[textOf(one, 'result')] ?? '').padEnd(6)
    output.say(harmless(`${mark}  ${textOf(one, 'check')}: ${textOf(one, 'about')}\n        ${textOf(one, 'detail')}`))
    if (action !== '') output.say(harmless(`        ${action}`))
  }
  const [failed, passed, skipped] = ['failed', 'passed', 'skipped'].map((key) => numberOf(answer, key))
  output.say(`\n${passed} passed, ${failed} failed, ${skipped} skipped.`)
  return failed === 0 ? exitCodes.ok : exitCodes.failed
}

function pathOf(args: readonly string[]): string {
  return `/v1/partners/${encodeURIComponent(args[0] ?? '')}`
}
